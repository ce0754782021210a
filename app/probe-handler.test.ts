import { describe, expect, it } from "vitest";
import { json } from "../tests/engine/memory-ports.ts";
import { add, KEY, only, rig } from "../tests/engine/rig.ts";
import { probeReplySchema } from "./contract/contract.ts";

const ADDRESS = "https://llm.example.org";
const secret = { type: "secret", secret: KEY };

/** A gateway in the neutral shape; everything else it does not know. */
async function started() {
  const engine = await rig();
  engine.answer = ({ url }) =>
    url === `${ADDRESS}/quota` ? json({ key: "team", tokens: { limit: 100, used: 30 } }) : json({}, 404);
  return engine;
}

async function probe(at: Awaited<ReturnType<typeof started>>, input: unknown) {
  const result = await at.engine.handle("sources.probe", input);
  expect(JSON.stringify(result)).not.toContain(KEY);
  expect(at.ports.logged.join()).not.toContain(KEY);
  return result.ok ? probeReplySchema.parse(result.value) : result.error;
}

describe("sources.probe", () => {
  it("finds out, reads, and saves nothing", async () => {
    const at = await started();
    expect(await probe(at, { address: ADDRESS, key: secret, allowPlainHttp: false })).toMatchObject({
      type: "result",
      result: { outcome: "found", candidates: [{ kind: "neutral", reading: { account: "team" } }] },
    });
    expect(at.engine.state().configs).toEqual([]);
    expect(at.ports.secrets.size).toBe(0);
  });

  it("marks what it read as a poll does, so that a key that is here already is known", async () => {
    const at = await started();
    await add(at.engine);
    await at.clock.advance(1000);
    const key = only(at.engine).reading?.subjects?.key;
    expect(key).toMatch(/^[0-9a-f]{16}$/);
    expect(await probe(at, { address: ADDRESS, key: secret, allowPlainHttp: false })).toMatchObject({
      result: { candidates: [{ reading: { subjects: { key } } }] },
    });
  });

  it("takes address and key out of what was pasted", async () => {
    const at = await started();
    const address = `curl ${ADDRESS}/v1/models -H "Authorization: Bearer ${KEY}"`;
    expect(await probe(at, { address, key: null, allowPlainHttp: false })).toMatchObject({
      result: { outcome: "found", candidates: [{ kind: "neutral" }] },
    });
  });

  it("cuts off what a browser put behind an address, and sends none of it", async () => {
    const at = await started();
    const address = `${ADDRESS}/?page=keys&t=secret-0123#top`;
    expect(await probe(at, { address, key: secret, allowPlainHttp: false })).toMatchObject({
      result: { outcome: "found", candidates: [{ kind: "neutral" }] },
    });
    expect(JSON.stringify(at.ports.requests)).not.toContain("secret-0123");
  });

  it("asks nobody where a text holds the key of one and the address of another", async () => {
    const at = await started();
    const address = `{"a": {"apiKey": "${KEY}"}, "b": {"baseURL": "${ADDRESS}"}}`;
    expect(await probe(at, { address, key: null, allowPlainHttp: false })).toMatchObject({ code: "key-required" });
    expect(at.ports.requests).toEqual([]);
  });

  it("reads the key where it is only referred to", async () => {
    const at = await started();
    const input = { address: ADDRESS, key: { type: "env", name: "TEAM_KEY" }, allowPlainHttp: false };
    expect(await probe(at, input)).toEqual({ type: "needs-key", reason: "env-not-set", detail: "TEAM_KEY" });
    at.ports.env.set("TEAM_KEY", KEY);
    expect(await probe(at, input)).toMatchObject({ type: "result", result: { outcome: "found" } });
    at.ports.env.set("TEAM_KEY", `${KEY}\n${KEY}`);
    expect(await probe(at, input)).toEqual({ type: "needs-key", reason: "malformed", detail: null });
  });

  it("sends a tool's token to nobody but the tool's service", async () => {
    const at = await started();
    const path = "~/.codex/auth.json";
    const pointer = "/tokens/access_token";
    at.ports.files.set(path, JSON.stringify({ tokens: { access_token: KEY } }));
    const before = at.ports.requests.length;
    expect(
      await probe(at, { address: ADDRESS, key: { type: "file", path, pointer }, allowPlainHttp: false }),
    ).toMatchObject({ type: "needs-key", reason: "not-for-this-address" });
    expect(at.ports.requests).toHaveLength(before);
  });

  it.each([
    ["github.com:Iv1", "https://api.acme.ghe.com", null],
    ["acme.ghe.com:Iv1", "https://api.github.com", null],
    ["acme.ghe.com:Iv1", "https://api.acme.ghe.com", "https://api.acme.ghe.com"],
    ["acme.ghe.com:Iv1", "", "https://api.acme.ghe.com"],
    ["github.com:Iv1", "", "https://api.github.com"],
  ])("sends the token of %s, asked for at %j, to %s", async (member, address, origin) => {
    const at = await started();
    const path = "~/.config/github-copilot/apps.json";
    const key = { type: "file", path, pointer: `/${member}/oauth_token` };
    at.ports.files.set(path, JSON.stringify({ [member]: { user: "ada", oauth_token: KEY } }));
    const before = at.ports.requests.length;
    const reply = await probe(at, { address, key, allowPlainHttp: false });
    const asked = at.ports.requests.slice(before);
    if (origin === null) {
      expect(reply).toMatchObject({ type: "needs-key", reason: "not-for-this-address" });
      expect(asked).toEqual([]);
      return;
    }
    expect(asked.length).toBeGreaterThan(0);
    expect(new Set(asked.map(({ url }) => new URL(url).origin))).toEqual(new Set([origin]));
  });

  it.each([
    ["an address that is none", { address: "ftp://x.example", key: secret }, "invalid-address"],
    ["plain http", { address: "http://llm.example.org", key: secret }, "plain-http-needs-consent"],
    ["text without an address", { address: "no address here", key: null }, "invalid-address"],
    ["no key", { address: ADDRESS, key: null }, "key-required"],
    ["a key to keep", { address: ADDRESS, key: { type: "keep" } }, "key-required"],
    ["a key of two lines", { address: ADDRESS, key: { type: "secret", secret: "a\nb" } }, "invalid-key"],
    ["a name that no variable has", { address: ADDRESS, key: { type: "env", name: "a b" } }, "invalid-key"],
    ["a book", { address: "x".repeat(70_000), key: secret }, "invalid-input"],
  ])("refuses %s before anything is sent", async (_, input, code) => {
    const at = await started();
    const before = at.ports.requests.length;
    expect(await probe(at, { allowPlainHttp: false, ...input })).toMatchObject({ code });
    expect(at.ports.requests).toHaveLength(before);
  });
});
