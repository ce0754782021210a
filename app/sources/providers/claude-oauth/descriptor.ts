import { type NoOptions, noOptions } from "../../no-options.ts";
import type { SourceDescriptor } from "../../source.ts";

/**
 * A Claude subscription, by the route that Claude Code's own usage screen asks (anthropics/claude-code issues 30930, 31021, 31637).
 * Not documented: it may change without notice.
 */
export const claudeOauth: SourceDescriptor<NoOptions> = {
  id: "claude-oauth",
  name: "Claude subscription",
  group: "provider",
  defaultBaseUrl: "https://api.anthropic.com",
  apiPaths: ["/api/oauth/usage", "/api/oauth", "/v1"],
  confidence: "RE",
  reads: "5-hour and weekly limits, weekly limits of single models, extra usage",
  keyNote: "the access token of a Claude Code sign-in (sk-ant-oat01-…) with the scope user:profile",
  // More frequent askers are put off with 429s that last.
  minIntervalSeconds: 300,
  auth: { header: "authorization", prefix: "Bearer " },
  optionsSchema: noOptions,
  optionFields: [],
  known: {
    env: ["CLAUDE_CODE_OAUTH_TOKEN"],
    files: [
      {
        tool: "Claude Code",
        paths: ["$CLAUDE_CONFIG_DIR/.credentials.json", "~/.claude/.credentials.json"],
        pointer: "/claudeAiOauth/accessToken",
        facts: { plan: "/claudeAiOauth/subscriptionType" },
        expires: { pointer: "/claudeAiOauth/expiresAt", unit: "milliseconds" },
      },
      {
        tool: "opencode",
        paths: ["$XDG_DATA_HOME/opencode/auth.json", "~/.local/share/opencode/auth.json"],
        pointer: "/anthropic/access",
        expires: { pointer: "/anthropic/expires", unit: "milliseconds" },
      },
    ],
  },
  recognition: { keyPrefixes: ["sk-ant-oat01-"] },
  load: async () => (await import("./read.ts")).read,
};
