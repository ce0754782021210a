import { type NoOptions, noOptions } from "../../no-options.ts";
import type { SourceDescriptor } from "../../source.ts";

/** Anthropic, as an organization: platform.claude.com, "Usage and Cost API". */
export const anthropicAdmin: SourceDescriptor<NoOptions> = {
  id: "anthropic-admin",
  name: "Anthropic organization",
  group: "provider",
  defaultBaseUrl: "https://api.anthropic.com",
  apiPaths: ["/v1/messages", "/v1/organizations", "/v1"],
  confidence: "DOC",
  reads: "costs and tokens of the month; no limit is told",
  keyNote: "an admin key of an organization (sk-ant-admin…); ordinary keys do not work",
  minIntervalSeconds: 900,
  auth: { header: "x-api-key", prefix: "" },
  optionsSchema: noOptions,
  optionFields: [],
  known: { env: ["ANTHROPIC_ADMIN_KEY", "ANTHROPIC_ADMIN_API_KEY"] },
  recognition: { hosts: ["api.anthropic.com"], keyPrefixes: ["sk-ant-admin"] },
  load: async () => (await import("./read.ts")).read,
};
