import { type NoOptions, noOptions } from "../../no-options.ts";
import { opencodeKey } from "../../opencode-file.ts";
import type { SourceDescriptor } from "../../source.ts";

/** LLM Gateway: docs.llmgateway.io, "DevPass Usage API" and "API Keys". */
export const llmgateway: SourceDescriptor<NoOptions> = {
  id: "llmgateway",
  name: "LLM Gateway",
  group: "gateway",
  defaultBaseUrl: "https://api.llmgateway.io",
  apiPaths: ["/v1", "/v1/chat/completions"],
  confidence: "DOC",
  reads: "all-time limit of the key, credits of the dev plan, its weekly share for premium models",
  keyNote: "a regular gateway key (llmgtwy_…); publishable keys are refused",
  minIntervalSeconds: 120,
  auth: { header: "authorization", prefix: "Bearer " },
  optionsSchema: noOptions,
  optionFields: [],
  known: { env: ["LLM_GATEWAY_API_KEY", "LLMGATEWAY_API_KEY"], files: [opencodeKey("llmgateway")] },
  recognition: {
    hosts: ["api.llmgateway.io"],
    keyPrefixes: ["llmgtwy_"],
    load: async () => (await import("./fingerprint.ts")).fingerprint,
  },
  load: async () => (await import("./read.ts")).read,
};
