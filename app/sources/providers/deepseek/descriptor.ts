import * as z from "zod";
import { opencodeKey } from "../../opencode-file.ts";
import type { SourceDescriptor } from "../../source.ts";

const options = z.object({});
export type DeepSeekOptions = z.infer<typeof options>;

/** DeepSeek: api-docs.deepseek.com, "Get user balance". */
export const deepseek: SourceDescriptor<DeepSeekOptions> = {
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
  optionsSchema: options,
  optionFields: [],
  known: { env: ["DEEPSEEK_API_KEY"], files: [opencodeKey("deepseek")] },
  recognition: { hosts: ["api.deepseek.com"] },
  load: async () => (await import("./read.ts")).read,
};
