import { serveLoopback } from "./loopback.ts";

export interface NeutralGateway {
  readonly origin: string;
  /** What the key has used of its 1000 tokens from now on. */
  use(tokens: number): void;
  /** Answered requests with the right key. */
  readonly polls: number;
  close(): Promise<void>;
}

export const NEUTRAL_LIMIT = 1000;

/** A well-behaved gateway in the neutral shape (route /quota) that knows one key. */
export async function startNeutralGateway(key: string): Promise<NeutralGateway> {
  let used = 100;
  let polls = 0;
  const resetsAt = new Date(Date.now() + 7 * 24 * 3600_000).toISOString();
  const server = await serveLoopback((request, response) => {
    const known = request.headers.authorization === `Bearer ${key}`;
    if (request.url !== "/quota" || !known) {
      response.writeHead(known ? 404 : 401, { "content-type": "application/json" });
      response.end('{"error":"no"}');
      return;
    }
    polls += 1;
    response.writeHead(200, { "content-type": "application/json" });
    response.end(
      JSON.stringify({
        key: "team key",
        tokens: { limit: NEUTRAL_LIMIT, used, remaining: NEUTRAL_LIMIT - used, resets_at: resetsAt },
      }),
    );
  });
  return {
    origin: server.origin,
    use(tokens) {
      used = tokens;
    },
    get polls() {
      return polls;
    },
    close: () => server.close(),
  };
}
