import * as z from "zod";
import { pathOption } from "../../path-option.ts";
import type { SourceDescriptor } from "../../source.ts";

const DEFAULT_PATH = "/quota";

const options = z.object({ quotaPath: pathOption(DEFAULT_PATH) });
export type NeutralOptions = z.infer<typeof options>;

/**
 * The neutral shape: one small JSON route that whoever runs a gateway can put on it.
 * First described in pull request 110 of slkiser/opencode-quota; `docs/adding-a-source.md` has the shape we read.
 */
export const neutral: SourceDescriptor<NeutralOptions> = {
  id: "neutral",
  name: "Neutral gateway",
  group: "gateway",
  defaultBaseUrl: null,
  confidence: "SRC",
  reads: "tokens and cost of the key, with their limits and reset",
  keyNote: "the gateway's key whose quota you want to see",
  minIntervalSeconds: 60,
  auth: { header: "authorization", prefix: "Bearer " },
  optionsSchema: options,
  optionFields: [
    {
      name: "quotaPath",
      labelKey: "option.quota-path.label",
      hintKey: "option.quota-path.hint",
      placeholder: DEFAULT_PATH,
    },
  ],
  recognition: { load: async () => (await import("./fingerprint.ts")).fingerprint },
  load: async () => (await import("./read.ts")).read,
};
