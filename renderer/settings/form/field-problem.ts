import type { UiError } from "../../bridge/ui-bridge.ts";
import { errorWords } from "../../ui/error-words.ts";
import type { UiTranslate } from "../../words.tsx";

export type FormField = "address" | "key" | "options";

/** Which field an error is about; null when it concerns the whole. */
export function fieldOf(error: UiError): FormField | null {
  switch (error.code) {
    case "invalid-address":
    case "plain-http-needs-consent":
      return "address";
    case "invalid-key":
    case "key-required":
      return "key";
    case "invalid-options":
      return "options";
    case "invalid-input":
    case "unknown-source":
    case "unknown-kind":
    case "settings-read-only":
    case "settings-not-saved":
    case "key-not-saved":
    case "undo-expired":
    case "internal":
    case "disconnected":
    case "malformed-answer":
      return null;
  }
}

/** The words to show at a field; null when the error is not about it. */
export function fieldProblem(error: UiError | null, field: FormField, t: UiTranslate): string | null {
  if (error === null || fieldOf(error) !== field) return null;
  const { title, detail, next } = errorWords(error, t);
  return detail === null ? `${title}. ${next}` : `${title}: ${detail}. ${next}`;
}
