import * as z from "zod";
import { idOption } from "../../id-option.ts";
import type { SourceDescriptor } from "../../source.ts";

const options = z.object({ projectId: idOption });
export type GeminiOptions = z.infer<typeof options>;

/**
 * The quota of a Google sign-in in Gemini CLI (Code Assist), as google-gemini/gemini-cli reads it: two POSTs that change nothing.
 * Since June 2026 only Standard and Enterprise plans of Code Assist are let in.
 */
export const geminiCli: SourceDescriptor<GeminiOptions> = {
  id: "gemini-cli",
  name: "Gemini CLI (Code Assist)",
  group: "provider",
  defaultBaseUrl: "https://cloudcode-pa.googleapis.com",
  apiPaths: ["/v1internal"],
  confidence: "SRC",
  reads: "what is left of the day, by model",
  keyNote: "the access token of a Gemini CLI sign-in with Google; keys of AI Studio have no quota route",
  minIntervalSeconds: 120,
  auth: { header: "authorization", prefix: "Bearer " },
  allowsPost: true,
  optionsSchema: options,
  optionFields: [
    {
      name: "projectId",
      labelKey: "option.project-id.label",
      hintKey: "option.project-id.hint",
      placeholder: "",
    },
  ],
  known: {
    env: ["GOOGLE_CLOUD_ACCESS_TOKEN"],
    files: [
      {
        tool: "Gemini CLI",
        paths: ["~/.gemini/oauth_creds.json"],
        pointer: "/access_token",
        expires: { pointer: "/expiry_date", unit: "milliseconds" },
      },
    ],
  },
  recognition: { hosts: ["cloudcode-pa.googleapis.com"] },
  load: async () => (await import("./read.ts")).read,
};
