import { type NoOptions, noOptions } from "../../no-options.ts";
import type { SourceDescriptor } from "../../source.ts";

/** Mistral AI: docs.mistral.ai, Admin API, "Spend limit"; the names of its amounts as community clients read them. */
export const mistral: SourceDescriptor<NoOptions> = {
  id: "mistral",
  name: "Mistral AI",
  group: "provider",
  defaultBaseUrl: "https://api.mistral.ai",
  apiPaths: ["/v1/chat/completions", "/v1/admin", "/v1"],
  confidence: "DOC",
  reads: "the organization's spend of the month with its limit",
  keyNote: "an Admin API key of an Enterprise organization; ordinary keys tell nothing",
  minIntervalSeconds: 900,
  auth: { header: "x-api-key", prefix: "" },
  optionsSchema: noOptions,
  optionFields: [],
  known: { env: ["MISTRAL_ADMIN_API_KEY", "MISTRAL_ADMIN_KEY"] },
  recognition: { hosts: ["api.mistral.ai"] },
  load: async () => (await import("./read.ts")).read,
};
