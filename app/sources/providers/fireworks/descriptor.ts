import * as z from "zod";
import { opencodeKey } from "../../opencode-file.ts";
import type { SourceDescriptor } from "../../source.ts";

/** As `idOption`, with the dots that names of accounts may have; never two of them. */
const accountId: z.ZodType<string> = z
  .string({ error: (issue) => (issue.input === undefined ? "missing" : "not a text") })
  .trim()
  .max(100, "too long")
  .regex(/^([\w-]+(\.[\w-]+)*)?$/, "holds a character that an ID does not have")
  .default("");

const options = z.object({ accountId });
export type FireworksOptions = z.infer<typeof options>;

/** Fireworks AI: docs.fireworks.ai, API reference, "List accounts" and "List quotas". */
export const fireworks: SourceDescriptor<FireworksOptions> = {
  id: "fireworks",
  name: "Fireworks AI",
  group: "provider",
  defaultBaseUrl: "https://api.fireworks.ai",
  apiPaths: ["/inference/v1/chat/completions", "/inference/v1", "/inference", "/v1"],
  confidence: "DOC",
  reads: "spend of the month with its limit; not the prepaid credits",
  keyNote: "an ordinary API key",
  minIntervalSeconds: 300,
  auth: { header: "authorization", prefix: "Bearer " },
  optionsSchema: options,
  optionFields: [
    {
      name: "accountId",
      labelKey: "option.account-id.label",
      hintKey: "option.account-id-all.hint",
      placeholder: "",
    },
  ],
  known: { env: ["FIREWORKS_API_KEY"], files: [opencodeKey("fireworks-ai")] },
  recognition: { hosts: ["api.fireworks.ai"] },
  load: async () => (await import("./read.ts")).read,
};
