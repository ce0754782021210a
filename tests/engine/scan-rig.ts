import { expect } from "vitest";
import * as z from "zod";
import { discover } from "../../app/discovery/discover.ts";
import { type Discovery, discoverySchema, type Finding } from "../../app/discovery/discovery.ts";
import { SOURCE_DEFAULTS, type SourceConfig } from "../../app/settings/schema.ts";
import { register } from "../../app/sources/register.ts";
import type { RegisteredSource, SourceDescriptor } from "../../app/sources/source.ts";
import { createMemoryPorts, json, type MemoryPorts } from "./memory-ports.ts";
import { START } from "./rig.ts";
import { createVirtualClock } from "./virtual-clock.ts";

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

export const shared = ["$DATA/shared/auth.json", "~/.shared/auth.json"];
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
  kind("quay", {
    known: {
      env: ["QUAY_KEY"],
      files: [
        { tool: "Quay", paths: ["~/.quay.json"], pointer: "/*/token", home: "https://api.*" },
        { tool: "Quay", paths: ["~/.quay.json"], pointer: "/https:~1~1quay.example::*/key" },
      ],
      otherKeys: { "qu-paid-": "Quay, paid by use" },
    },
    recognition: { hosts: ["*.quay.example"] },
  }),
  kind("anywhere", { defaultBaseUrl: null, known: { env: ["ANYWHERE_KEY"] } }),
  kind("openai-like", { known: { env: ["OPENAI_API_KEY"] }, defaultBaseUrl: "https://api.openai.com" }),
  kind("choosy", {
    known: { env: ["CHOOSY_KEY"] },
    optionFields: [{ name: "team", labelKey: "", hintKey: "", placeholder: "", required: true }],
  }),
];

export const KEY = "hb-0123456789abcdef";
export const OTHER = "other-0123456789abcdef";

/** Scans a computer with made-up kinds; no key is in what comes of it, nothing was asked, nothing saved. */
export function scan(prepare: (ports: MemoryPorts) => void, configs: readonly SourceConfig[] = []) {
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

export const config = (change: Partial<SourceConfig>): SourceConfig => ({
  id: "mine",
  kind: "harbour",
  label: "Mine",
  baseUrl: "https://harbour.example.com",
  allowPlainHttp: false,
  credential: { type: "env", name: "HARBOUR_KEY" },
  secrets: {},
  options: {},
  ...SOURCE_DEFAULTS,
  ...change,
});

export const outcomes = ({ places }: Discovery) =>
  Object.fromEntries(
    places.map(({ kind: of, place, outcome }) => [
      `${of ?? "gateway"} ${place.type === "env" ? place.name : `${place.path} ${place.pointer}`}`,
      outcome,
    ]),
  );
export const only = ({ findings }: Discovery): Finding => {
  const [finding, ...more] = findings;
  if (finding === undefined || more.length > 0) throw new Error(`${findings.length} findings`);
  return finding;
};
