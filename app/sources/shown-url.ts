/**
 * An address as a trace shows it: without query, and without a secret that got into its path (an id that a service made of the key,
 * an address that was pasted with it): `erase` is a `secretEraser`.
 */
export function shownUrl(
  { origin, pathname }: Pick<URL, "origin" | "pathname">,
  erase: (text: string) => string,
): string {
  return origin + erase(pathname);
}
