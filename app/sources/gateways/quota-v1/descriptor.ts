import * as z from "zod";
import { pathOption } from "../../path-option.ts";
import type { SourceDescriptor } from "../../source.ts";

const DEFAULT_PATH = "/quota";

const options = z.object({ path: pathOption(DEFAULT_PATH) });
export type QuotaV1Options = z.infer<typeof options>;

/**
 * The envelope "quota-v1" that slkiser/opencode-quota reads from remote sources (its docs/readme/providers.md). Unlike there,
 * unknown fields are ignored.
 */
export const quotaV1: SourceDescriptor<QuotaV1Options> = {
  id: "quota-v1",
  name: "Quota route (quota-v1)",
  group: "gateway",
  defaultBaseUrl: null,
  confidence: "SRC",
  reads: "the percentages and values that the gateway lists, with their resets",
  keyNote: "the gateway's key whose quota you want to see",
  minIntervalSeconds: 60,
  auth: { header: "authorization", prefix: "Bearer " },
  optionsSchema: options,
  optionFields: [
    { name: "path", labelKey: "option.path.label", hintKey: "option.path.hint", placeholder: DEFAULT_PATH },
  ],
  recognition: { load: async () => (await import("./fingerprint.ts")).fingerprint },
  load: async () => (await import("./read.ts")).read,
};
