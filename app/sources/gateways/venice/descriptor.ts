import { type NoOptions, noOptions } from "../../no-options.ts";
import { opencodeKey } from "../../opencode-file.ts";
import type { SourceDescriptor } from "../../source.ts";

/** Venice: docs.venice.ai, "Billing Balance", and "VVV & DIEM" for when the allowance comes back. */
export const venice: SourceDescriptor<NoOptions> = {
  id: "venice",
  name: "Venice",
  group: "gateway",
  defaultBaseUrl: "https://api.venice.ai",
  apiPaths: ["/api/v1", "/api", "/api/v1/chat/completions"],
  confidence: "DOC",
  reads: "DIEM allowance of the day, balance in US dollars",
  keyNote: "an admin key; keys for inference only are refused",
  minIntervalSeconds: 300,
  auth: { header: "authorization", prefix: "Bearer " },
  optionsSchema: noOptions,
  optionFields: [],
  known: { env: ["VENICE_API_KEY", "VENICE_KEY"], files: [opencodeKey("venice")] },
  // It lives at this host and nowhere else, so that no other address is asked for it.
  recognition: {
    hosts: ["api.venice.ai"],
  },
  load: async () => (await import("./read.ts")).read,
};
