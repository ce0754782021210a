import type { Clock, HttpRequest, HttpResult, HttpTransport, TransportFailure } from "../../ports.ts";
import type { FailureCause } from "../../quota/failure.ts";
import type { TraceStep } from "../../quota/reading.ts";
import { answerFailure } from "../answer-cause.ts";
import { secretEraser } from "../key-forms.ts";
import { shownUrl } from "../shown-url.ts";

export interface Bounds {
  readonly requests: number;
  readonly atOnce: number;
  /** Epoch milliseconds. */
  readonly endsAt: number;
  readonly requestMs: number;
}

/** Enough for a slash that is missing at the end, or the way to a sign-in page. */
const MAX_REDIRECTS = 1;

/** A transport for one probe. */
export interface BoundedTransport extends HttpTransport {
  /** One step for each request that was really sent. */
  readonly trace: readonly TraceStep[];
  /** How many requests may still be sent, redirects included; 0 once the time is over. */
  left(): number;
  /** A request was not sent because the bounds forbid it: what its caller makes of that is no fault of the service. */
  readonly heldBack: boolean;
  /** The time was over before all was asked. */
  readonly ranOut: boolean;
  /** The first failure that was no answer; null when there was none. */
  readonly failed: TransportFailure | null;
}

/**
 * Lets so many requests through, so many at once, until a time; nothing but GETs; and answers an identical GET from memory, so
 * that reading what was just recognised costs little. Never rejects.
 */
export function boundedTransport(http: HttpTransport, clock: Pick<Clock, "now">, bounds: Bounds): BoundedTransport {
  const trace: TraceStep[] = [];
  const answers = new Map<string, Promise<HttpResult>>();
  const waiting: (() => void)[] = [];
  let sent = 0;
  /** Redirects that requests under way may still follow; each is a request, too. */
  let reserved = 0;
  let flying = 0;
  let heldBack = false;
  let ranOut = false;
  let failed: TransportFailure | null = null;

  const left = (): number => {
    if (clock.now() < bounds.endsAt) return bounds.requests - sent;
    ranOut = true;
    return 0;
  };
  const mustWait = (): boolean => flying >= bounds.atOnce || (left() > 0 && left() <= reserved);

  async function inTurn(request: HttpRequest): Promise<HttpResult> {
    while (mustWait()) await new Promise<void>((resolve) => waiting.push(resolve));
    if (request.signal?.aborted === true) return cancelled();
    if (left() <= 0) {
      heldBack = true;
      return cancelled();
    }
    sent += 1;
    flying += 1;
    const maxRedirects = Math.max(0, Math.min(MAX_REDIRECTS, left() - reserved));
    reserved += maxRedirects;
    const timeoutMs = Math.min(request.timeoutMs, bounds.requestMs, bounds.endsAt - clock.now());
    let redirects = 0;
    try {
      const result = await http.send({ ...request, timeoutMs, maxRedirects });
      redirects = result.redirects ?? 0;
      trace.push(stepOf(request, result, clock.now()));
      if (!result.ok && result.failure.kind !== "cancelled") failed ??= result.failure;
      return result;
    } finally {
      sent += redirects;
      reserved -= maxRedirects;
      flying -= 1;
      for (const wake of waiting.splice(0)) wake();
    }
  }

  return {
    trace,
    left,
    get heldBack() {
      return heldBack;
    },
    get ranOut() {
      return ranOut;
    },
    get failed() {
      return failed;
    },
    async send(request) {
      if (request.method !== "GET") {
        heldBack = true;
        return cancelled();
      }
      const asked = JSON.stringify([request.url, request.headers, request.secretHeaders]);
      const known = answers.get(asked);
      if (known !== undefined) return known;
      const answer = inTurn(request);
      answers.set(asked, answer);
      const result = await answer;
      // What was called off may be needed later after all.
      if (!result.ok && result.failure.kind === "cancelled") answers.delete(asked);
      return result;
    },
  };
}

function cancelled(): HttpResult {
  return { ok: false, failure: { kind: "cancelled" }, ms: 0, bytes: 0 };
}

function stepOf({ method, url, secretHeaders }: HttpRequest, result: HttpResult, now: number): TraceStep {
  // The header's value is the secret behind a prefix such as "Bearer ".
  const secrets = secretHeaders.flatMap(({ value }) => [value, value.slice(value.indexOf(" ") + 1)]);
  const problem = result.ok ? (answerFailure(result, now)?.failure.cause ?? null) : CAUSES[result.failure.kind];
  return {
    method,
    url: shownUrl(new URL(url), secretEraser(secrets)),
    status: statusOf(result),
    ms: result.ms,
    bytes: result.bytes,
    problem,
  };
}

/** What a failure of the transport is called where causes are worded. Null: we called it off ourselves. */
const CAUSES: Readonly<Record<TransportFailure["kind"], FailureCause | null>> = {
  unreachable: "unreachable",
  "timed-out": "timed-out",
  "tls-untrusted": "tls-untrusted",
  "too-large": "answer-too-large",
  "redirected-elsewhere": "redirected-elsewhere",
  malformed: "unexpected-shape",
  cancelled: null,
};

function statusOf(result: HttpResult): number | null {
  if (result.ok) return result.status;
  return "status" in result.failure ? result.failure.status : null;
}
