import { type BaseUrlProblem, parseBaseUrl } from "../../settings/base-url.ts";
import type { WebhookFormat } from "../../settings/sink-settings.ts";

/** Why an address cannot be a webhook's; worded in `addressProblem.<problem>` and `sinkAddressProblem.<problem>`. */
export type SinkAddressProblem = BaseUrlProblem | "has-fragment" | "no-topic";

export type SinkAddress =
  | { readonly ok: true; readonly url: string; readonly origin: string }
  | { readonly ok: false; readonly problem: SinkAddressProblem };

/** What ntfy calls a topic. */
const TOPIC = /^[-_A-Za-z0-9]{1,64}$/;

/**
 * Judges the address of a webhook by the rules of a gateway's, except that path and query belong to it: https (plain http to this
 * computer only), no user part, no fragment. One of ntfy ends in its topic.
 */
export function parseSinkAddress(input: string, format: WebhookFormat): SinkAddress {
  const text = input.trim();
  const cut = text.search(/[?#]/);
  const base = parseBaseUrl(cut === -1 ? text : text.slice(0, cut), { allowPlainHttp: false });
  if (!base.ok) return base;
  if (!URL.canParse(text)) return { ok: false, problem: "not-a-url" };
  const url = new URL(text);
  if (url.hash !== "" || text.includes("#")) return { ok: false, problem: "has-fragment" };
  if (format === "ntfy" && ntfyPlace(url.href) === null) return { ok: false, problem: "no-topic" };
  return { ok: true, url: url.href, origin: url.origin };
}

/** An ntfy address taken apart: where its JSON is posted, and the topic. Null where it ends in none. */
export function ntfyPlace(address: string): { readonly url: string; readonly topic: string } | null {
  const url = new URL(address);
  const path = url.pathname.replace(/\/+$/, "");
  const slash = path.lastIndexOf("/");
  const topic = path.slice(slash + 1);
  if (!TOPIC.test(topic)) return null;
  return { url: `${url.origin}${path.slice(0, slash + 1)}${url.search}`, topic };
}
