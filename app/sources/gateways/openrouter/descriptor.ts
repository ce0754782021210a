import { type NoOptions, noOptions } from "../../no-options.ts";
import { opencodeKey } from "../../opencode-file.ts";
import type { SourceDescriptor } from "../../source.ts";

/** OpenRouter: openrouter.ai/docs, "Get current API key" and "Get remaining credits"; shapes as in its TypeScript SDK. */
export const openrouter: SourceDescriptor<NoOptions> = {
  id: "openrouter",
  name: "OpenRouter",
  group: "gateway",
  defaultBaseUrl: "https://openrouter.ai",
  apiPaths: ["/api/v1", "/api"],
  confidence: "DOC",
  reads: "key limit with its reset, account balance where the key may see it, free-model requests",
  keyNote: "an inference key (sk-or-v1-…); a management key shows the balance for certain",
  minIntervalSeconds: 60,
  auth: { header: "authorization", prefix: "Bearer " },
  optionsSchema: noOptions,
  optionFields: [],
  known: { env: ["OPENROUTER_API_KEY"], files: [opencodeKey("openrouter")] },
  recognition: {
    hosts: ["openrouter.ai", "*.openrouter.ai"],
    keyPrefixes: ["sk-or-v1-"],
    load: async () => (await import("./fingerprint.ts")).fingerprint,
  },
  load: async () => (await import("./read.ts")).read,
};
