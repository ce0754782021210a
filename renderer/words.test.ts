import { describe, expect, it } from "vitest";
import { chooseLanguage } from "./words.tsx";

describe("chooseLanguage", () => {
  it.each([
    [[], "en"],
    [["de-DE", "fr"], "en"],
    [["de-DE", "en-GB", "en"], "en-GB"],
    [["en"], "en"],
    [["eng-US", "en-IE"], "en-IE"],
  ])("%j", (wanted, expected) => {
    expect(chooseLanguage(wanted)).toBe(expected);
  });
});
