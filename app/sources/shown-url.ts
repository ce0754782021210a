import { textWithoutSecrets } from "./key-forms.ts";

/**
 * An address as a trace shows it: without query, and without a secret that got into its path (an id that a service made of the key,
 * an address that was pasted with it).
 */
export function shownUrl({ origin, pathname }: Pick<URL, "origin" | "pathname">, secrets: readonly string[]): string {
  return origin + textWithoutSecrets(pathname, secrets);
}
