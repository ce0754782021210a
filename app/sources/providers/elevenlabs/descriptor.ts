import { type NoOptions, noOptions } from "../../no-options.ts";
import type { SourceDescriptor } from "../../source.ts";

/** ElevenLabs: elevenlabs.io/docs, "Get user subscription"; shapes as in its JavaScript SDK. */
export const elevenlabs: SourceDescriptor<NoOptions> = {
  id: "elevenlabs",
  name: "ElevenLabs",
  group: "provider",
  defaultBaseUrl: "https://api.elevenlabs.io",
  apiPaths: ["/v1"],
  confidence: "DOC",
  reads: "characters of the billing period with their reset",
  keyNote: "an API key that may read the user",
  minIntervalSeconds: 300,
  auth: { header: "xi-api-key", prefix: "" },
  optionsSchema: noOptions,
  optionFields: [],
  known: { env: ["ELEVENLABS_API_KEY", "XI_API_KEY"] },
  recognition: { hosts: ["elevenlabs.io", "*.elevenlabs.io"] },
  load: async () => (await import("./read.ts")).read,
};
