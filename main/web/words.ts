import { createTranslator } from "../../app/wording/translate.ts";
import { en } from "./locales/en.ts";

/** Messages of the browser face. English until there are more catalogs. */
export const t = createTranslator("en", en);
