import * as z from "zod";
import type { SourceDescriptor } from "../../source.ts";

const USER_HEADER = "New-Api-User";

const options = z.object({
  userId: z
    .string({ error: "not a text" })
    .trim()
    .regex(/^\d{0,18}$/, "not a number")
    .default(""),
  userHeader: z
    .string({ error: "not a text" })
    .trim()
    .max(40, "too long")
    .regex(/^([a-z]+-)*user(-(id|key))?$|^$/i, "not the name of a user header")
    .transform((name) => (name === "" ? USER_HEADER : name))
    .default(USER_HEADER),
});
export type NewApiOptions = z.infer<typeof options>;

/** new-api (QuantumNous/new-api) and its forks: docs.newapi.pro, and its controllers for token, billing and user. */
export const newApi: SourceDescriptor<NewApiOptions> = {
  id: "new-api",
  name: "new-api",
  group: "gateway",
  defaultBaseUrl: null,
  apiPaths: ["/v1/chat/completions", "/v1/messages", "/v1/responses", "/v1/models", "/v1beta", "/v1", "/api"],
  confidence: "DOC",
  reads: "quota of the key, or the balance of the account",
  keyNote: "your key (sk-…), or with your user ID a system access token",
  // Sites allow 20 such requests in 20 minutes to everybody behind one address.
  minIntervalSeconds: 300,
  auth: { header: "authorization", prefix: "Bearer " },
  optionsSchema: options,
  optionFields: [
    { name: "userId", labelKey: "option.user-id.label", hintKey: "option.user-id.hint", placeholder: "" },
    {
      name: "userHeader",
      labelKey: "option.user-header.label",
      hintKey: "option.user-header.hint",
      placeholder: USER_HEADER,
    },
  ],
  known: { env: ["NEW_API_KEY", "NEWAPI_API_KEY"] },
  recognition: { load: async () => (await import("./fingerprint.ts")).fingerprint },
  load: async () => (await import("./read.ts")).read,
};
