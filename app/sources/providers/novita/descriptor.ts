import { type NoOptions, noOptions } from "../../no-options.ts";
import { opencodeKey } from "../../opencode-file.ts";
import type { SourceDescriptor } from "../../source.ts";

/** Novita AI: novita.ai/docs, "Query user balance detail"; the older route as community clients use it. */
export const novita: SourceDescriptor<NoOptions> = {
  id: "novita",
  name: "Novita AI",
  group: "provider",
  defaultBaseUrl: "https://api.novita.ai",
  apiPaths: ["/openai/v1", "/v3/openai", "/anthropic", "/openai"],
  confidence: "DOC",
  reads: "account balance",
  keyNote: "an ordinary API key",
  minIntervalSeconds: 300,
  auth: { header: "authorization", prefix: "Bearer " },
  optionsSchema: noOptions,
  optionFields: [],
  known: { env: ["NOVITA_API_KEY"], files: [opencodeKey("novita-ai")] },
  recognition: { hosts: ["api.novita.ai"] },
  load: async () => (await import("./read.ts")).read,
};
