import * as z from "zod";
import { idOption } from "../../id-option.ts";
import type { SourceDescriptor } from "../../source.ts";

const options = z.object({ keyId: idOption });
export type PortkeyOptions = z.infer<typeof options>;

/** Portkey: its OpenAPI description (Portkey-AI/openapi), API keys, usage limits policies, cost analytics. */
export const portkey: SourceDescriptor<PortkeyOptions> = {
  id: "portkey",
  name: "Portkey",
  group: "gateway",
  defaultBaseUrl: "https://api.portkey.ai",
  apiPaths: ["/v1", "/v1/chat/completions"],
  confidence: "DOC",
  reads: "limits of API keys with their resets, spend of the running period by the analytics, usage limit policies",
  keyNote: "an admin or workspace key that may read API keys, policies and analytics; a plain inference key may not",
  minIntervalSeconds: 900,
  auth: { header: "x-portkey-api-key", prefix: "" },
  optionsSchema: options,
  optionFields: [{ name: "keyId", labelKey: "option.key-id.label", hintKey: "option.key-id.hint", placeholder: "" }],
  known: { env: ["PORTKEY_API_KEY", "PORTKEY_ADMIN_API_KEY"] },
  recognition: {
    hosts: ["api.portkey.ai"],
    load: async () => (await import("./fingerprint.ts")).fingerprint,
  },
  load: async () => (await import("./read.ts")).read,
};
