import { type NoOptions, noOptions } from "../../no-options.ts";
import type { SourceDescriptor } from "../../source.ts";

/** Ollama's cloud plan. Not documented; clients that read it see slightly different answers. */
export const ollamaCloud: SourceDescriptor<NoOptions> = {
  id: "ollama-cloud",
  name: "Ollama Cloud",
  group: "provider",
  defaultBaseUrl: "https://ollama.com",
  apiPaths: ["/api/usage", "/api", "/v1"],
  confidence: "RE*",
  reads: "limits of the session and of the week",
  keyNote: "an API key of ollama.com; an Ollama on your own computer has no quota",
  minIntervalSeconds: 120,
  auth: { header: "authorization", prefix: "Bearer " },
  optionsSchema: noOptions,
  optionFields: [],
  known: {
    env: ["OLLAMA_API_KEY"],
    files: [
      {
        tool: "opencode",
        paths: ["$XDG_DATA_HOME/opencode/auth.json", "~/.local/share/opencode/auth.json"],
        pointer: "/ollama-cloud/key",
      },
    ],
  },
  recognition: { hosts: ["ollama.com", "api.ollama.com"] },
  load: async () => (await import("./read.ts")).read,
};
