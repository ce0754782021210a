import * as z from "zod";
import { pathOption } from "../../path-option.ts";
import type { SourceDescriptor } from "../../source.ts";

const DEFAULT_PATH = "/v1/models";

const options = z.object({ path: pathOption(DEFAULT_PATH) });
export type HeadersOptions = z.infer<typeof options>;

/**
 * Gateways that tell limits in the headers of their answers and nowhere else: Kong, APISIX, Envoy, and whatever passes on the headers
 * of its upstream. The families are documented in `app/sources/rate-limit-headers/`.
 */
export const headers: SourceDescriptor<HeadersOptions> = {
  id: "headers",
  name: "OpenAI-compatible gateway (rate-limit headers only)",
  group: "gateway",
  defaultBaseUrl: null,
  apiPaths: ["/v1", "/v1/models", "/v1/chat/completions"],
  confidence: "DOC",
  reads: "short-term limits from the headers of its list of models",
  keyNote: "the key that your tools use",
  minIntervalSeconds: 120,
  auth: { header: "authorization", prefix: "Bearer " },
  optionsSchema: options,
  optionFields: [
    { name: "path", labelKey: "option.path.label", hintKey: "option.path.hint", placeholder: DEFAULT_PATH },
  ],
  recognition: { lastResort: true, load: async () => (await import("./fingerprint.ts")).fingerprint },
  load: async () => (await import("./read.ts")).read,
};
