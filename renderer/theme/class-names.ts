/**
 * Names the classes of one CSS module: `c("card", dim && "dim")`. Falsy parts are left out. A name that the module
 * does not have is a mistake that a test finds (renderer/theme/class-names.test.ts).
 */
export function classNames(module: Readonly<Record<string, string>>) {
  return (...names: readonly (string | false | null | undefined)[]): string =>
    names
      .filter((name) => typeof name === "string")
      .map((name) => module[name] ?? name)
      .join(" ");
}
