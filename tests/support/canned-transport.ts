import type { HttpRequest, HttpResult, HttpTransport, TransportFailure } from "../../app/ports.ts";

/** An answer as a test writes it down; status 200 and JSON unless it says otherwise. */
export interface CannedAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly ms?: number;
}

/** A transport that answers each path with what the test wrote down, and keeps what it was asked. */
export interface CannedTransport extends HttpTransport {
  readonly requests: readonly HttpRequest[];
}

/** Paths are those of the whole address, with query. A path that was not written down is unreachable. */
export function cannedTransport(
  answers: Readonly<Record<string, CannedAnswer | { readonly failure: TransportFailure }>>,
): CannedTransport {
  const requests: HttpRequest[] = [];
  return {
    requests,
    async send(request): Promise<HttpResult> {
      requests.push(request);
      const url = new URL(request.url);
      const answer = answers[url.pathname + url.search] ?? {
        failure: { kind: "unreachable", detail: "no such canned answer" },
      };
      if ("failure" in answer) return { ok: false, failure: answer.failure, ms: 3, bytes: 0 };
      const { status = 200, headers = { "content-type": "application/json" }, body = "", ms = 12 } = answer;
      return { ok: true, status, headers, body, ms, bytes: Buffer.byteLength(body) };
    },
  };
}
