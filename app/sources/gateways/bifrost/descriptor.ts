import { type NoOptions, noOptions } from "../../no-options.ts";
import type { SourceDescriptor } from "../../source.ts";

/**
 * Bifrost: docs.getbifrost.ai, "Get virtual key quota", "Virtual Keys", "Budget and Limits"; resets as in the gateway's source
 * (framework/configstore/tables). A key without the prefix "sk-bf-" works in this header only.
 */
export const bifrost: SourceDescriptor<NoOptions> = {
  id: "bifrost",
  name: "Bifrost",
  group: "gateway",
  defaultBaseUrl: null,
  apiPaths: ["/v1", "/openai/v1", "/openai", "/anthropic", "/anthropic/v1", "/genai", "/litellm"],
  confidence: "DOC",
  reads: "budgets of the virtual key with their resets, its token and request limits",
  keyNote: "a virtual key (sk-bf-…)",
  minIntervalSeconds: 60,
  auth: { header: "x-bf-vk", prefix: "" },
  optionsSchema: noOptions,
  optionFields: [],
  recognition: {
    keyPrefixes: ["sk-bf-"],
    load: async () => (await import("./fingerprint.ts")).fingerprint,
  },
  load: async () => (await import("./read.ts")).read,
};
