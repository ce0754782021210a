import { type NoOptions, noOptions } from "../../no-options.ts";
import type { SourceDescriptor } from "../../source.ts";

/** LiteLLM proxy: docs.litellm.ai, "Virtual keys", "Budgets, rate limits" and "Response headers"; shapes as in its code. */
export const litellm: SourceDescriptor<NoOptions> = {
  id: "litellm",
  name: "LiteLLM",
  group: "gateway",
  defaultBaseUrl: null,
  apiPaths: [
    "/v1/chat/completions",
    "/v1/completions",
    "/v1/embeddings",
    "/v1/responses",
    "/v1/messages",
    "/v1/models",
    "/v1",
    "/chat/completions",
    "/key/info",
    "/ui",
    "/ui/login",
    "/ui/index.html",
    "/docs",
    "/redoc",
    "/sso/key/generate",
  ],
  confidence: "DOC",
  reads: "budgets of the key, of its user or its team, and per model, with their resets",
  keyNote: "your virtual key (sk-…); one limited to inference routes shows its spend only",
  minIntervalSeconds: 60,
  auth: { header: "authorization", prefix: "Bearer " },
  optionsSchema: noOptions,
  optionFields: [],
  known: { env: ["LITELLM_API_KEY", "LITELLM_PROXY_API_KEY"] },
  recognition: { load: async () => (await import("./fingerprint.ts")).fingerprint },
  load: async () => (await import("./read.ts")).read,
};
