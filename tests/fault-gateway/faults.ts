import type { ServerResponse } from "node:http";
import type { FailureCause } from "../../app/quota/failure.ts";

/** One way in which a gateway may answer, and the cause that Plimsoll has to name for it. */
export interface Fault {
  /** Also the path below which the fault gateway shows it. */
  readonly name: string;
  /** Null: odd, but a reading all the same. */
  readonly cause: FailureCause | null;
  /** Answers in the neutral shape, or rather does not. `elsewhere` is the origin of another host. */
  answer(response: ServerResponse, elsewhere: string): void;
}

const HTML = "<!doctype html><html><head><title>Sign in</title></head><body><form></form></body></html>";
const MEGABYTE = 1024 * 1024;

function json(body: string, status = 200, headers: Readonly<Record<string, string>> = {}): Fault["answer"] {
  return (response) => {
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(body);
  };
}

function tokens(used: string): Fault["answer"] {
  return json(`{"tokens":{"limit":1000,"used":${used},"resets_at":"2099-01-01T00:00:00Z"}}`);
}

/** Every answer that a gateway must not be able to harm us with. */
export const faults: readonly Fault[] = [
  {
    name: "html",
    cause: "challenge-page",
    answer(response) {
      response.writeHead(200, { "content-type": "text/html" });
      response.end(HTML);
    },
  },
  { name: "empty", cause: "unexpected-shape", answer: json("") },
  { name: "data-null", cause: "unexpected-shape", answer: json('{"data":null}') },
  { name: "null", cause: "unexpected-shape", answer: json("null") },
  { name: "list", cause: "unexpected-shape", answer: json("[]") },
  { name: "number-as-string", cause: null, answer: tokens('"250"') },
  { name: "word-as-number", cause: "unexpected-shape", answer: tokens('"plenty"') },
  { name: "nan-as-string", cause: "unexpected-shape", answer: tokens('"NaN"') },
  { name: "nan", cause: "unexpected-shape", answer: tokens("NaN") },
  { name: "infinity", cause: "unexpected-shape", answer: tokens("1e999") },
  { name: "negative", cause: "unexpected-shape", answer: tokens("-5") },
  { name: "enormous", cause: "unexpected-shape", answer: tokens("1e308") },
  { name: "cut-short", cause: "unexpected-shape", answer: json('{"tokens":{"limit":10') },
  {
    name: "ten-megabytes",
    cause: "answer-too-large",
    answer(response) {
      response.writeHead(200, { "content-type": "application/json" });
      const block = " ".repeat(MEGABYTE);
      for (let sent = 0; sent < 10; sent += 1) response.write(block);
      response.end("{}");
    },
  },
  // Left hanging: only a deadline ends it.
  { name: "silence", cause: "timed-out", answer() {} },
  {
    name: "hang-up",
    cause: "unreachable",
    answer(response) {
      response.destroy();
    },
  },
  {
    name: "redirect",
    cause: "redirected-elsewhere",
    answer(response, elsewhere) {
      response.writeHead(302, { location: `${elsewhere}/quota?from=here` });
      response.end();
    },
  },
  { name: "401", cause: "key-refused", answer: json('{"error":"unknown key"}', 401) },
  { name: "403", cause: "key-lacks-permission", answer: json('{"error":"not allowed"}', 403) },
  { name: "404", cause: "not-found", answer: json('{"error":"no such route"}', 404) },
  { name: "429", cause: "rate-limited", answer: json('{"error":"slow down"}', 429, { "retry-after": "120" }) },
  { name: "500", cause: "server-error", answer: json('{"error":"oops"}', 500) },
];
