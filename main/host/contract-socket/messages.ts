import type { RawData } from "ws";
import * as z from "zod";

/** Larger than any call; a message beyond it closes the socket. */
export const MAX_MESSAGE_BYTES = 256 * 1024;

/** Close codes of RFC 6455, section 7.4.1. */
export const closeCodes = { goingAway: 1001, notText: 1003, malformed: 1007, tooMuch: 1008 } as const;

/** A call, as a page or an attached face sends it. It is answered by `{ id, result }`. */
export const callMessageSchema = z.strictObject({
  id: z.number().int().nonnegative(),
  call: z.string().max(100),
  input: z.unknown().optional(),
});

/** The content of a text frame; undefined where it is no JSON. */
export function parseFrame(data: RawData): unknown {
  try {
    return JSON.parse(data.toString());
  } catch {
    return undefined;
  }
}
