import { type NoOptions, noOptions } from "../../no-options.ts";
import type { SourceDescriptor } from "../../source.ts";

/** OpenAI, as an organization: the "Costs" and "Spend limit" routes of openai/openai-openapi. */
export const openaiOrg: SourceDescriptor<NoOptions> = {
  id: "openai-org",
  name: "OpenAI organization",
  group: "provider",
  defaultBaseUrl: "https://api.openai.com",
  apiPaths: ["/v1/chat/completions", "/v1/responses", "/v1/organization", "/v1"],
  confidence: "DOC",
  reads: "costs of the month with the organization's spend limit",
  keyNote: "an admin key of an organization owner (sk-admin-…); project keys do not work",
  minIntervalSeconds: 900,
  auth: { header: "authorization", prefix: "Bearer " },
  optionsSchema: noOptions,
  optionFields: [],
  known: { env: ["OPENAI_ADMIN_KEY"] },
  recognition: { hosts: ["api.openai.com"], keyPrefixes: ["sk-admin-"] },
  load: async () => (await import("./read.ts")).read,
};
