import { type NoOptions, noOptions } from "../../no-options.ts";
import { opencodeKey } from "../../opencode-file.ts";
import type { SourceDescriptor } from "../../source.ts";

/**
 * MiniMax's token plan (earlier: coding plan). The vendor names the route without its schema; clients agree on the percentages and
 * disagree on the counts, so counts are read only where nothing else is told.
 */
export const minimax: SourceDescriptor<NoOptions> = {
  id: "minimax",
  name: "MiniMax (token plan)",
  group: "provider",
  defaultBaseUrl: "https://api.minimax.io",
  otherBaseUrls: ["https://api.minimaxi.com"],
  apiPaths: ["/v1", "/anthropic/v1", "/anthropic"],
  confidence: "RE*",
  reads: "5-hour and weekly limits of the plan, video of the day",
  keyNote: "a key of the plan (sk-cp-…); ordinary keys are refused, and each region has its own",
  minIntervalSeconds: 120,
  auth: { header: "authorization", prefix: "Bearer " },
  optionsSchema: noOptions,
  optionFields: [],
  known: {
    env: ["MINIMAX_API_KEY"],
    files: [
      opencodeKey("minimax-coding-plan"),
      opencodeKey("minimax-cn-coding-plan", "https://api.minimaxi.com"),
      opencodeKey("minimax"),
    ],
    otherKeys: { "sk-api-": "MiniMax's API, which is paid by use" },
  },
  recognition: { hosts: ["api.minimax.io", "api.minimaxi.com"], keyPrefixes: ["sk-cp-"] },
  load: async () => (await import("./read.ts")).read,
};
