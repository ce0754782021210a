import * as z from "zod";
import { idOption } from "../../id-option.ts";
import type { SourceDescriptor } from "../../source.ts";

const options = z.object({ organizationId: idOption });
export type KiloOptions = z.infer<typeof options>;

/** Kilo: as community clients read it. A Kilo Pass is told by another host, which the key is not sent to. */
export const kilo: SourceDescriptor<KiloOptions> = {
  id: "kilo",
  name: "Kilo",
  group: "provider",
  defaultBaseUrl: "https://api.kilo.ai",
  apiPaths: ["/api/openrouter/v1", "/api/openrouter", "/api/gateway", "/api"],
  confidence: "RE",
  reads: "account balance; not the credits of a Kilo Pass",
  keyNote: "an API key, or the token that the Kilo CLI keeps",
  minIntervalSeconds: 300,
  auth: { header: "authorization", prefix: "Bearer " },
  optionsSchema: options,
  optionFields: [
    {
      name: "organizationId",
      labelKey: "option.organization-id.label",
      hintKey: "option.organization-id.hint",
      placeholder: "",
    },
  ],
  known: {
    env: ["KILO_API_KEY"],
    files: [
      {
        tool: "Kilo CLI",
        paths: ["$XDG_DATA_HOME/kilo/auth.json", "~/.local/share/kilo/auth.json"],
        pointer: "/kilo/access",
      },
    ],
  },
  recognition: { hosts: ["api.kilo.ai"] },
  load: async () => (await import("./read.ts")).read,
};
