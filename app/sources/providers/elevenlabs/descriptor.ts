import * as z from "zod";
import type { SourceDescriptor } from "../../source.ts";

const options = z.object({});
export type ElevenLabsOptions = z.infer<typeof options>;

/** ElevenLabs: elevenlabs.io/docs, "Get user subscription"; shapes as in its JavaScript SDK. */
export const elevenlabs: SourceDescriptor<ElevenLabsOptions> = {
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
  optionsSchema: options,
  optionFields: [],
  known: { env: ["ELEVENLABS_API_KEY", "XI_API_KEY"] },
  recognition: { hosts: ["elevenlabs.io", "*.elevenlabs.io"] },
  load: async () => (await import("./read.ts")).read,
};
