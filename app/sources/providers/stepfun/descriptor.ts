import * as z from "zod";
import { currencyOption } from "../../currency.ts";
import type { SourceDescriptor } from "../../source.ts";
import { CURRENCIES } from "./currencies.ts";

const currency = currencyOption(["CNY", "USD"]);
const options = z.object({ currency: currency.schema });
export type StepFunOptions = z.infer<typeof options>;

/** StepFun: platform.stepfun.com, "Get account"; its fields as community clients read them. */
export const stepfun: SourceDescriptor<StepFunOptions> = {
  id: "stepfun",
  name: "StepFun",
  group: "provider",
  defaultBaseUrl: "https://api.stepfun.com",
  otherBaseUrls: ["https://api.stepfun.ai"],
  apiPaths: ["/v1/chat/completions", "/v1"],
  confidence: "RE*",
  reads: "account balance; not the windows of a Step Plan",
  keyNote: "an ordinary API key of the same region as the address",
  minIntervalSeconds: 300,
  auth: { header: "authorization", prefix: "Bearer " },
  optionsSchema: options,
  optionFields: [currency.field],
  known: { env: ["STEPFUN_API_KEY"] },
  recognition: { hosts: Object.keys(CURRENCIES) },
  load: async () => (await import("./read.ts")).read,
};
