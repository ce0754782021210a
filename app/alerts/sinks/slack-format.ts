import { cutToLength } from "./cut-text.ts";
import type { SinkMessage } from "./sink-message.ts";

const HEADER_LENGTH = 150;
const SECTION_LENGTH = 3000;
/** Slack takes 50 blocks; more than this is not read. */
const MOST_ITEMS = 20;

interface PlainText {
  readonly type: "plain_text";
  readonly text: string;
  readonly emoji: false;
}

export type SlackBlock =
  | { readonly type: "header"; readonly text: PlainText }
  | { readonly type: "section"; readonly text: PlainText };

/** What an incoming webhook of Slack takes. */
export interface SlackMessage {
  /** For notifications and for clients that show no blocks. */
  readonly text: string;
  readonly blocks: readonly SlackBlock[];
}

/**
 * Blocks of plain text: names come from gateways and users, and nothing in them may become a link, a mention or bold. The fallback
 * text is always read as mrkdwn; there the three characters of its control sequences are escaped.
 */
export function slackMessage(message: SinkMessage): SlackMessage {
  const more = message.items.length - MOST_ITEMS;
  return {
    text: cutEscaped(message.body === "" ? message.title : `${message.title}\n${message.body}`, SECTION_LENGTH),
    blocks: [
      { type: "header", text: plain(message.title, HEADER_LENGTH) },
      ...(message.items.length === 1 ? [message.body] : message.items.slice(0, MOST_ITEMS).map(itemText))
        .filter((text) => text !== "")
        .map((text): SlackBlock => ({ type: "section", text: plain(text, SECTION_LENGTH) })),
      ...(more > 0 ? [{ type: "section", text: plain(`… +${more}`, SECTION_LENGTH) } as const] : []),
    ],
  };
}

function itemText({ title, body }: { readonly title: string; readonly body: string }): string {
  return body === "" ? title : `${title}\n${body}`;
}

function plain(text: string, max: number): PlainText {
  return { type: "plain_text", text: cutEscaped(text, max), emoji: false };
}

/** Cuts before it escapes, as often as it takes: half an escape would be shown as it is. */
function cutEscaped(text: string, max: number): string {
  for (let room = max; ; room -= 1 + Math.floor(room / 10)) {
    const escaped = slackEscaped(cutToLength(text, Math.max(1, room)));
    if (escaped.length <= max || room <= 1) return escaped;
  }
}

/** The characters that begin and end Slack's control sequences (links, mentions). */
export function slackEscaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
