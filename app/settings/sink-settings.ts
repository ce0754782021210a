import * as z from "zod";

const sinkId = z.string().min(1).max(64);
const label = z.string().min(1).max(80);
const environmentName = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/);

/** In which shape a webhook wants its message. */
export const webhookFormatSchema = z.enum(["json", "ntfy", "slack", "discord"]);
export type WebhookFormat = z.infer<typeof webhookFormatSchema>;

/**
 * An address that alerts are posted to. Slack's and Discord's addresses, and ntfy's topics, are secrets: the whole address lies in
 * the vault (or in an environment variable); the settings know its origin only.
 */
export const webhookSchema = z.object({
  type: z.literal("webhook"),
  id: sinkId,
  label,
  enabled: z.boolean().default(true),
  format: webhookFormatSchema,
  /** Where it goes, for people, and what its secrets are bound to. */
  origin: z.string().min(1).max(300),
  address: z.discriminatedUnion("type", [
    z.object({ type: z.literal("vault") }),
    z.object({ type: z.literal("env"), name: environmentName }),
  ]),
  /** A bearer token beside the address, in the vault under `sink/<id>/token`. */
  hasToken: z.boolean().default(false),
});
export type Webhook = z.infer<typeof webhookSchema>;

/**
 * A program that is run with the facts in its environment. It can be set in a terminal or in the file only: a page must never
 * be able to choose what runs on this computer.
 */
export const commandHookSchema = z.object({
  type: z.literal("command"),
  id: sinkId,
  label,
  enabled: z.boolean().default(true),
  /** The program and its arguments, as they are: no shell reads them. */
  argv: z.array(z.string().max(4096)).min(1).max(64),
  timeoutSeconds: z.number().int().min(1).max(60).default(10),
});
export type CommandHook = z.infer<typeof commandHookSchema>;

/** Where alerts go beside the faces. */
export const sinkConfigSchema = z.discriminatedUnion("type", [webhookSchema, commandHookSchema]);
export type SinkConfig = z.infer<typeof sinkConfigSchema>;

/** Under which id the vault keeps a webhook's address, and its token. */
export function sinkAddressId(id: string): string {
  return `sink/${id}`;
}
export function sinkTokenId(id: string): string {
  return `sink/${id}/token`;
}

/** What the form of a webhook sends. `keep` keeps what is saved. */
export const webhookDraftSchema = z.object({
  id: sinkId.nullable(),
  label: z.string().max(200),
  enabled: z.boolean(),
  format: webhookFormatSchema,
  address: z.discriminatedUnion("type", [
    z.object({ type: z.literal("secret"), url: z.string().max(4096) }),
    z.object({ type: z.literal("env"), name: z.string().max(200) }),
    z.object({ type: z.literal("keep") }),
  ]),
  token: z.discriminatedUnion("type", [
    z.object({ type: z.literal("secret"), secret: z.string().max(4096) }),
    z.object({ type: z.literal("keep") }),
    z.object({ type: z.literal("none") }),
  ]),
});
export type WebhookDraft = z.infer<typeof webhookDraftSchema>;
