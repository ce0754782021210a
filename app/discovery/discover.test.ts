import { describe, expect, it } from "vitest";
import * as z from "zod";
import { createMemoryPorts, json, type MemoryPorts } from "../../tests/engine/memory-ports.ts";
import { add, START } from "../../tests/engine/rig.ts";
import { createVirtualClock } from "../../tests/engine/virtual-clock.ts";
import { createEngine } from "../engine.ts";
import type { SourceConfig } from "../settings/schema.ts";
import { register } from "../sources/register.ts";
import type { RegisteredSource, SourceDescriptor } from "../sources/source.ts";
import { discover } from "./discover.ts";
import { type Discovery, discoverySchema, type Finding } from "./discovery.ts";

const kind = (id: string, change: Partial<SourceDescriptor>): RegisteredSource =>
  register({
    id,
    name: id.toUpperCase(),
    group: "provider",
    defaultBaseUrl: `https://${id}.example.com`,
    confidence: "DOC",
    reads: "",
    keyNote: "",
    minIntervalSeconds: 60,
    auth: { header: "authorization", prefix: "Bearer " },
    optionsSchema: z.object({}),
    optionFields: [],
    load: async () => async () => ({ meters: [], account: null, notices: [] }),
    ...change,
  });

const shared = ["$DATA/shared/auth.json", "~/.shared/auth.json"];
const sources = [
  kind("harbour", {
    known: {
      env: ["HARBOUR_KEY", "HARBOUR_TOKEN"],
      files: [
        {
          tool: "Harbour CLI",
          paths: ["~/.harbour/auth.json"],
          pointer: "/access",
          expires: { pointer: "/until", unit: "seconds" },
        },
        { tool: "Shared", paths: shared, pointer: "/harbour/key" },
      ],
    },
    recognition: { keyPrefixes: ["hb-"] },
  }),
  kind("pier", { known: { files: [{ tool: "Pier", paths: ["~/.pier.json"], pointer: "/*/token" }] } }),
  kind("anywhere", { defaultBaseUrl: null, known: { env: ["ANYWHERE_KEY"] } }),
  kind("openai-like", { known: { env: ["OPENAI_API_KEY"] }, defaultBaseUrl: "https://api.openai.com" }),
  kind("choosy", {
    known: { env: ["CHOOSY_KEY"] },
    optionFields: [{ name: "team", labelKey: "", hintKey: "", placeholder: "", required: true }],
  }),
];

const KEY = "hb-0123456789abcdef";
const OTHER = "other-0123456789abcdef";

function scan(prepare: (ports: MemoryPorts) => void, configs: readonly SourceConfig[] = []) {
  const ports = createMemoryPorts(createVirtualClock(START), () => json({}));
  prepare(ports);
  return discover(configs, sources, ports).then((found) => {
    expect(discoverySchema.parse(found)).toEqual(found);
    for (const secret of [KEY, OTHER]) expect(JSON.stringify(found)).not.toContain(secret);
    expect(ports.requests).toEqual([]);
    expect(ports.file).toEqual({ kind: "absent" });
    return found;
  });
}

const config = (change: Partial<SourceConfig>): SourceConfig => ({
  id: "mine",
  kind: "harbour",
  label: "Mine",
  baseUrl: "https://harbour.example.com",
  allowPlainHttp: false,
  credential: { type: "env", name: "HARBOUR_KEY" },
  secrets: {},
  options: {},
  muted: false,
  paused: false,
  intervalSeconds: null,
  thresholds: null,
  ...change,
});

const outcomes = ({ places }: Discovery) =>
  Object.fromEntries(
    places.map(({ kind: of, place, outcome }) => [
      `${of ?? "gateway"} ${place.type === "env" ? place.name : `${place.path} ${place.pointer}`}`,
      outcome,
    ]),
  );
const only = ({ findings }: Discovery): Finding => {
  const [finding, ...more] = findings;
  if (finding === undefined || more.length > 0) throw new Error(`${findings.length} findings`);
  return finding;
};

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
    expect(outcomes(broken)["harbour HARBOUR_KEY"]).toBe("no-key");
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

describe("what is there already", () => {
  it.each<[string, Partial<SourceConfig>]>([
    ["by the same variable", {}],
    ["by the same key in the keyring", { credential: { type: "vault", origin: "https://harbour.example.com" } }],
    ["by the same key in another variable", { credential: { type: "env", name: "COPY" } }],
  ])("is known %s", async (_how, change) => {
    const found = await scan(
      (ports) => {
        ports.env.set("HARBOUR_KEY", KEY);
        ports.env.set("COPY", KEY);
        ports.secrets.set("mine", { origin: "https://harbour.example.com", secret: KEY });
      },
      [config(change)],
    );
    expect(only(found).added).toEqual({ id: "mine", label: "Mine" });
    expect(outcomes(found)["harbour HARBOUR_KEY"]).toBe("already-added");
  });

  it("is known by its place where the token has expired", async () => {
    const credential = {
      type: "file",
      path: "~/.harbour/auth.json",
      pointer: "/access",
      origin: "https://harbour.example.com",
    } as const;
    const found = await scan(
      (ports) => {
        ports.references.filePlaces = async ({ path, pointer }) => [
          {
            pointer,
            lookup: {
              found: false,
              reason: path === credential.path ? "expired-in-file" : "file-not-found",
              detail: path,
            },
          },
        ];
      },
      [config({ credential })],
    );
    expect(only(found)).toMatchObject({ status: "expired", added: { id: "mine" } });
  });

  it("is another source where kind or key differ", async () => {
    const found = await scan(
      (ports) => {
        ports.env.set("HARBOUR_TOKEN", KEY);
        ports.env.set("HARBOUR_KEY", "");
        ports.secrets.set("mine", { origin: "https://harbour.example.com", secret: OTHER });
      },
      [
        config({ credential: { type: "vault", origin: "https://harbour.example.com" } }),
        config({ id: "pier", kind: "pier", credential: { type: "env", name: "HARBOUR_TOKEN" } }),
      ],
    );
    expect(only(found).added).toBeNull();
  });

  it("is known for a gateway of one's own by its address", async () => {
    const found = await scan(
      (ports) => {
        ports.env.set("OPENAI_BASE_URL", "https://llm.example.org/v1");
        ports.env.set("OPENAI_API_KEY", OTHER);
      },
      [
        config({
          kind: "anywhere",
          baseUrl: "https://llm.example.org",
          credential: { type: "env", name: "OPENAI_API_KEY" },
        }),
      ],
    );
    expect(only(found).added?.id).toBe("mine");
  });

  it("does not ask the keyring when there is nothing to compare with", async () => {
    let asked = 0;
    await scan(
      (ports) => {
        ports.vault.get = async () => {
          asked += 1;
          throw new Error("locked");
        };
      },
      [config({ credential: { type: "vault", origin: "https://harbour.example.com" } })],
    );
    expect(asked).toBe(0);
  });

  it("does not stop at a keyring that fails", async () => {
    const found = await scan(
      (ports) => {
        ports.env.set("HARBOUR_KEY", KEY);
        ports.vault.get = async () => {
          throw new Error("locked");
        };
      },
      [config({ credential: { type: "vault", origin: "https://harbour.example.com" } })],
    );
    expect(only(found).added).toBeNull();
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
