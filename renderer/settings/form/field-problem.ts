import type { KindInfo } from "../../../app/contract/contract.ts";
import { translateDynamic } from "../../../app/wording/translate.ts";
import type { UiError } from "../../bridge/ui-bridge.ts";
import { errorWords } from "../../ui/error-words.ts";
import type { UiTranslate } from "../../words.tsx";

type OptionField = KindInfo["optionFields"][number];

/** `secret` is a further secret of the source, beside its key. */
export type FormField = "address" | "key" | "secret" | "option";

/** Which field an error is about; null when it concerns the whole. `options` are the fields that the form shows for options. */
export function fieldOf(error: UiError, options: readonly OptionField[]): FormField | null {
  switch (error.code) {
    case "invalid-address":
    case "plain-http-needs-consent":
      return "address";
    case "invalid-key":
      return "key";
    case "key-required":
      return error.detail === null ? "key" : "secret";
    case "invalid-options":
      return options.some((field) => field.editor === "mapping" || optionClause(error.detail, field) !== null)
        ? "option"
        : null;
    case "invalid-input":
    case "unknown-source":
    case "unknown-kind":
    case "settings-read-only":
    case "settings-not-saved":
    case "key-not-saved":
    case "undo-expired":
    case "host-lost":
    case "unknown-budget":
    case "unknown-group":
    case "unknown-sink":
    case "history-off":
    case "internal":
    case "disconnected":
    case "malformed-answer":
      return null;
  }
}

/** The words to show at a field; null when the error is not about it. Options have words of their own. */
export function fieldProblem(error: UiError | null, field: "address" | "key", t: UiTranslate): string | null {
  if (error === null || fieldOf(error, []) !== field) return null;
  return inOneText(errorWords(error, t));
}

/** The words to show at an option's field; null when the error is about another, or about none. */
export function optionProblem(error: UiError | null, field: OptionField, t: UiTranslate): string | null {
  if (error === null || error.code !== "invalid-options") return null;
  const problem = optionClause(error.detail, field);
  return problem === null ? null : t("form.option-problem", { problem });
}

/** The words to show at a definition, which is all that its kind's options can be wrong in. */
export function definitionProblem(error: UiError | null, t: UiTranslate): string | null {
  return error?.code === "invalid-options" ? inOneText(errorWords(error, t)) : null;
}

/** The further secret that has to be entered anew; null when the error is about none. */
export function missingSecret(error: UiError | null): string | null {
  return error?.code === "key-required" ? error.detail : null;
}

/** Words whose technical clause begins with an option's internal name, with the label of its field instead. */
export function withOptionLabel<W extends { readonly detail: string | null }>(
  words: W,
  fields: readonly OptionField[],
  t: UiTranslate,
): W {
  const field = fields.find((one) => optionClause(words.detail, one) !== null);
  if (field === undefined) return words;
  return { ...words, detail: `${translateDynamic(t, field.labelKey)}: ${optionClause(words.detail, field) ?? ""}` };
}

/** What is wrong with an option, of "accountId: not a text"; null where the clause names another. */
function optionClause(detail: string | null, { name }: OptionField): string | null {
  const prefix = `${name}: `;
  return detail?.startsWith(prefix) === true ? detail.slice(prefix.length) : null;
}

function inOneText({ title, detail, next }: ReturnType<typeof errorWords>): string {
  return detail === null ? `${title}. ${next}` : `${title}: ${detail}. ${next}`;
}
