import { describe, expect, it } from "vitest";
import { homes } from "./probe/clues.ts";
import { sources } from "./registry.ts";
import { servicesWithoutEndpoint, serviceWithoutEndpoint } from "./without-endpoint.ts";

const taken = new Set(sources.flatMap(({ id, name }) => [id.toLowerCase(), name.toLowerCase()]));
const plain = (text: string) => text.toLowerCase().replace(/[^a-z0-9]+/g, "-");

describe("services without an endpoint", () => {
  it("are the ones that people look for", () => {
    const names = servicesWithoutEndpoint.map(({ name }) => name).join("; ");
    for (const name of [
      "Together",
      "Replicate",
      "Cohere",
      "Mistral",
      "Perplexity",
      "Helicone",
      "Kong",
      "APISIX",
      "Envoy",
    ]) {
      expect(names).toContain(name);
    }
  });

  it.each(servicesWithoutEndpoint)("$name has a reason and a way out, one sentence each", ({ name, why, instead }) => {
    expect(name.trim()).toBe(name);
    expect(name).not.toBe("");
    for (const sentence of [why, instead]) expect(sentence).toMatch(/^[A-Z][^.!?]{10,160}\.$/);
  });

  it.each(servicesWithoutEndpoint)("$name is not among the kinds that there are", ({ name }) => {
    expect(taken.has(name.toLowerCase())).toBe(false);
    expect(taken.has(plain(name))).toBe(false);
  });

  it("have no host that is the home of a kind", () => {
    const hosts = sources.flatMap((source) => [
      ...homes(source).map((url) => new URL(url).hostname),
      ...(source.recognition?.hosts ?? []).map((host) => host.replace("*.", "any.")),
    ]);
    expect(hosts.length).toBeGreaterThan(20);
    expect(hosts.filter((host) => serviceWithoutEndpoint(host) !== undefined)).toEqual([]);
    expect(serviceWithoutEndpoint("api.replicate.com")?.name).toBe("Replicate");
    expect(serviceWithoutEndpoint("replicate.com.example")).toBeUndefined();
  });

  it("stand in the order of their names, each once", () => {
    const names = servicesWithoutEndpoint.map(({ name }) => name);
    expect(names).toEqual([...new Set(names)].sort((a, b) => a.localeCompare(b, "en")));
  });

  it("point to the headers kind by the name that it has", () => {
    const pointed = servicesWithoutEndpoint.flatMap(({ instead }) => /“(.+)”/.exec(instead)?.[1] ?? []);
    expect(pointed.length).toBeGreaterThanOrEqual(3);
    for (const name of pointed) expect(sources.map((source) => source.name)).toContain(name);
  });

  it.each([
    ["api.together.xyz", "Together AI"],
    ["us-central1-aiplatform.googleapis.com", "Google Vertex AI"],
    ["team.openai.azure.com", "Azure OpenAI"],
    ["llm.example.org", undefined],
    ["127.0.0.1", undefined],
  ])("are known by their host %s", (host, name) => {
    expect(serviceWithoutEndpoint(host)?.name).toBe(name);
  });
});
