import { type NoOptions, noOptions } from "../../no-options.ts";
import type { SourceDescriptor } from "../../source.ts";

/** ClawRouter: its route is known from clients alone. */
export const clawrouter: SourceDescriptor<NoOptions> = {
  id: "clawrouter",
  name: "ClawRouter",
  group: "gateway",
  defaultBaseUrl: null,
  apiPaths: ["/v1", "/v1/chat/completions"],
  confidence: "RE",
  reads: "the policy's monthly budget and what was spent of it",
  keyNote: "the policy key used for inference",
  minIntervalSeconds: 120,
  auth: { header: "authorization", prefix: "Bearer " },
  optionsSchema: noOptions,
  optionFields: [],
  known: { env: ["CLAWROUTER_API_KEY"] },
  recognition: { load: async () => (await import("./fingerprint.ts")).fingerprint },
  load: async () => (await import("./read.ts")).read,
};
