import { type NoOptions, noOptions } from "../../no-options.ts";
import type { SourceDescriptor } from "../../source.ts";

/** Synthetic: dev.synthetic.new/docs, "quotas". Asking does not count against the limits. */
export const synthetic: SourceDescriptor<NoOptions> = {
  id: "synthetic",
  name: "Synthetic",
  group: "provider",
  defaultBaseUrl: "https://api.synthetic.new",
  apiPaths: ["/openai/v1", "/anthropic/v1", "/anthropic", "/v2", "/v1"],
  confidence: "DOC",
  reads: "requests of 5 hours, credits of the week, searches of the hour",
  keyNote: "an API key of the account",
  minIntervalSeconds: 120,
  auth: { header: "authorization", prefix: "Bearer " },
  optionsSchema: noOptions,
  optionFields: [],
  known: {
    env: ["SYNTHETIC_API_KEY"],
    files: [
      {
        tool: "opencode",
        paths: ["$XDG_DATA_HOME/opencode/auth.json", "~/.local/share/opencode/auth.json"],
        pointer: "/synthetic/key",
      },
    ],
  },
  recognition: { hosts: ["api.synthetic.new", "synthetic.new"] },
  load: async () => (await import("./read.ts")).read,
};
