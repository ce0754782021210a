import { type NoOptions, noOptions } from "../../no-options.ts";
import { opencodeKey } from "../../opencode-file.ts";
import type { SourceDescriptor } from "../../source.ts";

/** NanoGPT: docs.nano-gpt.com, "Subscription Usage" and "Check Balance". The latter is a POST with an empty body that only reads. */
export const nanogpt: SourceDescriptor<NoOptions> = {
  id: "nanogpt",
  name: "NanoGPT",
  group: "gateway",
  defaultBaseUrl: "https://nano-gpt.com",
  apiPaths: ["/api/v1", "/api", "/api/subscription/v1", "/api/v1/chat/completions"],
  confidence: "DOC",
  reads: "the subscription's usage per day, week and month, balance in US dollars and in Nano",
  keyNote: "an API key of the account",
  minIntervalSeconds: 120,
  auth: { header: "x-api-key", prefix: "" },
  allowsPost: true,
  optionsSchema: noOptions,
  optionFields: [],
  known: { env: ["NANOGPT_API_KEY", "NANO_GPT_API_KEY"], files: [opencodeKey("nano-gpt")] },
  recognition: {
    hosts: ["nano-gpt.com"],
    load: async () => (await import("./fingerprint.ts")).fingerprint,
  },
  load: async () => (await import("./read.ts")).read,
};
