import { type NoOptions, noOptions } from "../../no-options.ts";
import type { SourceDescriptor } from "../../source.ts";

/** Factory (Droid), by the route that its own tool asks. Not documented. */
export const factory: SourceDescriptor<NoOptions> = {
  id: "factory",
  name: "Factory (Droid)",
  group: "provider",
  defaultBaseUrl: "https://api.factory.ai",
  apiPaths: ["/api"],
  confidence: "RE",
  reads: "5-hour, weekly and monthly limits of the plan, balance for extra usage",
  keyNote: "an API key of the account",
  minIntervalSeconds: 120,
  auth: { header: "authorization", prefix: "Bearer " },
  optionsSchema: noOptions,
  optionFields: [],
  known: { env: ["FACTORY_API_KEY"] },
  recognition: { hosts: ["api.factory.ai"] },
  load: async () => (await import("./read.ts")).read,
};
