import fc from "fast-check";
import { expect, test } from "vitest";
import { checkKey, MAX_KEY_LENGTH } from "./key-format.ts";

test.each([
  ["sk-or-v1-0123456789abcdef", "sk-or-v1-0123456789abcdef"],
  ["  sk-abc\n", "sk-abc"],
  ["\r\n\tsk-abc\r\n", "sk-abc"],
  ["\u00a0sk-abc\ufeff", "sk-abc"],
  ["user name:pass word", "user name:pass word"],
  ["~!@#$%^&*()_+", "~!@#$%^&*()_+"],
  ["k".repeat(MAX_KEY_LENGTH), "k".repeat(MAX_KEY_LENGTH)],
])("%j is taken", (text, key) => {
  expect(checkKey(text)).toEqual({ ok: true, key });
});

test.each([
  ["", "empty"],
  [" \n\t ", "empty"],
  ["sk-abc\nX-Admin: yes", "has-newline"],
  ["sk-abc\rdef", "has-newline"],
  ["sk-abc\u2028def", "has-newline"],
  ["sk-abc\tdef", "has-control-character"],
  ["sk-abc\u0000def", "has-control-character"],
  ["sk-abc\u007fdef", "has-control-character"],
  ["sk\u2013abc", "not-ascii"],
  ["sk-ábc", "not-ascii"],
  ["sk-\u200babc", "not-ascii"],
  ["sk-🔑", "not-ascii"],
  ["k".repeat(MAX_KEY_LENGTH + 1), "too-long"],
])("%j is refused as %s", (text, problem) => {
  expect(checkKey(text)).toEqual({ ok: false, problem });
});

test("whatever is accepted fits into a header, and is part of what was given", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const checked = checkKey(text);
      if (!checked.ok) return;
      expect(text).toContain(checked.key);
      expect(() => new Headers({ authorization: checked.key })).not.toThrow();
    }),
  );
});
