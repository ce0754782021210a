import type { CredentialReferences, HttpTransport, SecretLookup, SecretVault } from "../../ports.ts";
import { sinkAddressId, sinkTokenId, type Webhook } from "../../settings/sink-settings.ts";
import { type Attempt, judgeAnswer } from "./attempt.ts";
import { discordMessage } from "./discord-format.ts";
import { deliveryJson } from "./json-format.ts";
import { ntfyMessage } from "./ntfy-format.ts";
import { ntfyPlace, parseSinkAddress } from "./sink-address.ts";
import type { SinkMessage } from "./sink-message.ts";
import { slackMessage } from "./slack-format.ts";

const TIMEOUT_MS = 15_000;
/** Answers are short words, and none is read. */
const MAX_ANSWER_BYTES = 64 * 1024;

export interface WebhookPorts {
  readonly http: HttpTransport;
  readonly vault: SecretVault;
  readonly references: CredentialReferences;
  readonly clock: { now(): number };
}

/** Posts a message once. Never rejects; the attempt's detail names the origin at most, never the address, token or an answer. */
export async function postToWebhook(
  webhook: Webhook,
  message: SinkMessage,
  ports: WebhookPorts,
  signal?: AbortSignal,
): Promise<Attempt> {
  const address = await webhookAddress(webhook, ports);
  if (!address.found) return missing("address", address);
  const parsed = parseSinkAddress(address.secret, webhook.format);
  if (!parsed.ok) return { type: "failed", detail: `its address cannot be used (${parsed.problem})` };
  if (parsed.origin !== webhook.origin) {
    return { type: "failed", detail: `its address is no longer at ${webhook.origin}: save the webhook again` };
  }
  const token = webhook.hasToken ? await ports.vault.get(sinkTokenId(webhook.id), webhook.origin) : null;
  if (token !== null && !token.found) return missing("token", token);
  const request = requestFor(webhook, parsed.url, message);
  const result = await ports.http.send({
    method: "POST",
    url: request.url,
    headers: { "content-type": "application/json", accept: "*/*" },
    body: JSON.stringify(request.body),
    secretHeaders:
      token === null ? [] : [{ name: "Authorization", value: `Bearer ${token.secret}`, origin: webhook.origin }],
    timeoutMs: TIMEOUT_MS,
    maxBytes: MAX_ANSWER_BYTES,
    ...(signal !== undefined && { signal }),
  });
  // One's own endpoint may answer as it likes.
  return judgeAnswer(result, webhook.origin, ports.clock.now(), webhook.format === "json");
}

/** The address that a webhook has, wherever it lies. */
export function webhookAddress(
  webhook: Webhook,
  { vault, references }: Pick<WebhookPorts, "vault" | "references">,
): Promise<SecretLookup> {
  return webhook.address.type === "env"
    ? Promise.resolve(references.env(webhook.address))
    : vault.get(sinkAddressId(webhook.id), webhook.origin);
}

function missing(what: "address" | "token", lookup: Extract<SecretLookup, { found: false }>): Attempt {
  switch (lookup.reason) {
    case "keyring-unavailable":
      // It may be unlocked in a moment.
      return {
        type: "try-again",
        detail: `its ${what} could not be read: the keyring does not answer`,
        askedFor: null,
      };
    case "env-not-set":
      return { type: "failed", detail: `the variable ${lookup.detail ?? ""} with its ${what} is not set` };
    case "other-origin":
      return { type: "failed", detail: `its ${what} was saved for another address: save the webhook again` };
    default:
      return { type: "failed", detail: `its ${what} is not saved: enter it again` };
  }
}

/** What is posted where. */
export function requestFor(
  webhook: Pick<Webhook, "format">,
  address: string,
  message: SinkMessage,
): { readonly url: string; readonly body: object } {
  switch (webhook.format) {
    case "json":
      return { url: address, body: deliveryJson(message) };
    case "ntfy": {
      const place = ntfyPlace(address);
      return { url: place?.url ?? address, body: ntfyMessage(message, place?.topic ?? "") };
    }
    case "slack":
      return { url: address, body: slackMessage(message) };
    case "discord":
      return { url: address, body: discordMessage(message) };
  }
}
