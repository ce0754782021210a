import * as z from "zod";
import { currencyOption } from "../../currency.ts";
import { opencodeKey } from "../../opencode-file.ts";
import type { SourceDescriptor } from "../../source.ts";
import { CURRENCIES } from "./currencies.ts";

const currency = currencyOption(["USD", "CNY"]);
const options = z.object({ currency: currency.schema });
export type MoonshotOptions = z.infer<typeof options>;

/** Moonshot AI (Kimi), the platform with prepaid balance: platform.moonshot.ai, "Query balance". */
export const moonshot: SourceDescriptor<MoonshotOptions> = {
  id: "moonshot",
  name: "Moonshot AI (Kimi platform)",
  group: "provider",
  defaultBaseUrl: "https://api.moonshot.ai",
  otherBaseUrls: ["https://api.moonshot.cn"],
  apiPaths: ["/v1/chat/completions", "/anthropic", "/v1"],
  confidence: "DOC",
  reads: "account balance, vouchers and cash",
  keyNote: "an ordinary API key of the same region as the address",
  minIntervalSeconds: 300,
  auth: { header: "authorization", prefix: "Bearer " },
  optionsSchema: options,
  optionFields: [currency.field],
  known: {
    env: ["MOONSHOT_API_KEY"],
    files: [opencodeKey("moonshotai"), opencodeKey("moonshotai-cn", "https://api.moonshot.cn")],
  },
  recognition: { hosts: Object.keys(CURRENCIES) },
  load: async () => (await import("./read.ts")).read,
};
