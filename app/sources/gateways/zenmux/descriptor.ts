import { type NoOptions, noOptions } from "../../no-options.ts";
import type { SourceDescriptor } from "../../source.ts";

/** ZenMux: docs.zenmux.ai, platform API, "Get Subscription Detail" and "Get PAYG Balance". */
export const zenmux: SourceDescriptor<NoOptions> = {
  id: "zenmux",
  name: "ZenMux",
  group: "gateway",
  defaultBaseUrl: "https://zenmux.ai",
  apiPaths: ["/api/v1", "/api", "/api/anthropic", "/api/anthropic/v1", "/api/v1/chat/completions"],
  confidence: "DOC",
  reads: "flows of the subscription in 5 hours and 7 days, pay-as-you-go balance",
  keyNote: "a management key; keys for inference are refused",
  minIntervalSeconds: 120,
  auth: { header: "authorization", prefix: "Bearer " },
  optionsSchema: noOptions,
  optionFields: [],
  known: { env: ["ZENMUX_MANAGEMENT_API_KEY", "ZENMUX_MANAGEMENT_KEY"] },
  // It lives at this host and nowhere else, so that no other address is asked for it.
  recognition: {
    hosts: ["zenmux.ai"],
  },
  load: async () => (await import("./read.ts")).read,
};
