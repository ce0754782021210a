import { type NoOptions, noOptions } from "../../no-options.ts";
import type { SourceDescriptor } from "../../source.ts";

/** The Kimi Code plan, as MoonshotAI/kimi-cli reads it. */
export const kimiCode: SourceDescriptor<NoOptions> = {
  id: "kimi-code",
  name: "Kimi Code",
  group: "provider",
  defaultBaseUrl: "https://api.kimi.com",
  apiPaths: ["/coding/v1", "/coding", "/coding/v1/usages"],
  confidence: "SRC",
  reads: "weekly limit and 5-hour limit of the plan",
  keyNote: "a key of the Kimi Code plan, or the access token of a Kimi Code sign-in",
  minIntervalSeconds: 120,
  auth: { header: "authorization", prefix: "Bearer " },
  optionsSchema: noOptions,
  optionFields: [],
  known: {
    env: ["KIMI_API_KEY", "KIMI_CODE_API_KEY"],
    files: [
      {
        tool: "Kimi Code CLI",
        paths: ["$KIMI_CODE_HOME/credentials/kimi-code.json", "~/.kimi-code/credentials/kimi-code.json"],
        pointer: "/access_token",
        expires: { pointer: "/expires_at", unit: "seconds" },
      },
      {
        tool: "kimi-cli",
        paths: ["$KIMI_SHARE_DIR/credentials/kimi-code.json", "~/.kimi/credentials/kimi-code.json"],
        pointer: "/access_token",
        expires: { pointer: "/expires_at", unit: "seconds" },
      },
      {
        tool: "opencode",
        paths: ["$XDG_DATA_HOME/opencode/auth.json", "~/.local/share/opencode/auth.json"],
        pointer: "/kimi-for-coding/key",
      },
    ],
  },
  recognition: { hosts: ["api.kimi.com"] },
  load: async () => (await import("./read.ts")).read,
};
