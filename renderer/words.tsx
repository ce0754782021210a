import { createContext, type ReactNode, use } from "react";
import { createFormats, type Formats } from "../app/wording/formats.ts";
import { createTranslator, type KeyOf, type MessageKey, type MessageParams } from "../app/wording/translate.ts";
import { en } from "./locales/en.ts";

/** Keys of the engine's messages and of the UI's own. */
export type UiKey = MessageKey | (KeyOf<typeof en> & string);
export type UiTranslate = (key: UiKey, params?: MessageParams) => string;

export interface Words {
  readonly t: UiTranslate;
  readonly f: Formats;
}

const LANGUAGES = ["en"] as const;

/**
 * The reader's first language that there is a catalog for, with its region ("en-GB"), so that dates and sums follow the
 * region while words and figures stay in one language. English when there is none.
 */
export function chooseLanguage(wanted: readonly string[]): string {
  for (const tag of wanted) {
    if (LANGUAGES.some((language) => tag === language || tag.startsWith(`${language}-`))) return tag;
  }
  return "en";
}

/** The words of a language. */
export function createWords(language: string): Words {
  return { t: createTranslator(language, en), f: createFormats({ language }) };
}

const WordsContext = createContext<Words | null>(null);

export function WordsProvider({ words, children }: { words: Words; children: ReactNode }) {
  return <WordsContext value={words}>{children}</WordsContext>;
}

/** The translator `t` and the formats `f`. */
export function useWords(): Words {
  const words = use(WordsContext);
  if (words === null) throw new Error("WordsProvider is missing");
  return words;
}
