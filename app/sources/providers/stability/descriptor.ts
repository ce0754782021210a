import { type NoOptions, noOptions } from "../../no-options.ts";
import type { SourceDescriptor } from "../../source.ts";

/** Stability AI: platform.stability.ai, "Get balance" of the first version of its REST API, which later ones kept. */
export const stability: SourceDescriptor<NoOptions> = {
  id: "stability",
  name: "Stability AI",
  group: "provider",
  defaultBaseUrl: "https://api.stability.ai",
  apiPaths: ["/v2beta", "/v1"],
  confidence: "DOC",
  reads: "credits that are left",
  keyNote: "an ordinary API key",
  minIntervalSeconds: 300,
  auth: { header: "authorization", prefix: "Bearer " },
  optionsSchema: noOptions,
  optionFields: [],
  known: { env: ["STABILITY_API_KEY"] },
  recognition: { hosts: ["api.stability.ai"] },
  load: async () => (await import("./read.ts")).read,
};
