import * as z from "zod";
import { idOption } from "../../id-option.ts";
import type { SourceDescriptor } from "../../source.ts";

const UNITS = ["credits", "usd", "usd-cents"] as const;

const options = z.object({
  accountId: idOption,
  balanceUnit: z
    .enum(UNITS, { error: `must be one of ${UNITS.join(", ")}` })
    .or(z.literal("").transform(() => UNITS[0]))
    .default(UNITS[0]),
});
export type CloudflareOptions = z.infer<typeof options>;

/**
 * Cloudflare AI Gateway: developers.cloudflare.com/api, AI Gateway, "Billing"; also in cloudflare-typescript. The unit of the
 * balance is not documented, so it is the user's to say; limits are documented in cents.
 */
export const cloudflare: SourceDescriptor<CloudflareOptions> = {
  id: "cloudflare",
  name: "Cloudflare AI Gateway",
  group: "gateway",
  defaultBaseUrl: "https://api.cloudflare.com",
  apiPaths: ["/client/v4", "/client/v4/accounts", "/ai-gateway", "/ai/v1"],
  confidence: "DOC",
  reads: "credit balance of the account in the unit you say, its spending limit without what was used of it",
  keyNote: "an API token that may read AI Gateway, with the account's ID in the address or as an option",
  minIntervalSeconds: 300,
  auth: { header: "authorization", prefix: "Bearer " },
  optionsSchema: options,
  optionFields: [
    {
      name: "accountId",
      labelKey: "option.account-id.label",
      hintKey: "option.account-id-needed.hint",
      placeholder: "",
    },
    {
      name: "balanceUnit",
      labelKey: "option.balance-unit.label",
      hintKey: "option.balance-unit.hint",
      placeholder: UNITS[0],
      choices: UNITS,
    },
  ],
  known: { env: ["CLOUDFLARE_API_TOKEN", "CF_API_TOKEN"], needsOptions: ["accountId"] },
  recognition: {
    hosts: ["api.cloudflare.com", "gateway.ai.cloudflare.com"],
    load: async () => (await import("./fingerprint.ts")).fingerprint,
  },
  load: async () => (await import("./read.ts")).read,
};
