import { type NoOptions, noOptions } from "../../no-options.ts";
import type { SourceDescriptor } from "../../source.ts";

/** Merge Gateway: docs.merge.dev/merge-gateway, Management API, "Get Credits". */
export const merge: SourceDescriptor<NoOptions> = {
  id: "merge",
  name: "Merge Gateway",
  group: "gateway",
  defaultBaseUrl: "https://api-gateway.merge.dev",
  apiPaths: ["/v1", "/v1/openai", "/v1/openai/chat/completions", "/v1/anthropic", "/v1/messages", "/v1/responses"],
  confidence: "DOC",
  reads: "prepaid credit of the organization and what was spent of it in all",
  keyNote: "a management key (mgmt_…) that may view billing; keys for inference (mg_…) are refused",
  minIntervalSeconds: 300,
  auth: { header: "authorization", prefix: "Bearer " },
  optionsSchema: noOptions,
  optionFields: [],
  known: { env: ["MERGE_GATEWAY_MANAGEMENT_KEY"] },
  // It lives at this host and nowhere else, so that no other address is asked for it. The second one is its dashboard.
  recognition: {
    hosts: ["api-gateway.merge.dev", "gateway.merge.dev"],
    keyPrefixes: ["mgmt_"],
  },
  load: async () => (await import("./read.ts")).read,
};
