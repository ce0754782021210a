import * as z from "zod";
import { idOption } from "../../id-option.ts";
import type { SourceDescriptor } from "../../source.ts";

const options = z.object({ accountId: idOption });
export type CodexOptions = z.infer<typeof options>;

/** The Codex part of a ChatGPT plan, as the backend client of openai/codex reads it. */
export const codex: SourceDescriptor<CodexOptions> = {
  id: "codex",
  name: "Codex (ChatGPT plan)",
  group: "provider",
  defaultBaseUrl: "https://chatgpt.com/backend-api",
  apiPaths: ["/codex", "/codex/responses", "/wham", "/wham/usage"],
  confidence: "SRC",
  reads: "5-hour, weekly and monthly limits, limits of single features, credits, spend limit",
  keyNote: "the access token of a Codex sign-in with ChatGPT; an API key has no plan",
  minIntervalSeconds: 120,
  auth: { header: "authorization", prefix: "Bearer " },
  optionsSchema: options,
  optionFields: [
    {
      name: "accountId",
      labelKey: "option.account-id.label",
      hintKey: "option.account-id.hint",
      placeholder: "",
    },
  ],
  known: {
    env: ["CODEX_ACCESS_TOKEN"],
    files: [
      {
        tool: "Codex CLI",
        paths: ["$CODEX_HOME/auth.json", "~/.codex/auth.json"],
        pointer: "/tokens/access_token",
        facts: { accountId: "/tokens/account_id" },
      },
      {
        tool: "opencode",
        paths: ["$XDG_DATA_HOME/opencode/auth.json", "~/.local/share/opencode/auth.json"],
        pointer: "/openai/access",
        facts: { accountId: "/openai/accountId" },
        expires: { pointer: "/openai/expires", unit: "milliseconds" },
      },
    ],
  },
  recognition: { hosts: ["chatgpt.com", "chat.openai.com"] },
  load: async () => (await import("./read.ts")).read,
};
