import * as z from "zod";
import { currencyOption } from "../../currency.ts";
import { opencodeKey } from "../../opencode-file.ts";
import type { SourceDescriptor } from "../../source.ts";
import { CURRENCIES } from "./currencies.ts";

const currency = currencyOption(["USD", "CNY"]);
const options = z.object({ currency: currency.schema });
export type SiliconFlowOptions = z.infer<typeof options>;

/** SiliconFlow: docs.siliconflow.cn and docs.siliconflow.com, "Get user account information". */
export const siliconflow: SourceDescriptor<SiliconFlowOptions> = {
  id: "siliconflow",
  name: "SiliconFlow",
  group: "provider",
  defaultBaseUrl: "https://api.siliconflow.com",
  otherBaseUrls: ["https://api.siliconflow.cn"],
  apiPaths: ["/v1/chat/completions", "/v1"],
  confidence: "DOC",
  reads: "account balance, granted and paid",
  keyNote: "an ordinary API key of the same region as the address",
  minIntervalSeconds: 300,
  auth: { header: "authorization", prefix: "Bearer " },
  optionsSchema: options,
  optionFields: [currency.field],
  known: {
    env: ["SILICONFLOW_API_KEY"],
    files: [opencodeKey("siliconflow"), opencodeKey("siliconflow-cn", "https://api.siliconflow.cn")],
  },
  recognition: { hosts: Object.keys(CURRENCIES) },
  load: async () => (await import("./read.ts")).read,
};
