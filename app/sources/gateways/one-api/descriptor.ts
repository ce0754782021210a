import * as z from "zod";
import type { SourceDescriptor } from "../../source.ts";

const KEY_TYPES = ["relay-key", "access-token"] as const;

const options = z.object({
  keyType: z
    .enum(KEY_TYPES, { error: `must be one of ${KEY_TYPES.join(", ")}` })
    .or(z.literal("").transform(() => KEY_TYPES[0]))
    .default(KEY_TYPES[0]),
});
export type OneApiOptions = z.infer<typeof options>;

/** one-api (songquanpeng/one-api): its controllers for status, billing and user. */
export const oneApi: SourceDescriptor<OneApiOptions> = {
  id: "one-api",
  name: "one-api",
  group: "gateway",
  defaultBaseUrl: null,
  apiPaths: ["/v1/chat/completions", "/v1/embeddings", "/v1/models", "/v1", "/api"],
  confidence: "SRC",
  reads: "limit and use of the key, or the balance of the account",
  keyNote: "your relay key (sk-…), or with the option a system access token",
  minIntervalSeconds: 300,
  auth: { header: "authorization", prefix: "Bearer " },
  optionsSchema: options,
  optionFields: [
    {
      name: "keyType",
      labelKey: "option.key-type.label",
      hintKey: "option.key-type.hint",
      placeholder: KEY_TYPES[0],
      choices: KEY_TYPES,
    },
  ],
  known: { env: ["ONE_API_KEY"] },
  recognition: { load: async () => (await import("./fingerprint.ts")).fingerprint },
  load: async () => (await import("./read.ts")).read,
};
