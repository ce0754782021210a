import { expect, test } from "vitest";
import { createCredentialReferences } from "./credential-references.ts";
import { createRedactor } from "./redactor.ts";

const resolve = (env: Record<string, string | undefined>, name: string) =>
  createCredentialReferences(env, createRedactor()).env({ type: "env", name });

test("gives what the variable holds, without the line break at its end", () => {
  expect(resolve({ K: "sk-abcdef" }, "K")).toEqual({ found: true, secret: "sk-abcdef" });
  expect(resolve({ K: "sk-abcdef\r\n" }, "K")).toEqual({ found: true, secret: "sk-abcdef" });
});

test.each([undefined, "", "\n", "   "])("a variable with %j is not set", (value) => {
  expect(resolve({ GATEWAY_KEY: value }, "GATEWAY_KEY")).toEqual({
    found: false,
    reason: "env-not-set",
    detail: "GATEWAY_KEY",
  });
});

test("looks anew at each call", () => {
  const env: Record<string, string | undefined> = {};
  const references = createCredentialReferences(env, createRedactor());
  expect(references.env({ type: "env", name: "K" }).found).toBe(false);
  env["K"] = "sk-abcdef";
  expect(references.env({ type: "env", name: "K" }).found).toBe(true);
});

test("what it finds is known to the redactor from then on", () => {
  const redactor = createRedactor();
  createCredentialReferences({ K: "correct-horse-battery" }, redactor).env({ type: "env", name: "K" });
  expect(redactor.redact("got correct-horse-battery back")).toBe("got ••• back");
});
