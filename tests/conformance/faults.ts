import type { ServerResponse } from "node:http";
import { gzipSync } from "node:zlib";
import type { FailureCause } from "../../app/quota/failure.ts";
import { SCENARIO_KEY } from "../scenarios/read-scenario.ts";
import type { Scenario } from "../scenarios/scenario.ts";
import { mapLeaves, rewriteAnswers, withDuplicateKeys, withHugeNumbers, withoutZones } from "./mutations.ts";

/** What may come of a fault, for any source: one of these causes, and whether figures may be read all the same. */
export interface Expectation {
  readonly causes: readonly FailureCause[];
  readonly reading: "never" | "same-or-less" | "any";
}

/** A fault of the wire or of the status: every route answers alike. */
export interface WireFault {
  readonly kind: "wire";
  readonly name: string;
  readonly expected: Expectation;
  /** What the answer's Retry-After asks for, in milliseconds from now. */
  readonly retryAfterMs?: number;
  answer(response: ServerResponse, elsewhere: string): void;
}

/** A fault of the figures: the service's own answers, spoilt. */
export interface BodyFault {
  readonly kind: "body";
  readonly name: string;
  readonly expected: Expectation;
  spoil(scenario: Scenario): Scenario;
}

export type ConformanceFault = WireFault | BodyFault;

const MEBIBYTE = 1024 * 1024;
const LOGIN = "<!doctype html><html><head><title>Sign in</title></head><body><form></form></body></html>";
const CHALLENGE = "<!doctype html><html><head><title>Just a moment...</title></head><body></body></html>";
const BOMB = gzipSync(Buffer.alloc(64 * MEBIBYTE, " "));

/** The only causes that an unusable body may have: it is either of a wrong shape or says itself what is wrong. */
const SHAPE: Expectation = { causes: ["unexpected-shape"], reading: "never" };

function only(...causes: readonly FailureCause[]): Expectation {
  return { causes, reading: "never" };
}

function wire(
  name: string,
  expected: Expectation,
  answer: WireFault["answer"],
  more: Pick<WireFault, "retryAfterMs"> = {},
): WireFault {
  return { kind: "wire", name, expected, answer, ...more };
}

function status(
  code: number,
  expected: Expectation,
  headers: Readonly<Record<string, string>> = {},
): Pick<WireFault, "expected" | "answer"> {
  return {
    expected,
    answer(response) {
      response.writeHead(code, { "content-type": "application/json", ...headers });
      response.end('{"error":{"message":"no"}}');
    },
  };
}

const REFUSED = only("key-refused");
/** Where tokens run out, a service may word an old one as forbidden: its reader knows. */
const FORBIDDEN = only("key-lacks-permission", "key-refused");
/** One kind reads what a 429 says in its headers, and says that these have none. */
const LIMITED: Expectation = { causes: ["rate-limited", "unexpected-shape"], reading: "never" };

/** The moment of every scenario, by which its server goes as well: a date to wait until is one of the server's clock. */
const SERVED = "Fri, 20 Nov 2026 12:00:00 GMT";

function limited(name: string, retryAfter: string | null, retryAfterMs?: number): WireFault {
  const headers: Readonly<Record<string, string>> =
    retryAfter === null ? {} : { "retry-after": retryAfter, date: SERVED };
  return {
    kind: "wire",
    name,
    ...status(429, LIMITED, headers),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  };
}

function text(name: string, body: string, expected: Expectation): WireFault {
  return wire(name, expected, (response) => {
    response.writeHead(200, { "content-type": "application/json" });
    response.end(body);
  });
}

function page(name: string, code: number, body: string, headers: Readonly<Record<string, string>> = {}): WireFault {
  return wire(name, only("challenge-page"), (response) => {
    response.writeHead(code, { "content-type": "text/html; charset=utf-8", ...headers });
    response.end(body);
  });
}

