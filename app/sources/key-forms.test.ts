import fc from "fast-check";
import { expect, it } from "vitest";
import { keyForms, secretEraser } from "./key-forms.ts";

/** Printable ASCII, as keys are. */
const key = fc.string({
  unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)),
  minLength: 12,
  maxLength: 60,
});

it("finds a secret in whatever it was encoded with", () => {
  fc.assert(
    fc.property(key, fc.string({ maxLength: 9 }), fc.string({ maxLength: 9 }), (secret, before, after) => {
      const around = Buffer.from(before + secret + after);
      const encoded = [
        before + secret + after,
        around.toString("base64"),
        around.toString("base64url"),
        around.toString("hex"),
        around.toString("hex").toUpperCase(),
        encodeURIComponent((before + secret + after).toWellFormed()),
      ];
      for (const text of encoded)
        expect(
          keyForms(secret).some((form) => text.includes(form)),
          text,
        ).toBe(true);
    }),
  );
});

it("takes a secret out and leaves the rest", () => {
  const secret = "sk-0123456789abcdef";
  expect(secretEraser([secret])(`team ${secret}, ${Buffer.from(`k:${secret}`).toString("base64")}`)).toMatch(
    /^team …, .{0,6}….{0,6}$/,
  );
  expect(secretEraser([secret])("nothing of it")).toBe("nothing of it");
  // Too short to be a secret that could be told from a word.
  expect(secretEraser(["abc"])("abc")).toBe("abc");
});
