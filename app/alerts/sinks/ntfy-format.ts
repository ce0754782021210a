import { cutToBytes } from "./cut-text.ts";
import type { Severity, SinkMessage } from "./sink-message.ts";

/** A longer message arrives as an attached file. */
const MESSAGE_BYTES = 4096;
const TITLE_BYTES = 250;

/** What ntfy's JSON publishing takes (docs.ntfy.sh/publish/#publish-as-json). */
export interface NtfyMessage {
  readonly topic: string;
  readonly title: string;
  readonly message: string;
  /** 1 (min) to 5 (max); 3 is usual. */
  readonly priority: number;
  /** Names of emoji are shown as such before the title. */
  readonly tags: readonly string[];
}

const PRIORITY: Readonly<Record<Severity, number>> = { "used-up": 4, warning: 3, failing: 3, good: 2 };
const TAG: Readonly<Record<Severity, string>> = {
  "used-up": "rotating_light",
  warning: "warning",
  failing: "electric_plug",
  good: "white_check_mark",
};

/** As JSON to the server's root and not as headers to the topic: a header carries no "é". */
export function ntfyMessage(message: SinkMessage, topic: string): NtfyMessage {
  return {
    topic,
    title: cutToBytes(message.title, TITLE_BYTES),
    // An empty message would be shown as "triggered".
    message: cutToBytes(message.body === "" ? message.title : message.body, MESSAGE_BYTES),
    priority: message.isTest ? 3 : PRIORITY[message.severity],
    tags: [message.isTest ? "test_tube" : TAG[message.severity]],
  };
}
