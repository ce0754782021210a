import { useEffect, useState } from "react";
import type { KindInfo } from "../../../app/contract/contract.ts";
import type { UiError } from "../../bridge/ui-bridge.ts";
import { useApp, useAppStore, usePage } from "../../store/context.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { errorWords } from "../../ui/error-words.ts";
import { useWords } from "../../words.tsx";
import { GatewayFormBody } from "./GatewayFormBody.tsx";

interface GatewayFormProps {
  /** The source to edit, or null for a new one. */
  readonly sourceId: string | null;
  readonly onClose: () => void;
}

/** The dialog in which a gateway is added or edited, once the host has said which kinds there are. */
export function GatewayForm({ sourceId, onClose }: GatewayFormProps) {
  const { bridge, forgetGiven } = useAppStore();
  const config = useApp((app) => app.configs.find(({ id }) => id === sourceId) ?? null);
  const [opened] = useState(config);
  const given = usePage((state) => state.given);
  const [begunWith] = useState(sourceId === null ? given : null);
  const [kinds, setKinds] = useState<readonly KindInfo[] | null>(null);
  const [error, setError] = useState<UiError | null>(null);

  // It was for this form; the next new one begins empty.
  useEffect(() => forgetGiven, [forgetGiven]);

  useEffect(() => {
    let wanted = true;
    void bridge.call("sources.kinds", undefined).then((result) => {
      if (!wanted) return;
      if (result.ok) setKinds(result.value);
      else setError(result.error);
    });
    return () => {
      wanted = false;
    };
  }, [bridge]);

  if (sourceId !== null && opened === null)
    return <CannotOpen error={{ code: "unknown-source", detail: null }} onClose={onClose} />;
  if (error !== null) return <CannotOpen error={error} onClose={onClose} />;
  if (kinds === null) return null;
  return <GatewayFormBody config={opened} given={begunWith} kinds={kinds} onClose={onClose} />;
}

interface CannotOpenProps {
  readonly error: UiError;
  readonly onClose: () => void;
}

function CannotOpen({ error, onClose }: CannotOpenProps) {
  const { t } = useWords();
  const { title, next } = errorWords(error, t);
  return (
    <Dialog title={title} onCancel={onClose}>
      <p>{next}</p>
    </Dialog>
  );
}
