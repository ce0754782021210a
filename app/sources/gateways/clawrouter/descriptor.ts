import * as z from "zod";
import type { SourceDescriptor } from "../../source.ts";

const options = z.object({});
export type ClawRouterOptions = z.infer<typeof options>;

/** ClawRouter: its route is known from clients alone. */
export const clawrouter: SourceDescriptor<ClawRouterOptions> = {
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
  optionsSchema: options,
  optionFields: [],
  known: { env: ["CLAWROUTER_API_KEY"] },
  recognition: { load: async () => (await import("./fingerprint.ts")).fingerprint },
  load: async () => (await import("./read.ts")).read,
};
