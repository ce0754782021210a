import { type NoOptions, noOptions } from "../../no-options.ts";
import { opencodeKey } from "../../opencode-file.ts";
import type { SourceDescriptor } from "../../source.ts";

/** Poe: creator.poe.com, API reference, "Usage API". */
export const poe: SourceDescriptor<NoOptions> = {
  id: "poe",
  name: "Poe",
  group: "gateway",
  defaultBaseUrl: "https://api.poe.com",
  apiPaths: ["/v1", "/v1/chat/completions"],
  confidence: "DOC",
  reads: "compute points left; the service tells neither their limit nor their refill",
  keyNote: "an API key of the account",
  minIntervalSeconds: 300,
  auth: { header: "authorization", prefix: "Bearer " },
  optionsSchema: noOptions,
  optionFields: [],
  known: { env: ["POE_API_KEY"], files: [opencodeKey("poe")] },
  recognition: {
    hosts: ["api.poe.com"],
    load: async () => (await import("./fingerprint.ts")).fingerprint,
  },
  load: async () => (await import("./read.ts")).read,
};
