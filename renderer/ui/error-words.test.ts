import { describe, expect, it } from "vitest";
import { callErrorSchema } from "../../app/contract/contract.ts";
import type { UiError } from "../bridge/ui-bridge.ts";
import { createWords } from "../words.tsx";
import { errorWords } from "./error-words.ts";

const { t } = createWords("en");
const errors: UiError[] = [
  ...callErrorSchema.shape.code.options.map((code) => ({ code, detail: null })),
  { code: "disconnected", detail: null },
  { code: "malformed-answer", detail: null },
];

describe("errorWords", () => {
  it.each(errors)("says what $code means and what to do", (error) => {
    const { title, next } = errorWords(error, t);
    expect(title).toMatch(/^[A-Z].*[^.]$/);
    expect(next).toMatch(/^[A-Z].*\.$/);
  });

  it("words the codes that the host gives as details, and shows none of them bare", () => {
    expect(errorWords({ code: "invalid-address", detail: "no-scheme" }, t)).toMatchObject({
      detail: null,
      next: "The address needs a scheme: put https:// in front of it.",
    });
    expect(errorWords({ code: "invalid-key", detail: "has-newline" }, t).next).toContain("line break");
    expect(errorWords({ code: "invalid-key", detail: "unheard-of" }, t).next).toBe(t("error.invalid-key.next"));
  });

  it("passes on a plain clause", () => {
    expect(errorWords({ code: "invalid-options", detail: "quotaPath: begins with a slash" }, t).detail).toBe(
      "quotaPath: begins with a slash",
    );
  });
});
