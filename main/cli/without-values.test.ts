import { describe, expect, it, vi } from "vitest";
import { buildProgram } from "./program.ts";
import { withoutValues } from "./without-values.ts";

const KEY = "sk-proj-0123456789abcdef";

describe("what the argument parser says", () => {
  it.each([
    ["unknown option '--key=sk-proj-0123456789abcdef'", [`--key=${KEY}`], "unknown option '--key=…'"],
    ["too many arguments: sk-proj-0123456789abcdef", ["source", "add", KEY], "too many arguments: …"],
    ["unknown command 'sk-proj-0123456789abcdef'", [KEY], "unknown command '…'"],
    ["unknown option '-sk-proj-0123456789abcdef'", [`-${KEY}`], "unknown option '…'"],
  ])("%s", (message, args, expected) => {
    const told = withoutValues(`error: ${message}\n`, args);
    expect(told).toContain(`error: ${expected}\n`);
    expect(told).toContain("--key-stdin");
    expect(told).not.toContain(KEY);
  });

  it("keeps what is no key", () => {
    for (const [message, args] of [
      ["error: unknown command 'stauts'\n(Did you mean status?)\n", ["stauts"]],
      ["error: unknown option '--alow-plain-http'\n", ["source", "add", "--alow-plain-http"]],
      ["error: option '--port <number>' argument '99999' is invalid.\n", ["serve", "--port", "99999"]],
      ["error: option '--limit <number>' argument '-1' is invalid.\n", ["budget", "add", "--limit", "-1"]],
      ["error: option '--limit <number>' argument '1,5' is invalid.\n", ["budget", "add", "--limit", "1,5"]],
      ["error: option '--limit <number>' argument ' ' is invalid.\n", ["budget", "add", "--limit", " "]],
      [
        "error: option '--timeout <seconds>' argument '0' is invalid.\n",
        ["add-command", "--timeout", "0", "--", "true"],
      ],
    ] as const) {
      expect(withoutValues(message, args)).toBe(message);
    }
  });

  it.each([
    [["source", "add", KEY]],
    [["probe", "https://llm.example.org", KEY]],
    [["source", "add", `--key=${KEY}`]],
    [["source", "add", "--key", KEY]],
    [[KEY]],
    [[`-${KEY}`]],
    [["serve", "--port", KEY]],
    [["source", "add", "--key-env", "A", "--key-stdin", KEY]],
    [["discover", `--token=${KEY}`]],
  ])("repeats no key of %j", async (args) => {
    let told = "";
    const written = vi.spyOn(process.stderr, "write").mockImplementation((text) => {
      told += String(text);
      return true;
    });
    try {
      await expect(buildProgram(() => undefined, args).parseAsync(["node", "plimsoll", ...args])).rejects.toThrow();
    } finally {
      written.mockRestore();
    }
    expect(told).toContain("error: ");
    expect(told).not.toContain(KEY);
  });
});
