import * as z from "zod";
import type { SourceDescriptor } from "../../source.ts";

const options = z.object({});
export type OpenRouterOptions = z.infer<typeof options>;

/** OpenRouter: openrouter.ai/docs, "Get current API key" and "Get remaining credits"; shapes as in its TypeScript SDK. */
export const openrouter: SourceDescriptor<OpenRouterOptions> = {
  id: "openrouter",
  name: "OpenRouter",
  group: "gateway",
  defaultBaseUrl: "https://openrouter.ai",
  confidence: "DOC",
  minIntervalSeconds: 60,
  auth: { header: "authorization", prefix: "Bearer " },
  optionsSchema: options,
  optionFields: [],
  load: async () => (await import("./read.ts")).read,
};
