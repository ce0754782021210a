import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { recognizeDefinition } from "./recognize-definition.ts";

const text = readFileSync(new URL("../../../docs/mapped-gateways.md", import.meta.url), "utf8");
const examples = [...text.matchAll(/```json\n([\s\S]*?)```/g)].map(([, code = ""]) => code);

describe("docs/mapped-gateways.md", () => {
  it("has examples", () => expect(examples).toHaveLength(3));

  it.each(examples)("shows a definition that is one", (code) => {
    expect(recognizeDefinition(JSON.parse(code))).toMatchObject({ ok: true });
  });
});
