import type { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Dispatcher } from "undici";

/** The body of an answer is larger than was allowed; the rest was not read. */
export class AnswerTooLarge extends Error {
  override readonly name = "AnswerTooLarge";
}

/** The body cannot be decoded. The message is a plain clause without any part of it. */
export class UndecodableAnswer extends Error {
  override readonly name = "UndecodableAnswer";
}

/**
 * Reads a body as UTF-8 text. Bytes are counted after decompression, while they stream, so that a small answer that unpacks to a
 * huge one stops at `maxBytes`, too. We ask for no compression; a server that compresses all the same is understood.
 */
export async function readAnswerBody(
  body: Dispatcher.ResponseData["body"],
  options: {
    readonly encoding: string;
    readonly maxBytes: number;
    readonly signal: AbortSignal;
    readonly onBytes: (count: number) => void;
  },
): Promise<string> {
  const chunks: Buffer[] = [];
  let total = 0;
  const collect = async (source: AsyncIterable<Buffer>): Promise<void> => {
    for await (const chunk of source) {
      total += chunk.length;
      options.onBytes(chunk.length);
      if (total > options.maxBytes) throw new AnswerTooLarge();
      chunks.push(chunk);
    }
  };
  const decoder = await decoderFor(options.encoding);
  if (decoder === null) {
    await collect(body);
  } else {
    let received = 0;
    const count = async function* (source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
      for await (const chunk of source) {
        received += chunk.length;
        yield chunk;
      }
    };
    try {
      await pipeline(body, count, decoder, collect, { signal: options.signal });
    } catch (error) {
      // An empty body is no compressed stream, and needs none.
      if (received > 0 || !isDecodingError(error)) {
        throw isDecodingError(error) ? new UndecodableAnswer("the answer cannot be decompressed") : error;
      }
    }
  }
  return new TextDecoder().decode(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks));
}

async function decoderFor(encoding: string): Promise<Transform | null> {
  switch (encoding.trim().toLowerCase()) {
    case "":
    case "identity":
      return null;
    case "gzip":
    case "x-gzip":
      return (await import("node:zlib")).createGunzip();
    case "deflate":
      return (await import("node:zlib")).createInflate();
    case "br":
      return (await import("node:zlib")).createBrotliDecompress();
    default:
      throw new UndecodableAnswer("the answer is encoded in a way that was not asked for");
  }
}

/** zlib's own errors: Z_… for gzip and deflate, ERR__ERROR_… for Brotli. */
function isDecodingError(error: unknown): boolean {
  return (
    error instanceof Error && "code" in error && typeof error.code === "string" && /^(Z_|ERR__ERROR_)/.test(error.code)
  );
}
