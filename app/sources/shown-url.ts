/** Keys shorter than this are not searched for: they would blot out ordinary words. */
const SHORTEST_KEY = 6;

/**
 * An address as a trace shows it: without query, and without a secret that got into its path (an id that a service made of the key,
 * an address that was pasted with it).
 */
export function shownUrl({ origin, pathname }: Pick<URL, "origin" | "pathname">, secrets: readonly string[]): string {
  const forms = secrets
    .filter((secret) => secret.length >= SHORTEST_KEY)
    .flatMap((secret) => [secret, encodeURIComponent(secret.toWellFormed()), encodeURI(secret.toWellFormed())]);
  return origin + forms.reduce((path, form) => path.replaceAll(form, "…"), pathname);
}
