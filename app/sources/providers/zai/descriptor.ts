import * as z from "zod";
import { idOption } from "../../id-option.ts";
import { opencodeKey } from "../../opencode-file.ts";
import type { SourceDescriptor } from "../../source.ts";

const options = z.object({ organizationId: idOption, projectId: idOption });
export type ZaiOptions = z.infer<typeof options>;

/** The coding plan of Z.ai (in China: Zhipu, bigmodel.cn), by the route that the vendor's own plug-in asks. Not documented. */
export const zai: SourceDescriptor<ZaiOptions> = {
  id: "zai",
  name: "Z.ai (GLM coding plan)",
  group: "provider",
  defaultBaseUrl: "https://api.z.ai",
  otherBaseUrls: ["https://open.bigmodel.cn"],
  apiPaths: ["/api/coding/paas/v4", "/api/paas/v4", "/api/anthropic", "/api"],
  confidence: "RE",
  reads: "5-hour and weekly limits of the plan, tool calls of the month",
  keyNote: "an API key of the account with the plan; keys of api.z.ai and bigmodel.cn do not work for each other",
  minIntervalSeconds: 120,
  // The key alone, without "Bearer".
  auth: { header: "authorization", prefix: "" },
  optionsSchema: options,
  optionFields: [
    {
      name: "organizationId",
      labelKey: "option.organization-id.label",
      hintKey: "option.organization-id.hint",
      placeholder: "",
    },
    {
      name: "projectId",
      labelKey: "option.project-id.label",
      hintKey: "option.project-id.hint",
      placeholder: "",
    },
  ],
  known: {
    env: ["ZAI_API_KEY", "Z_AI_API_KEY", "ZHIPU_API_KEY"],
    files: [
      opencodeKey("zai-coding-plan"),
      opencodeKey("zhipuai-coding-plan", "https://open.bigmodel.cn"),
      opencodeKey("zai"),
    ],
  },
  recognition: { hosts: ["api.z.ai", "open.bigmodel.cn", "bigmodel.cn"] },
  load: async () => (await import("./read.ts")).read,
};
