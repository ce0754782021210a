import { type NoOptions, noOptions } from "../../no-options.ts";
import { opencodeKey } from "../../opencode-file.ts";
import type { SourceDescriptor } from "../../source.ts";

/** Groq: console.groq.com/docs/rate-limits. There is no usage route for ordinary keys; limits are told in headers alone. */
export const groq: SourceDescriptor<NoOptions> = {
  id: "groq",
  name: "Groq",
  group: "provider",
  defaultBaseUrl: "https://api.groq.com",
  apiPaths: ["/openai/v1", "/openai/v1/chat/completions", "/openai/v1/models", "/openai"],
  confidence: "DOC",
  reads: "requests per day and tokens per minute, where the list of models comes with rate-limit headers",
  keyNote: "an API key (gsk_…)",
  minIntervalSeconds: 120,
  auth: { header: "authorization", prefix: "Bearer " },
  optionsSchema: noOptions,
  optionFields: [],
  known: { env: ["GROQ_API_KEY"], files: [opencodeKey("groq")] },
  recognition: { hosts: ["api.groq.com"], keyPrefixes: ["gsk_"] },
  load: async () => (await import("./read.ts")).read,
};
