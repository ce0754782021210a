import * as z from "zod";
import { requiredId } from "../../id-option.ts";
import type { SourceDescriptor } from "../../source.ts";

const options = z.object({ teamId: requiredId });
export type XaiOptions = z.infer<typeof options>;

/** xAI: docs.x.ai, management API, "Prepaid balance". */
export const xai: SourceDescriptor<XaiOptions> = {
  id: "xai",
  name: "xAI",
  group: "provider",
  defaultBaseUrl: "https://management-api.x.ai",
  apiPaths: ["/v1"],
  confidence: "DOC",
  reads: "prepaid balance of the team",
  keyNote: "a management key (console, Management Keys); keys for inference do not work",
  minIntervalSeconds: 300,
  auth: { header: "authorization", prefix: "Bearer " },
  optionsSchema: options,
  optionFields: [
    {
      name: "teamId",
      labelKey: "option.team-id.label",
      hintKey: "option.team-id.hint",
      placeholder: "",
      required: true,
    },
  ],
  known: { env: ["XAI_MANAGEMENT_KEY", "XAI_MANAGEMENT_API_KEY"] },
  recognition: { hosts: ["management-api.x.ai"] },
  load: async () => (await import("./read.ts")).read,
};
