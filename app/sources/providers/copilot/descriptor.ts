import { type NoOptions, noOptions } from "../../no-options.ts";
import type { SourceDescriptor } from "../../source.ts";

/** GitHub Copilot, by the route that its editor plug-ins ask. Not documented; several clients read it alike. */
export const copilot: SourceDescriptor<NoOptions> = {
  id: "copilot",
  name: "GitHub Copilot",
  group: "provider",
  defaultBaseUrl: "https://api.github.com",
  confidence: "RE",
  reads: "premium requests, chat and completions of the month",
  keyNote: "the GitHub token of a Copilot sign-in (gho_… or ghu_…); fine-grained tokens are refused",
  minIntervalSeconds: 120,
  auth: { header: "authorization", prefix: "token " },
  optionsSchema: noOptions,
  optionFields: [],
  known: {
    env: ["COPILOT_GITHUB_TOKEN"],
    files: [
      ...["apps.json", "hosts.json"].map((file) => ({
        tool: "GitHub Copilot plug-in",
        paths: [
          `$XDG_CONFIG_HOME/github-copilot/${file}`,
          `~/.config/github-copilot/${file}`,
          `%LOCALAPPDATA%\\github-copilot\\${file}`,
        ],
        // Members are "github.com:<app>", or of a company's own GitHub "acme.ghe.com:<app>"; earlier files have the host alone.
        pointer: "/*/oauth_token",
        home: "https://api.*",
        facts: { user: "/*/user" },
      })),
      {
        tool: "opencode",
        paths: ["$XDG_DATA_HOME/opencode/auth.json", "~/.local/share/opencode/auth.json"],
        // Its access token is for answers only; this one is GitHub's own and does not end.
        pointer: "/github-copilot/refresh",
      },
    ],
  },
  recognition: { hosts: ["api.github.com", "*.ghe.com"], keyPrefixes: ["gho_", "ghu_"] },
  load: async () => (await import("./read.ts")).read,
};
