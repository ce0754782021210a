import * as z from "zod";
import type { SourceDescriptor } from "../../source.ts";

const DEFAULT_PATH = "/quota";

/** A path below the address and nothing else: no host, no way up, no query, nothing that a URL parser would rewrite. */
const quotaPath = z
  .string({ error: "not a text" })
  .trim()
  .max(200, "too long")
  .transform((path) => (path === "" ? DEFAULT_PATH : path))
  .refine((path) => path.startsWith("/"), "must begin with a slash")
  .refine((path) => !path.startsWith("//"), "must not name a host")
  .refine((path) => !/\.\.|%2e/i.test(path), "must not hold two dots")
  .refine((path) => !/[?#]/.test(path), "must not hold a query or a fragment")
  .refine((path) => /^[\w\-.~!$&'()*+,;=:@%/]*$/.test(path), "holds a character that a path cannot have");

const options = z.object({ quotaPath: quotaPath.default(DEFAULT_PATH) });
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
