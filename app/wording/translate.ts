import i18next, { type TOptions } from "i18next";
import { en } from "../locales/en.ts";

/** Drops i18next's plural suffix, so that "x_one" and "x_other" are asked for as "x". */
export type KeyOf<Catalog> = keyof Catalog extends infer K
  ? K extends `${infer B}_${"one" | "other"}`
    ? B
    : K
  : never;

/** Keys of the messages that the engine's own words need. The renderer and the CLI add theirs. */
export type MessageKey = KeyOf<typeof en> & string;

export type MessageParams = Readonly<Record<string, string | number>>;

/** Looks a message up and fills it in. Values are not escaped: every face escapes by itself. */
export type Translate = (key: MessageKey, params?: MessageParams) => string;

/** A translator over the engine's catalog plus a face's own one. */
export function createTranslator<Extra extends Readonly<Record<string, string>>>(
  language: string,
  extra: Extra,
): (key: MessageKey | (KeyOf<Extra> & string), params?: MessageParams) => string {
  const instance = i18next.createInstance({
    lng: language,
    fallbackLng: "en",
    resources: { en: { translation: { ...en, ...extra } } },
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  void instance.init();
  return (key, params) => {
    // Widened: i18next would otherwise work out the parameters of each message in the type system.
    const wide: string = key;
    const options: TOptions = { ...params };
    return String(instance.t(wide, options));
  };
}

/** A message whose key is only known at run time (from a source's label or notice); the key itself when there is none. */
export function translateDynamic(t: Translate, key: string, params?: MessageParams): string {
  return isMessageKey(key) ? t(key, params) : key;
}

const known: ReadonlySet<string> = new Set(Object.keys(en).map((key) => key.replace(/_(one|other)$/, "")));

function isMessageKey(key: string): key is MessageKey {
  return known.has(key);
}
