import { type NoOptions, noOptions } from "../../no-options.ts";
import type { SourceDescriptor } from "../../source.ts";

/** Chutes. Clients see differing names in its answers, so that several are read for each figure. */
export const chutes: SourceDescriptor<NoOptions> = {
  id: "chutes",
  name: "Chutes",
  group: "provider",
  defaultBaseUrl: "https://api.chutes.ai",
  confidence: "RE*",
  reads: "month and 4 hours of the subscription, else the day's quota",
  keyNote: "an API key of the account (cpk_…)",
  minIntervalSeconds: 120,
  auth: { header: "authorization", prefix: "Bearer " },
  optionsSchema: noOptions,
  optionFields: [],
  known: {
    env: ["CHUTES_API_KEY"],
    files: [
      {
        tool: "opencode",
        paths: ["$XDG_DATA_HOME/opencode/auth.json", "~/.local/share/opencode/auth.json"],
        pointer: "/chutes/key",
      },
    ],
  },
  recognition: { hosts: ["api.chutes.ai", "chutes.ai", "llm.chutes.ai"], keyPrefixes: ["cpk_"] },
  load: async () => (await import("./read.ts")).read,
};
