import { CircleX } from "lucide-react";
import type { KindInfo } from "../../../app/contract/contract.ts";
import type { UiError } from "../../bridge/ui-bridge.ts";
import { Banner } from "../../ui/Banner.tsx";
import { errorWords } from "../../ui/error-words.ts";
import { useWords } from "../../words.tsx";
import { fieldOf, withOptionLabel } from "./field-problem.ts";

interface FormErrorProps {
  readonly error: UiError | null;
  /** Whose options the form shows; undefined while it shows none. */
  readonly kind: KindInfo | undefined;
}

/** An error that no single field is to blame for. */
export function FormError({ error, kind }: FormErrorProps) {
  const { t } = useWords();
  if (error === null || fieldOf(error, kind?.optionFields ?? []) !== null) return null;
  const { title, detail, next } = withOptionLabel(errorWords(error, t), kind?.optionFields ?? [], t);
  return (
    <div role="alert" tabIndex={-1} data-problem>
      <Banner tone="danger" icon={CircleX} title={title}>
        {detail !== null && <p>{detail}</p>}
        <p>{next}</p>
      </Banner>
    </div>
  );
}
