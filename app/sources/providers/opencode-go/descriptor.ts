import { type NoOptions, noOptions } from "../../no-options.ts";
import type { SourceDescriptor } from "../../source.ts";

/** The Go plan of OpenCode, as the console of anomalyco/opencode serves it. */
export const opencodeGo: SourceDescriptor<NoOptions> = {
  id: "opencode-go",
  name: "OpenCode Go",
  group: "provider",
  defaultBaseUrl: "https://opencode.ai",
  apiPaths: ["/zen/go/v1", "/zen/go", "/zen/v1", "/zen"],
  confidence: "SRC",
  reads: "5-hour, weekly and monthly limits of the plan",
  keyNote: "an API key of a workspace with the Go plan",
  minIntervalSeconds: 120,
  auth: { header: "authorization", prefix: "Bearer " },
  optionsSchema: noOptions,
  optionFields: [],
  known: {
    env: ["OPENCODE_API_KEY"],
    files: [
      {
        tool: "opencode",
        paths: ["$XDG_DATA_HOME/opencode/auth.json", "~/.local/share/opencode/auth.json"],
        pointer: "/opencode-go/key",
      },
    ],
  },
  recognition: { hosts: ["opencode.ai"] },
  load: async () => (await import("./read.ts")).read,
};
