import { type NoOptions, noOptions } from "../../no-options.ts";
import { opencodeKey } from "../../opencode-file.ts";
import type { SourceDescriptor } from "../../source.ts";

/**
 * Vercel AI Gateway: vercel.com/docs/ai-gateway, REST API, "Credits". Its budgets are told by another host to another kind of
 * token (an access token of the account), so they are not read here.
 */
export const vercel: SourceDescriptor<NoOptions> = {
  id: "vercel",
  name: "Vercel AI Gateway",
  group: "gateway",
  defaultBaseUrl: "https://ai-gateway.vercel.sh",
  apiPaths: ["/v1", "/v1/ai", "/v1/chat/completions"],
  confidence: "DOC",
  reads: "credit balance of the team and what was spent in all; budgets need another token and are left out",
  keyNote: "an AI Gateway API key, or an OIDC token of a Vercel project",
  minIntervalSeconds: 300,
  auth: { header: "authorization", prefix: "Bearer " },
  optionsSchema: noOptions,
  optionFields: [],
  known: { env: ["AI_GATEWAY_API_KEY", "VERCEL_OIDC_TOKEN"], files: [opencodeKey("vercel")] },
  recognition: {
    hosts: ["ai-gateway.vercel.sh"],
    load: async () => (await import("./fingerprint.ts")).fingerprint,
  },
  load: async () => (await import("./read.ts")).read,
};
