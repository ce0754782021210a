import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { serveLoopback } from "../fault-gateway/loopback.ts";

/** How a gateway behaves beside telling its quota. Named for the table. */
export const behaviours = [
  "well-behaved",
  "short windows",
  "reset jitter",
  "429, seconds",
  "429, date",
  "503 with a wish",
  "outage",
  "slow",
  "hangs at times",
  "malformed at times",
  "login page at times",
  "key revoked",
] as const;
export type Behaviour = (typeof behaviours)[number];

/** Percent left at which the product warns, as its settings say. */
export const LINES = [20, 10, 5, 0] as const;

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const LIMIT = 1_000;
/** The least time between two requests of one source. */
export const FLOOR_MS = MINUTE;
/** A refused key is tried again after an hour, less the jitter. */
const REFUSED_MS = 54 * MINUTE;

/** What was seen at a gateway. */
export interface Tally {
  requests: number;
  /** Came before the floor, or before the moment that the gateway had asked to wait for. */
  tooEarly: number;
  /** Falls to a line that an answer showed, each once for each window. */
  crossings: number;
}

export interface ModelGateway {
  readonly behaviour: Behaviour;
  readonly origin: string;
  readonly tally: Tally;
  close(): Promise<void>;
}

/** A gateway in the neutral shape whose quota is used up over the run, and that behaves as its name says. */
export async function startModelGateway(behaviour: Behaviour, key: string, startedAt: number): Promise<ModelGateway> {
  const tally: Tally = { requests: 0, tooEarly: 0, crossings: 0 };
  const windowMs = behaviour === "short windows" ? 4 * MINUTE : 24 * 3600 * SECOND;
  let allowedAt = 0;
  let told = { window: -1, line: Number.POSITIVE_INFINITY };

  const quotaAt = (now: number) => {
    const elapsed = now - startedAt;
    const window = Math.floor(elapsed / windowMs);
    const within = elapsed - window * windowMs;
    // Used up after 80 % of a short window, or after some eight minutes of a long one.
    const used = Math.min(LIMIT, Math.round((within / Math.min(windowMs * 0.8, 8 * MINUTE)) * LIMIT));
    const jitter = behaviour === "reset jitter" ? (tally.requests % 2 === 0 ? 40 : -40) * SECOND : 0;
    return { window, used, resetsAt: startedAt + (window + 1) * windowMs + jitter };
  };

  /** Counts what an answer shows for the first time in its window. */
  const show = (now: number): string => {
    const { window, used, resetsAt } = quotaAt(now);
    const left = ((LIMIT - used) / LIMIT) * 100;
    const crossed = LINES.filter((line) => left <= line);
    const lowest = crossed.length === 0 ? Number.POSITIVE_INFINITY : Math.min(...crossed);
    if (window !== told.window) told = { window, line: Number.POSITIVE_INFINITY };
    if (lowest < told.line) {
      told = { window, line: lowest };
      tally.crossings += 1;
    }
    const resets_at = new Date(resetsAt).toISOString();
    return JSON.stringify({ key: "soak", tokens: { limit: LIMIT, used, remaining: LIMIT - used, resets_at } });
  };

  const server = await serveLoopback((request, response) => void answer(request, response));

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const now = Date.now();
    const turn = tally.requests;
    tally.requests += 1;
    if (now < allowedAt) tally.tooEarly += 1;
    allowedAt = now + FLOOR_MS;
    const elapsed = now - startedAt;
    const send = (status: number, body: string, headers: Readonly<Record<string, string>> = {}): void => {
      response.writeHead(status, { "content-type": "application/json", ...headers });
      response.end(body);
    };
    const wish = (status: number, ms: number, value: string): void => {
      allowedAt = now + ms;
      send(status, '{"error":"wait"}', { "retry-after": value });
    };
    if (request.headers.authorization !== `Bearer ${key}`) return send(401, '{"error":"no"}');
    switch (behaviour) {
      case "well-behaved":
      case "short windows":
      case "reset jitter":
        return send(200, show(now));
      case "429, seconds":
        return turn % 3 === 1 ? wish(429, 100 * SECOND, "100") : send(200, show(now));
      case "429, date": {
        if (turn % 3 !== 1) return send(200, show(now));
        // A date has whole seconds.
        const until = Math.ceil(now / SECOND) * SECOND + 90 * SECOND;
        return wish(429, until - now, new Date(until).toUTCString());
      }
      case "503 with a wish":
        return turn % 3 === 1 ? wish(503, 120 * SECOND, "120") : send(200, show(now));
      case "outage":
        if (elapsed > 2 * MINUTE && elapsed < 4 * MINUTE) return void request.socket.destroy();
        return send(200, show(now));
      case "slow":
        await wait(8 * SECOND);
        return send(200, show(Date.now()));
      case "hangs at times":
        return turn % 3 === 1 ? undefined : send(200, show(now));
      case "malformed at times":
        return send(200, turn % 2 === 1 ? '{"tokens":{"limit":"a lot"' : show(now));
      case "login page at times":
        return turn % 2 === 1
          ? send(200, "<!doctype html><title>Sign in</title>", { "content-type": "text/html" })
          : send(200, show(now));
      case "key revoked":
        if (elapsed < 3 * MINUTE) return send(200, show(now));
        allowedAt = now + REFUSED_MS;
        return send(401, '{"error":"revoked"}');
    }
  }

  return { behaviour, origin: server.origin, tally, close: () => server.close() };
}
