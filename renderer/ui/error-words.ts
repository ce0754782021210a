import type { UiError } from "../bridge/ui-bridge.ts";
import type { UiTranslate } from "../words.tsx";

/** What went wrong with a call and what to do next. `detail` is the host's clause on where, if it gave one. */
export function errorWords(error: UiError, t: UiTranslate): { title: string; detail: string | null; next: string } {
  return { title: t(`error.${error.code}.title`), detail: error.detail, next: t(`error.${error.code}.next`) };
}
