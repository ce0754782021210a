import { describe, expect, it } from "vitest";
import { json } from "../tests/engine/memory-ports.ts";
import { add, draft, KEY, rig } from "../tests/engine/rig.ts";
import { type SourceDraft, sampleResultSchema } from "./contract/contract.ts";
import type { Engine } from "./engine.ts";

const mapped = (definition: unknown, change: Partial<SourceDraft> = {}) =>
  draft({ kind: "mapped", options: { definition }, ...change });

async function sample(engine: Engine, input: unknown) {
  const result = await engine.handle("sources.sample", input);
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.detail}`);
  return sampleResultSchema.parse(result.value);
}

describe("sources.sample", () => {
  it("asks as the definition says, which has no meters yet, and gives the body", async () => {
    const test = await rig();
    test.answer = () => json({ used: 3, list: [1, null, { deep: "x" }] });
    const result = await sample(
      test.engine,
      mapped({ path: "/me", query: { a: "1" }, headers: { "x-key": { secret: "key" } } }),
    );
    expect(result.outcome).toEqual({ type: "answer", body: { used: 3, list: [1, null, { deep: "x" }] } });
    expect(result.trace).toMatchObject([
      { method: "GET", url: "https://llm.example.org/me", status: 200, problem: null },
    ]);
    expect(test.ports.requests.at(-1)).toMatchObject({
      url: "https://llm.example.org/me?a=1",
      secretHeaders: [{ name: "x-key", value: KEY }],
    });
    expect(test.engine.state().configs).toEqual([]);
    expect(test.ports.secrets.size).toBe(0);
  });

  it("replaces every secret in texts, names and numbers", async () => {
    const test = await rig();
    test.answer = () =>
      json({
        echo: `Bearer ${KEY}!`,
        [KEY]: 1,
        url: "https://x.example/?k=p%C3%A4ss%2Fword",
        pin: 12345678,
        other: 123,
      });
    const result = await sample(
      test.engine,
      mapped(
        { headers: { a: { secret: "key" }, b: { secret: "pin" }, c: { secret: "word" } } },
        { secrets: { pin: { type: "secret", secret: "12345678" }, word: { type: "secret", secret: "p4ss/word" } } },
      ),
    );
    expect(result.outcome).toEqual({
      type: "answer",
      body: { echo: "Bearer …!", "…": 1, url: "https://x.example/?k=p%C3%A4ss%2Fword", pin: "…", other: 123 },
    });
    test.answer = () => json({ url: "?k=p4ss%2Fword&k=p4ss/word" });
    const again = await sample(
      test.engine,
      mapped({ headers: { c: { secret: "word" } } }, { secrets: { word: { type: "secret", secret: "p4ss/word" } } }),
    );
    expect(again.outcome).toEqual({ type: "answer", body: { url: "?k=…&k=…" } });
  });

  it("replaces what the answer itself calls a secret, and leaves its figures", async () => {
    const test = await rig();
    test.answer = () => json({ api_key: "sk-live-of-somebody", tokens: 5 });
    const result = await sample(test.engine, mapped({}));
    expect(result.outcome).toEqual({ type: "answer", body: { api_key: "…", tokens: 5 } });
  });

  it("names a failure, with its trace", async () => {
    const test = await rig();
    test.answer = () => json({ error: { code: 401 } }, 401);
    const refused = await sample(test.engine, mapped({}));
    expect(refused).toMatchObject({
      outcome: { type: "failure", failure: { cause: "key-refused", status: 401 } },
      trace: [{ status: 401 }],
    });
    test.answer = () => json(JSON.parse("[".repeat(70) + "]".repeat(70)));
    expect(await sample(test.engine, mapped({}))).toMatchObject({
      outcome: {
        type: "failure",
        failure: { cause: "unexpected-shape", detail: "the answer is nested deeper than 64 levels" },
      },
    });
  });

  it("lets no answer beyond 256 KiB through", async () => {
    const test = await rig();
    await sample(test.engine, mapped({}));
    expect(test.ports.requests.at(-1)?.maxBytes).toBe(256 * 1024);
  });

  it("uses the saved key of a source that is edited, and asks for it at another origin", async () => {
    const test = await rig();
    const definition = { meters: [{ id: "m", label: "M", used: "$.used", unit: "tokens" }] };
    const id = await add(test.engine, { kind: "mapped", options: { definition } });
    await sample(test.engine, mapped({}, { id, key: { type: "keep" } }));
    expect(test.ports.requests.at(-1)?.secretHeaders[0]?.value).toBe(`Bearer ${KEY}`);
    const elsewhere = mapped({}, { id, key: { type: "keep" }, baseUrl: "https://evil.example" });
    await expect(sample(test.engine, elsewhere)).rejects.toThrow("key-required");
  });

  it("refuses by name what cannot be asked", async () => {
    const test = await rig();
    await expect(sample(test.engine, mapped({ path: "//evil.example" }))).rejects.toThrow(
      "invalid-options: definition.path: must not name a host",
    );
    await expect(sample(test.engine, draft())).rejects.toThrow("unknown-kind");
    const env = mapped({}, { key: { type: "env", name: "NOT_SET" } });
    expect(await sample(test.engine, env)).toMatchObject({ outcome: { type: "needs-key", reason: "env-not-set" } });
  });
});
