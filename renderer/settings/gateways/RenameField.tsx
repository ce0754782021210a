import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from "react";
import type { SourceConfig } from "../../../app/settings/schema.ts";
import { useAppStore } from "../../store/context.tsx";
import { classNames } from "../../theme/class-names.ts";
import { Button } from "../../ui/Button.tsx";
import { Field } from "../../ui/Field.tsx";
import { useWords } from "../../words.tsx";
import styles from "./gateways.module.css";

const c = classNames(styles);

interface RenameFieldProps {
  readonly config: SourceConfig;
  readonly onDone: () => void;
}

/** A new name for a gateway, in place. Enter saves it, Escape leaves it. */
export function RenameField({ config, onDone }: RenameFieldProps) {
  const { t } = useWords();
  const { run } = useAppStore();
  const [label, setLabel] = useState(config.label);
  const input = useRef<HTMLInputElement>(null);
  const trimmed = label.trim();

  useEffect(() => {
    input.current?.select();
  }, []);

  async function save(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (trimmed === "") return;
    const result = trimmed === config.label ? null : await run("sources.adjust", { id: config.id, label: trimmed });
    if (result === null || result.ok) onDone();
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === "Escape") onDone();
  }

  return (
    <form className={c("rename")} onSubmit={(event) => void save(event)}>
      <Field label={t("gateways.new-name")}>
        {(control) => (
          <input
            {...control}
            ref={input}
            maxLength={80}
            value={label}
            onChange={(event) => setLabel(event.target.value)}
            onKeyDown={onKeyDown}
          />
        )}
      </Field>
      <Button type="submit" variant="primary" disabled={trimmed === ""}>
        {t("action.save")}
      </Button>
      <Button onClick={onDone}>{t("action.cancel")}</Button>
    </form>
  );
}
