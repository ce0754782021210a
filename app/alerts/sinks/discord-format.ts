import { cutToLength } from "./cut-text.ts";
import type { Severity, SinkMessage } from "./sink-message.ts";

const CONTENT_LENGTH = 2000;
const TITLE_LENGTH = 256;
const DESCRIPTION_LENGTH = 4096;
const ROOM_FOR_COUNT = 12;

/** What a webhook of Discord takes. */
export interface DiscordMessage {
  readonly content: string;
  readonly embeds: readonly {
    readonly title: string;
    readonly description?: string;
    readonly color: number;
    /** ISO 8601. */
    readonly timestamp: string;
  }[];
  /** Nobody is pinged, whatever a name looks like. */
  readonly allowed_mentions: { readonly parse: readonly never[] };
}

const COLOR: Readonly<Record<Severity, number>> = {
  "used-up": 0xd1242f,
  warning: 0xbf8700,
  failing: 0x6e7781,
  good: 0x1a7f37,
};

/** The title stands in the content, too: it is what a phone shows of a message. */
export function discordMessage(message: SinkMessage): DiscordMessage {
  const description = message.items.length === 1 ? discordEscaped(message.body) : itemList(message);
  return {
    content: cutToLength(discordEscaped(message.title), CONTENT_LENGTH),
    embeds: [
      {
        title: cutToLength(discordEscaped(message.title), TITLE_LENGTH),
        ...(description !== "" && { description: cutToLength(description, DESCRIPTION_LENGTH) }),
        color: COLOR[message.severity],
        timestamp: new Date(message.at).toISOString(),
      },
    ],
    allowed_mentions: { parse: [] },
  };
}

/** As many whole entries as there is room for, and how many more there are. */
function itemList({ items }: SinkMessage): string {
  let list = "";
  for (const [index, { title, body }] of items.entries()) {
    const entry = [`**${discordEscaped(title)}**`, ...(body === "" ? [] : [discordEscaped(body)])].join("\n");
    if (list.length + entry.length > DESCRIPTION_LENGTH - ROOM_FOR_COUNT) return `${list}… +${items.length - index}`;
    list += `${entry}\n`;
  }
  return list.trimEnd();
}

/**
 * Without the meaning that Discord gives to characters: emphasis, code, links, mentions, time stamps and emoji anywhere, headings, quotes
 * and lists at the beginning of a line. No more than that is escaped, because a phone's notification shows the backslashes.
 */
export function discordEscaped(text: string): string {
  return text
    .replace(/[\\*_~`|[\]<]|:(?=[\w~-]+:|\/\/)/g, "\\$&")
    .replace(/^(\s*)([#>-])/gm, "$1\\$2")
    .replace(/^(\s*\d+)\./gm, "$1\\.");
}
