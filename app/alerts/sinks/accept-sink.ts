import { CallFailure } from "../../contract/host.ts";
import { checkKey } from "../../settings/key-format.ts";
import { type Webhook, type WebhookDraft, type WebhookFormat, webhookSchema } from "../../settings/sink-settings.ts";
import { uniqueLabel } from "../../settings/unique-label.ts";
import { cleanText } from "../../sources/clean-text.ts";
import { parseSinkAddress, type SinkAddressProblem } from "./sink-address.ts";

/** A draft that passed: what would be saved, and the secrets to save with it; null where there is none, or it is kept. */
export interface AcceptedWebhook {
  readonly webhook: Webhook;
  readonly address: string | null;
  readonly token: string | null;
}

const NAMES: Readonly<Record<WebhookFormat, string>> = {
  json: "Webhook",
  ntfy: "ntfy",
  slack: "Slack",
  discord: "Discord",
};

/**
 * Judges what the form of a webhook (or the CLI) sent. `existing` is the one being edited, null for a new one; `savedAddress` finds the
 * address that it has, null where it cannot be read; `variable` what an environment variable holds.
 * Throws CallFailure: invalid-address (detail: `addressProblem.*`), key-required (detail: "address" or "token"), invalid-key.
 */
export async function acceptWebhook(
  draft: WebhookDraft,
  existing: Webhook | null,
  parts: {
    readonly newId: () => string;
    readonly savedAddress: (webhook: Webhook) => Promise<string | null>;
    readonly variable: (name: string) => string | null;
    readonly otherLabels: readonly string[];
  },
): Promise<AcceptedWebhook> {
  const { place, origin, secret } = await acceptAddress(draft, existing, parts);
  const token = acceptToken(draft.token, existing, origin);
  const label = cleanText(draft.label);
  return {
    webhook: {
      type: "webhook",
      id: existing?.id ?? parts.newId(),
      label: label === "" ? uniqueLabel(`${NAMES[draft.format]} – ${new URL(origin).host}`, parts.otherLabels) : label,
      enabled: draft.enabled,
      format: draft.format,
      origin,
      address: place,
      hasToken: token.has,
    },
    address: secret,
    token: token.secret,
  };
}

interface AcceptedAddress {
  readonly place: Webhook["address"];
  readonly origin: string;
  readonly secret: string | null;
}

async function acceptAddress(
  { address, format }: WebhookDraft,
  existing: Webhook | null,
  { savedAddress, variable }: Parameters<typeof acceptWebhook>[2],
): Promise<AcceptedAddress> {
  switch (address.type) {
    case "secret": {
      const { url, origin } = judged(address.url, format);
      return { place: { type: "vault" }, origin, secret: url };
    }
    case "env": {
      const place = webhookSchema.shape.address.safeParse({ type: "env", name: address.name.trim() });
      if (!place.success || place.data.type !== "env") throw new CallFailure("invalid-address", "bad-variable-name");
      const url = variable(place.data.name);
      if (url === null) throw new CallFailure("invalid-address", "env-not-set");
      return { place: place.data, origin: judged(url, format).origin, secret: null };
    }
    case "keep": {
      if (existing === null) throw new CallFailure("key-required", "address");
      if (existing.format !== format) {
        // Another format may ask for another address.
        const url = await savedAddress(existing);
        if (url === null) throw new CallFailure("key-required", "address");
        judged(url, format);
      }
      return { place: existing.address, origin: existing.origin, secret: null };
    }
  }
}

function judged(address: string, format: WebhookFormat): { readonly url: string; readonly origin: string } {
  const parsed = parseSinkAddress(address, format);
  if (!parsed.ok) throw new CallFailure("invalid-address", problemCode(parsed.problem));
  return parsed;
}

/** A gateway may be asked over plain http by a yes to it; a webhook may not, and its words must not say otherwise. */
function problemCode(problem: SinkAddressProblem): string {
  return problem === "plain-http" ? "plain-http-webhook" : problem;
}

function acceptToken(
  token: WebhookDraft["token"],
  existing: Webhook | null,
  origin: string,
): { readonly has: boolean; readonly secret: string | null } {
  switch (token.type) {
    case "none":
      return { has: false, secret: null };
    case "secret": {
      const key = checkKey(token.secret);
      if (!key.ok) throw new CallFailure("invalid-key", key.problem);
      return { has: true, secret: key.key };
    }
    case "keep":
      if (existing?.hasToken !== true) return { has: false, secret: null };
      // It must not follow the address elsewhere without its owner typing it again.
      if (existing.origin !== origin) throw new CallFailure("key-required", "token");
      return { has: true, secret: null };
  }
}