const wireFaults: readonly WireFault[] = [
  wire("hang before the head", only("timed-out"), () => undefined),
  wire("hang in the body", only("timed-out"), (response) => {
    response.writeHead(200, { "content-type": "application/json" });
    response.write('{"data":');
  }),
  wire("slow drip", only("timed-out"), (response) => {
    response.writeHead(200, { "content-type": "application/json" });
    const timer = setInterval(() => response.write(" "), 40);
    response.on("close", () => clearInterval(timer));
  }),
  wire("reset before the head", only("unreachable"), (response) => {
    response.destroy();
  }),
  wire("reset mid-body", only("unreachable", "unexpected-shape"), (response) => {
    response.writeHead(200, { "content-type": "application/json", "content-length": "4000" });
    response.write('{"data":{"limit":1');
    setTimeout(() => response.destroy(), 20);
  }),
  wire("10 MB", only("answer-too-large"), (response) => {
    response.writeHead(200, { "content-type": "application/json" });
    const block = " ".repeat(MEBIBYTE);
    for (let sent = 0; sent < 10; sent += 1) response.write(block);
    response.end("{}");
  }),
  wire("gzip bomb", only("answer-too-large"), (response) => {
    response.writeHead(200, { "content-type": "application/json", "content-encoding": "gzip" });
    response.end(BOMB);
  }),
  wire("redirect elsewhere", only("redirected-elsewhere"), (response, elsewhere) => {
    response.writeHead(302, { location: `${elsewhere}/taken` });
    response.end();
  }),
  page("login page", 200, LOGIN),
  page("login page, 403", 403, LOGIN),
  page("Cloudflare challenge", 403, CHALLENGE, { "cf-mitigated": "challenge", server: "cloudflare" }),
  { kind: "wire", name: "401", ...status(401, REFUSED) },
  { kind: "wire", name: "403", ...status(403, FORBIDDEN) },
  // Where a reader knows another route for an older version, that one is not there either.
  { kind: "wire", name: "404", ...status(404, only("not-found", "unexpected-shape", "key-lacks-permission")) },
  limited("429, seconds", "120", 120_000),
  limited("429, date", "Fri, 20 Nov 2026 12:05:00 GMT", 300_000),
  limited("429, zero", "0", 0),
  limited("429, none", null),
  limited("429, nonsense", "soon"),
  { kind: "wire", name: "500", ...status(500, only("server-error")) },
  { kind: "wire", name: "503", ...status(503, only("server-error")) },
  text("empty", "", SHAPE),
  text("null", "null", SHAPE),
  text("a list", "[]", SHAPE),
  // Where the answer should name the project to ask for, the user is asked to.
  text("{}", "{}", {
    causes: ["unexpected-shape", "key-lacks-permission", "not-found", "invalid-options"],
    reading: "any",
  }),
  text("cut short", '{"data":{"limit":12', SHAPE),
];

function spoilt(name: string, reading: Expectation["reading"], rewrite: (body: unknown) => string): BodyFault {
  return {
    kind: "body",
    name,
    // A body may turn into one that says that it failed (a code that is no longer the good one).
    expected: {
      causes: [
        "unexpected-shape",
        "key-refused",
        "key-lacks-permission",
        "quota-used-up",
        "server-error",
        "rate-limited",
        "not-found",
        "invalid-options",
      ],
      reading,
    },
    spoil: (scenario) => rewriteAnswers(scenario, rewrite),
  };
}

const leaves = (change: (leaf: unknown) => unknown) => (body: unknown) => JSON.stringify(mapLeaves(body, change));

const bodyFaults: readonly BodyFault[] = [
  {
    kind: "body",
    name: "wrong content type",
    expected: { causes: ["unexpected-shape"], reading: "same-or-less" },
    spoil: (scenario) => rewriteAnswers(scenario, JSON.stringify, { "content-type": "text/plain" }),
  },
  spoilt("duplicate keys", "same-or-less", withDuplicateKeys),
  spoilt(
    "numbers as strings",
    "same-or-less",
    leaves((leaf) => (typeof leaf === "number" ? String(leaf) : leaf)),
  ),
  spoilt("1e400", "any", withHugeNumbers),
  spoilt(
    "negative",
    "any",
    leaves((leaf) => (typeof leaf === "number" ? -Math.abs(leaf) - 1 : leaf)),
  ),
  spoilt("dates without zone", "same-or-less", (body) => JSON.stringify(withoutZones(body))),
  spoilt(
    "every value null",
    "any",
    leaves(() => null),
  ),
  spoilt(
    "the key in every text",
    "any",
    leaves((leaf) => (typeof leaf === "string" ? `${leaf} ${SCENARIO_KEY}` : leaf)),
  ),
  spoilt(
    "the key as every text",
    "any",
    leaves((leaf) => (typeof leaf === "string" ? SCENARIO_KEY : leaf)),
  ),
];

/** Everything that a service may do to a reader. */
export const conformanceFaults: readonly ConformanceFault[] = [...wireFaults, ...bodyFaults];
