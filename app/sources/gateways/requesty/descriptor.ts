import { type NoOptions, noOptions } from "../../no-options.ts";
import { opencodeKey } from "../../opencode-file.ts";
import type { SourceDescriptor } from "../../source.ts";

/** Requesty: docs.requesty.ai, management APIs, "API keys" and "Organization". Inference has another host, router.requesty.ai. */
export const requesty: SourceDescriptor<NoOptions> = {
  id: "requesty",
  name: "Requesty",
  group: "gateway",
  defaultBaseUrl: "https://api-v2.requesty.ai",
  apiPaths: ["/v1"],
  confidence: "DOC",
  reads: "monthly spend and limit of the key, organization balance where the key may see it",
  keyNote: "the key used for inference; one with the permission to manage shows the balance, too",
  minIntervalSeconds: 120,
  auth: { header: "authorization", prefix: "Bearer " },
  optionsSchema: noOptions,
  optionFields: [],
  known: { env: ["REQUESTY_API_KEY"], files: [opencodeKey("requesty")] },
  recognition: {
    hosts: ["api-v2.requesty.ai", "router.requesty.ai"],
    load: async () => (await import("./fingerprint.ts")).fingerprint,
  },
  load: async () => (await import("./read.ts")).read,
};
