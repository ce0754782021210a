import fc from "fast-check";
import { expect, test } from "vitest";
import { createRedactor, SHORTEST_SECRET } from "./redactor.ts";

const secrets = fc.string({ unit: "binary", minLength: SHORTEST_SECRET, maxLength: 60 });
const prose = fc.string({ unit: "binary", maxLength: 40 });

const encodings: readonly (readonly [string, (secret: string) => string])[] = [
  ["raw", (secret) => secret],
  ["url", (secret) => encodeURIComponent(secret.toWellFormed())],
  ["form", (secret) => new URLSearchParams([["", secret]]).toString().slice(1)],
  ["json", (secret) => JSON.stringify(secret)],
  ["json in json", (secret) => JSON.stringify(JSON.stringify({ secret }))],
  ["base64", (secret) => Buffer.from(secret).toString("base64")],
  ["base64url", (secret) => Buffer.from(secret).toString("base64url")],
  ["base64 after one byte", (secret) => Buffer.from(`:${secret}`).toString("base64")],
  ["base64 within a user part", (secret) => Buffer.from(`ab${secret}:x`).toString("base64")],
  ["hex", (secret) => Buffer.from(secret).toString("hex")],
];

test("no learned secret survives in any text around it", () => {
  fc.assert(
    fc.property(fc.array(secrets, { minLength: 1, maxLength: 4 }), prose, prose, (learned, before, after) => {
      const redactor = createRedactor();
      for (const secret of learned) redactor.learn(secret);
      const clean = redactor.redact(before + learned.join(after) + learned.join("") + after);
      for (const secret of learned) expect(clean).not.toContain(secret);
    }),
  );
});

test.each(encodings)("no secret survives as %s", (_name, encode) => {
  fc.assert(
    fc.property(
      fc.string({ unit: "grapheme-ascii", minLength: SHORTEST_SECRET, maxLength: 60 }),
      prose,
      (secret, before) => {
        const redactor = createRedactor();
        redactor.learn(secret);
        const clean = redactor.redact(before + encode(secret));
        // What is left must not decode back into the secret.
        expect(clean).not.toContain(secret);
        for (const [, again] of encodings.slice(0, 7)) {
          const form = again(secret).replace(/^"|"$|=+$/g, "");
          expect(clean).not.toContain(form);
        }
      },
    ),
  );
});

test("a secret that is part of another does not save the rest of it", () => {
  const redactor = createRedactor();
  redactor.learn("abcdef");
  redactor.learn("abcdefghijkl");
  expect(redactor.redact("x abcdefghijkl y")).toBe("x ••• y");
});

test("the halves of a secret that meet when another is cut out are cut out, too", () => {
  const redactor = createRedactor();
  redactor.learn("inner-secret");
  redactor.learn("ab•••cd");
  expect(redactor.redact("abinner-secretcd")).toBe("•••");
});

test("a secret with a line break after it is known without it", () => {
  const redactor = createRedactor();
  redactor.learn("abc-def-ghi\n");
  expect(redactor.redact("sent abc-def-ghi to")).toBe("sent ••• to");
});

test("short values are left alone", () => {
  const redactor = createRedactor();
  redactor.learn("key");
  redactor.learn("");
  expect(redactor.redact("the key is kept")).toBe("the key is kept");
});

test.each([
  ["authorization: Bearer abcdefgh", "authorization: Bearer •••"],
  ["Basic dXNlcjpwYXNz==", "Basic •••"],
  ["key sk-or-v1-0123456789", "key •••"],
  ["https://user:pass@proxy.example:3128/x", "https://•••@proxy.example:3128/x"],
  ['{"api_key":"0123456789","n":1}', '{"api_key":"•••","n":1}'],
  ["?token=0123456789&x=1", "?token=•••&x=1"],
  ["the bearer of this letter", "the bearer of this letter"],
  ["ask-me-anything and risk-free", "ask-me-anything and risk-free"],
])("%j without anybody teaching it", (text, clean) => {
  expect(createRedactor().redact(text)).toBe(clean);
});
