import { describe, expect, it } from "vitest";
import { createMemoryPorts, json } from "../../tests/engine/memory-ports.ts";
import { add, START } from "../../tests/engine/rig.ts";
import { KEY, OTHER, only, outcomes, scan, shared } from "../../tests/engine/scan-rig.ts";
import { createVirtualClock } from "../../tests/engine/virtual-clock.ts";
import { createEngine } from "../engine.ts";
import { discoverySchema } from "./discovery.ts";

describe("a scan", () => {
  it("of an empty computer says of each place that nothing is there", async () => {
    const found = await scan(() => undefined);
    expect(found.findings).toEqual([]);
    expect(outcomes(found)).toEqual({
      "harbour HARBOUR_KEY": "not-set",
      "harbour HARBOUR_TOKEN": "not-set",
      "harbour ~/.harbour/auth.json /access": "no-such-file",
      "harbour $DATA/shared/auth.json /harbour/key": "no-such-file",
      "harbour ~/.shared/auth.json /harbour/key": "no-such-file",
      "pier ~/.pier.json /*/token": "no-such-file",
      "quay QUAY_KEY": "not-set",
      "quay ~/.quay.json /*/token": "no-such-file",
      "quay ~/.quay.json /https:~1~1quay.example::*/key": "no-such-file",
      "anywhere ANYWHERE_KEY": "not-set",
      "openai-like OPENAI_API_KEY": "not-set",
      "choosy CHOOSY_KEY": "not-set",
      "gateway OPENAI_BASE_URL": "not-set",
      "gateway ANTHROPIC_BASE_URL": "not-set",
      "gateway LITELLM_PROXY_URL": "not-set",
    });
  });

  it("offers a key in a file with all that saving it needs", async () => {
    const found = await scan((ports) => ports.files.set("~/.harbour/auth.json", JSON.stringify({ access: KEY })));
    const { id, ...finding } = only(found);
    expect(id).toMatch(/^harbour-[0-9a-f]{8}$/);
    const place = { type: "file", path: "~/.harbour/auth.json", pointer: "/access" };
    expect(finding).toEqual({
      kind: "harbour",
      kindName: "HARBOUR",
      tool: "Harbour CLI",
      place,
      alsoAt: [],
      status: "usable",
      added: null,
      needs: [],
      draft: {
        id: null,
        kind: "harbour",
        label: "HARBOUR",
        baseUrl: "https://harbour.example.com",
        allowPlainHttp: false,
        key: place,
        options: {},
      },
    });
  });

  it("says the same ids each time, whatever the key", async () => {
    const ids = async (key: string) => only(await scan((ports) => ports.env.set("HARBOUR_KEY", key))).id;
    expect(await ids(KEY)).toBe(await ids("hb-renewed-0123456789"));
    expect(await ids(KEY)).not.toBe(only(await scan((ports) => ports.env.set("HARBOUR_TOKEN", KEY))).id);
  });

  it("shows the same key for one kind once, and different ones apart", async () => {
    const found = await scan((ports) => {
      ports.env.set("HARBOUR_KEY", KEY);
      ports.env.set("HARBOUR_TOKEN", `${KEY}-2`);
      ports.files.set("~/.harbour/auth.json", JSON.stringify({ access: ` ${KEY}\n` }));
    });
    expect(found.findings.map(({ place, alsoAt, draft }) => [place, alsoAt.length, draft.label])).toEqual([
      [{ type: "env", name: "HARBOUR_KEY" }, 1, "HARBOUR"],
      [{ type: "env", name: "HARBOUR_TOKEN" }, 0, "HARBOUR (HARBOUR_TOKEN)"],
    ]);
  });

  it("takes two ways to one file for one, and saves the one without a variable", async () => {
    const found = await scan((ports) => {
      for (const path of shared) ports.files.set(path, JSON.stringify({ harbour: { key: KEY } }));
      ports.references.locate = async (path) => path.replace(/^.*shared\//, "/real/");
    });
    expect(only(found)).toMatchObject({ place: { path: "~/.shared/auth.json" }, alsoAt: [{ path: shared[0] }] });
    expect(only(found).draft.key).toMatchObject({ path: "~/.shared/auth.json" });
  });

  it("finds each member that a pattern stands for", async () => {
    const members = { "a.example/x": { token: OTHER }, "b.example": { token: `${OTHER}2` }, c: { token: "" }, d: {} };
    const found = await scan((ports) => ports.files.set("~/.pier.json", JSON.stringify(members)));
    expect(found.findings.map(({ place }) => place)).toMatchObject([
      { pointer: "/a.example~1x/token" },
      { pointer: "/b.example/token" },
    ]);
    const odd = await scan((ports) =>
      ports.files.set("~/.pier.json", JSON.stringify({ "a\u0007\n": { token: OTHER } })),
    );
    expect(odd.findings).toEqual([]);
    expect(outcomes(odd)["pier ~/.pier.json /*/token"]).toBe("no-key");
  });

  it("offers what a member names a host for at that host, where it is the service's", async () => {
    const members = {
      "town.quay.example:app": { token: OTHER },
      "evil.example:app": { token: `${OTHER}2` },
      "no host": { token: `${OTHER}3` },
    };
    const found = await scan((ports) => ports.files.set("~/.quay.json", JSON.stringify(members)));
    expect(only(found)).toMatchObject({
      place: { pointer: "/town.quay.example:app/token" },
      draft: { baseUrl: "https://api.town.quay.example" },
    });
    const at = (pointer: string) =>
      found.places.find(({ place }) => place.type === "file" && place.pointer === pointer);
    expect(at("/evil.example:app/token")).toMatchObject({ outcome: "other-service", detail: "api.evil.example" });
    expect(at("/no host/token")).toMatchObject({ outcome: "no-key" });
  });

  it("offers of the members that a pattern begins with no others", async () => {
    const members = { "https://quay.example::1": { key: OTHER }, "https://pier.example::1": { key: `${OTHER}2` } };
    const found = await scan((ports) => ports.files.set("~/.quay.json", JSON.stringify(members)));
    expect(only(found).place).toMatchObject({ pointer: "/https:~1~1quay.example::1/key" });
  });

  it("does not offer a key that begins as those that the service refuses", async () => {
    const found = await scan((ports) => ports.env.set("QUAY_KEY", "qu-paid-0123456789"));
    expect(found.findings).toEqual([]);
    expect(found.places.find(({ kind: of }) => of === "quay")).toMatchObject({
      outcome: "other-service",
      detail: "Quay, paid by use",
    });
    const plan = await scan((ports) => ports.env.set("QUAY_KEY", "qu-plan-0123456789"));
    expect(only(plan).kind).toBe("quay");
  });

  it("says why a place was not used", async () => {
    const reasons = [
      ["file-not-found", "no-such-file"],
      ["file-not-readable", "not-readable"],
      ["file-not-json", "not-json"],
      ["pointer-not-found", "no-key"],
      ["expired-in-file", "expired"],
    ] as const;
    for (const [reason, outcome] of reasons) {
      const found = await scan((ports) => {
        ports.references.filePlaces = async ({ pointer }) => [
          { pointer, lookup: { found: false, reason, detail: "x" } },
        ];
      });
      expect(outcomes(found)["harbour ~/.harbour/auth.json /access"], reason).toBe(outcome);
    }
    const unset = await scan((ports) => {
      ports.references.locate = async (path) => (path.startsWith("$") ? null : path);
    });
    expect(outcomes(unset)["harbour $DATA/shared/auth.json /harbour/key"]).toBe("not-set");
    const broken = await scan((ports) => ports.env.set("HARBOUR_KEY", "two\nlines"));
    expect(outcomes(broken)["harbour HARBOUR_KEY"]).toBe("not-sendable");
    const many = Array.from({ length: 9_000 }, (_, index) => [`m${index}`, { token: `${OTHER}${index}` }]);
    const cut = await scan((ports) => ports.files.set("~/.pier.json", JSON.stringify(Object.fromEntries(many))));
    expect(cut.findings).toHaveLength(100);
    expect(new Set(cut.findings.map(({ draft }) => draft.label)).size).toBe(100);
    expect(outcomes(cut)["pier ~/.pier.json /*/token"]).toBe("too-many");
  });

  it("offers an expired token as one that its tool will renew", async () => {
    const found = await scan((ports) => {
      ports.references.filePlaces = async ({ path, pointer }) => [
        path === "~/.harbour/auth.json"
          ? { pointer, lookup: { found: false, reason: "expired-in-file", detail: path } }
          : { pointer, lookup: { found: false, reason: "file-not-found", detail: path } },
      ];
    });
    expect(only(found)).toMatchObject({ status: "expired", tool: "Harbour CLI", needs: [] });
  });

  it("names what is missing before a finding can be saved", async () => {
    const found = await scan((ports) => {
      ports.env.set("ANYWHERE_KEY", OTHER);
      ports.env.set("CHOOSY_KEY", OTHER);
    });
    expect(found.findings.map(({ kind: of, needs, draft }) => [of, needs, draft.baseUrl])).toEqual([
      ["anywhere", ["address"], ""],
      ["choosy", ["options"], "https://choosy.example.com"],
    ]);
  });

  it("does not offer a key for a kind that another's beginning says it is not", async () => {
    const found = await scan((ports) => ports.env.set("OPENAI_API_KEY", KEY));
    expect(found.findings).toEqual([]);
    expect(found.places.find(({ kind: of }) => of === "openai-like")).toMatchObject({
      outcome: "other-service",
      detail: "HARBOUR",
    });
  });
});

it("the engine scans when asked, and saves a finding's draft as a reference", async () => {
  const ports = createMemoryPorts(createVirtualClock(START), () => json({ data: { usage: 1, limit: 10 } }));
  ports.env.set("OPENROUTER_API_KEY", "sk-or-v1-0123456789abcdef");
  const engine = createEngine(ports, {
    host: { face: "cli", version: "0", platform: "linux", settingsPath: ports.settings.path },
    demo: "off",
    automatic: false,
    shell: { openSettings: () => undefined },
  });
  await engine.start();
  const answer = await engine.handle("sources.discover", undefined);
  if (!answer.ok) throw new Error(answer.error.code);
  const [finding] = discoverySchema.parse(answer.value).findings;
  expect(finding).toMatchObject({ place: { name: "OPENROUTER_API_KEY" }, needs: [], added: null });
  expect(engine.state().configs).toEqual([]);
  await add(engine, { ...finding?.draft });
  expect(engine.state().configs[0]?.credential).toEqual({ type: "env", name: "OPENROUTER_API_KEY" });
  const again = await engine.handle("sources.discover", undefined);
  expect(again).toMatchObject({ value: { findings: [{ added: { id: engine.state().configs[0]?.id } }] } });
  expect(JSON.stringify([answer, again, ports.file, ports.logged])).not.toContain("sk-or-v1-0123");
});
