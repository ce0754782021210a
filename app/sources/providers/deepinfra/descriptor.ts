import { type NoOptions, noOptions } from "../../no-options.ts";
import { opencodeKey } from "../../opencode-file.ts";
import type { SourceDescriptor } from "../../source.ts";

/** DeepInfra: routes documented by the vendor, the meaning of their figures as community clients found it. */
export const deepinfra: SourceDescriptor<NoOptions> = {
  id: "deepinfra",
  name: "DeepInfra",
  group: "provider",
  defaultBaseUrl: "https://api.deepinfra.com",
  apiPaths: ["/v1/openai/chat/completions", "/v1/openai", "/v1/inference", "/anthropic", "/v1"],
  confidence: "RE",
  reads: "prepaid funds, spend of the billing cycle with its limit, spend of the month",
  keyNote: "an API key with access to billing",
  minIntervalSeconds: 300,
  auth: { header: "authorization", prefix: "Bearer " },
  optionsSchema: noOptions,
  optionFields: [],
  known: { env: ["DEEPINFRA_API_KEY", "DEEPINFRA_TOKEN", "DEEPINFRA_API_TOKEN"], files: [opencodeKey("deepinfra")] },
  recognition: { hosts: ["api.deepinfra.com"] },
  load: async () => (await import("./read.ts")).read,
};
