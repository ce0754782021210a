import { type NoOptions, noOptions } from "../../no-options.ts";
import type { SourceDescriptor } from "../../source.ts";

/** A SuperGrok plan, by the route that the Grok CLI asks. Not documented. */
export const grokBuild: SourceDescriptor<NoOptions> = {
  id: "grok-build",
  name: "SuperGrok (Grok CLI)",
  group: "provider",
  defaultBaseUrl: "https://cli-chat-proxy.grok.com",
  apiPaths: ["/v1"],
  confidence: "RE",
  reads: "credits of the billing period",
  keyNote: "the token of a Grok CLI sign-in; keys of the xAI API are another service",
  minIntervalSeconds: 120,
  auth: { header: "authorization", prefix: "Bearer " },
  optionsSchema: noOptions,
  optionFields: [],
  known: {
    files: [
      {
        tool: "Grok CLI",
        paths: ["~/.grok/auth.json"],
        // Members are "https://auth.x.ai::<client>"; other sign-ins that lie there are for other services.
        pointer: "/https:~1~1auth.x.ai::*/key",
      },
    ],
  },
  recognition: { hosts: ["cli-chat-proxy.grok.com"] },
  load: async () => (await import("./read.ts")).read,
};
