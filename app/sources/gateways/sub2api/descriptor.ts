import { type NoOptions, noOptions } from "../../no-options.ts";
import type { SourceDescriptor } from "../../source.ts";

/** sub2api (Wei-Shaw/sub2api): its gateway handler; newer fields as its clients read them. */
export const sub2api: SourceDescriptor<NoOptions> = {
  id: "sub2api",
  name: "sub2api",
  group: "gateway",
  defaultBaseUrl: null,
  apiPaths: ["/v1/chat/completions", "/v1/messages", "/v1/responses", "/v1/models", "/v1/usage", "/v1beta", "/v1"],
  confidence: "SRC",
  reads: "quota and windows of the key, limits of the plan, or the balance",
  keyNote: "the key that your tools use (sk-…)",
  minIntervalSeconds: 120,
  auth: { header: "authorization", prefix: "Bearer " },
  optionsSchema: noOptions,
  optionFields: [],
  known: { env: ["SUB2API_API_KEY", "SUB2API_KEY"] },
  recognition: { load: async () => (await import("./fingerprint.ts")).fingerprint },
  load: async () => (await import("./read.ts")).read,
};
