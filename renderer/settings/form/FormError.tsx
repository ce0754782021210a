import { CircleX } from "lucide-react";
import type { UiError } from "../../bridge/ui-bridge.ts";
import { Banner } from "../../ui/Banner.tsx";
import { errorWords } from "../../ui/error-words.ts";
import { useWords } from "../../words.tsx";
import { fieldOf } from "./field-problem.ts";

/** An error that no single field is to blame for. */
export function FormError({ error }: { readonly error: UiError | null }) {
  const { t } = useWords();
  if (error === null || fieldOf(error) !== null) return null;
  const { title, detail, next } = errorWords(error, t);
  return (
    <div role="alert">
      <Banner tone="danger" icon={CircleX} title={title}>
        {detail !== null && <p>{detail}</p>}
        <p>{next}</p>
      </Banner>
    </div>
  );
}
