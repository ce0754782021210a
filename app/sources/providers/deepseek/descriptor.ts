import { type NoOptions, noOptions } from "../../no-options.ts";
import { opencodeKey } from "../../opencode-file.ts";
import type { SourceDescriptor } from "../../source.ts";

/** DeepSeek: api-docs.deepseek.com, "Get user balance". */
export const deepseek: SourceDescriptor<NoOptions> = {
  id: "deepseek",
  name: "DeepSeek",
  group: "provider",
  defaultBaseUrl: "https://api.deepseek.com",
  apiPaths: ["/v1/chat/completions", "/chat/completions", "/anthropic", "/beta", "/v1"],
  confidence: "DOC",
  reads: "account balance in each currency, granted and paid",
  keyNote: "an ordinary API key",
  minIntervalSeconds: 300,
  auth: { header: "authorization", prefix: "Bearer " },
  optionsSchema: noOptions,
  optionFields: [],
  known: { env: ["DEEPSEEK_API_KEY"], files: [opencodeKey("deepseek")] },
  recognition: { hosts: ["api.deepseek.com"] },
  load: async () => (await import("./read.ts")).read,
};
