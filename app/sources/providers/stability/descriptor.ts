import * as z from "zod";
import type { SourceDescriptor } from "../../source.ts";

const options = z.object({});
export type StabilityOptions = z.infer<typeof options>;

/** Stability AI: platform.stability.ai, "Get balance" of the first version of its REST API, which later ones kept. */
export const stability: SourceDescriptor<StabilityOptions> = {
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
  optionsSchema: options,
  optionFields: [],
  known: { env: ["STABILITY_API_KEY"] },
  recognition: { hosts: ["api.stability.ai"] },
  load: async () => (await import("./read.ts")).read,
};
