import * as z from "zod";
import type { OptionField } from "./source.ts";

/** An ISO 4217 code as services write it, in either case; "USD" after parsing. */
export const currencyCode: z.ZodType<string> = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[A-Z]{3}$/, "not a currency code");

/**
 * The currency of a service that bills each region in its own and does not say which. Its own hosts decide; any other address
 * (a proxy, a test server) counts in what the user chose.
 */
export function currencyByHost(baseUrl: string, byHost: Readonly<Record<string, string>>, chosen: string): string {
  return new Map(Object.entries(byHost)).get(new URL(baseUrl).hostname) ?? chosen;
}

/** The option for `currencyByHost`: an empty field means the first choice, which is that of the default address. */
export function currencyOption<const Choices extends readonly [string, ...string[]]>(
  choices: Choices,
): { readonly schema: z.ZodType<string>; readonly field: OptionField } {
  return {
    schema: z
      .string({ error: "not a text" })
      .transform((text) => (text.trim() === "" ? choices[0] : text.trim()))
      .pipe(z.enum(choices, { error: `must be one of ${choices.join(", ")}` }))
      .default(choices[0]),
    field: {
      name: "currency",
      labelKey: "option.currency.label",
      hintKey: "option.currency.hint",
      placeholder: choices[0],
      choices,
    },
  };
}
