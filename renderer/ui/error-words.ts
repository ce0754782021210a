import { translateDynamic } from "../../app/wording/translate.ts";
import type { UiError } from "../bridge/ui-bridge.ts";
import type { UiTranslate } from "../words.tsx";

/** What went wrong with a call and what to do next. `detail` is the host's clause on where, if it gave one. */
export function errorWords(error: UiError, t: UiTranslate): { title: string; detail: string | null; next: string } {
  const title = t(`error.${error.code}.title`);
  const next = t(`error.${error.code}.next`);
  switch (error.code) {
    case "invalid-address":
      return { title, detail: null, next: codeWords("addressProblem", error.detail, next, t) };
    case "invalid-key":
      return { title, detail: null, next: codeWords("keyProblem", error.detail, next, t) };
    case "plain-http-needs-consent":
      return { title, detail: null, next };
    default:
      return { title, detail: error.detail, next };
  }
}

/** The words for a code that the host gave as the detail; the general next step where there are none. */
function codeWords(group: string, code: string | null, otherwise: string, t: UiTranslate): string {
  const key = `${group}.${code}`;
  const words = translateDynamic(t, key);
  return words === key ? otherwise : words;
}
