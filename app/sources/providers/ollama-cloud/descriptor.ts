import * as z from "zod";
import type { SourceDescriptor } from "../../source.ts";

const options = z.object({});
export type OllamaOptions = z.infer<typeof options>;

/** Ollama's cloud plan. Not documented; clients that read it see slightly different answers. */
export const ollamaCloud: SourceDescriptor<OllamaOptions> = {
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
  optionsSchema: options,
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
