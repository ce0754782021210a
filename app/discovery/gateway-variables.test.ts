import { describe, expect, it } from "vitest";
import { OTHER, only, outcomes, scan } from "../../tests/engine/scan-rig.ts";

describe("a pair of variables", () => {
  const pair = (address: string, key: string | null = OTHER) =>
    scan((ports) => {
      ports.env.set("OPENAI_BASE_URL", address);
      if (key !== null) ports.env.set("OPENAI_API_KEY", key);
    });

  it("names a gateway of one's own, whose key is then not offered for the service", async () => {
    const found = await pair("https://llm.example.org/v1");
    expect(only(found)).toMatchObject({
      kind: null,
      kindName: null,
      place: { type: "env", name: "OPENAI_API_KEY" },
      needs: ["kind"],
      draft: { kind: "", label: "llm.example.org", baseUrl: "https://llm.example.org/v1" },
    });
    expect(only(found).id).toMatch(/^gateway-/);
    expect(outcomes(found)["openai-like OPENAI_API_KEY"]).toBe("other-service");
  });

  it("is none where the address is the service's own", async () => {
    const found = await pair("https://api.openai.com/v1");
    expect(only(found)).toMatchObject({ kind: "openai-like", needs: [] });
    expect(outcomes(found)["gateway OPENAI_BASE_URL"]).toBe("own-address");
  });

  it("is known by the address of a service that is known", async () => {
    expect(only(await pair("https://pier.example.com/v1"))).toMatchObject({ kind: "pier", needs: [] });
  });

  it.each([
    ["not an address", "bad-address"],
    ["https://me:pass@llm.example.org", "bad-address"],
    ["https://llm.example.org?key=1", "bad-address"],
  ])("%s is not used, nor shown", async (address, outcome) => {
    const found = await pair(address);
    expect(outcomes(found)["gateway OPENAI_BASE_URL"]).toBe(outcome);
    expect(JSON.stringify(found)).not.toContain(address);
  });

  it("asks for consent to plain http, but not on this computer", async () => {
    expect(only(await pair("http://llm.example.org")).needs).toEqual(["kind", "plain-http"]);
    expect(only(await pair("http://127.0.0.1:4000")).needs).toEqual(["kind"]);
  });

  it("without a key says so", async () => {
    const found = await pair("https://llm.example.org", null);
    expect(found.findings).toEqual([]);
    expect(outcomes(found)["gateway OPENAI_API_KEY"]).toBe("not-set");
  });

  it("prefers the token that tools prefer", async () => {
    const found = await scan((ports) => {
      ports.env.set("ANTHROPIC_BASE_URL", "https://llm.example.org");
      ports.env.set("ANTHROPIC_AUTH_TOKEN", OTHER);
      ports.env.set("ANTHROPIC_API_KEY", `${OTHER}2`);
    });
    expect(only(found).place).toEqual({ type: "env", name: "ANTHROPIC_AUTH_TOKEN" });
  });
});
