/** What a command or an option may be called, a small number, the end of options, or nothing: nothing that could be a key. */
const HARMLESS = /^(?:[a-z]{1,12}|--?[a-z]{1,12}(?:-[a-z]{1,12}){0,2}|-?\d{1,5}(?:[.,]\d{1,5})?|--|\s*)$/;

const HINT =
  "Plimsoll takes no key as an argument, where other programs could read it: use --key-stdin, --key-env NAME or --key-file PATH.\n";

/**
 * What the argument parser has to say, without what was typed where it expected nothing: it could be a key. Says how keys are
 * given where something was left out.
 */
export function withoutValues(message: string, args: readonly string[]): string {
  // "--name=value" is repeated whole; its name may stay.
  const typed = args.flatMap((arg) => {
    const name = /^(--[a-z-]+)=(.*)$/s.exec(arg);
    return name === null ? [arg] : [name[2] ?? ""];
  });
  const told = typed
    .filter((word) => !HARMLESS.test(word))
    .sort((a, b) => b.length - a.length)
    .reduce((text, word) => text.replaceAll(word, "…"), message);
  return told === message ? message : `${told.replace(/\n*$/, "\n")}${HINT}`;
}
