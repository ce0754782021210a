import { JsonMetricsSerializer } from "@opentelemetry/otlp-transformer";
import { PeriodicExportingMetricReader, type PushMetricExporter } from "@opentelemetry/sdk-metrics";
import type { MetricPoint } from "../../../app/metrics/metric-points.ts";
import type { HttpTransport, SecretHeader } from "../../../app/ports.ts";
import { type MetricsIdentity, provideMetrics } from "./register-instruments.ts";

const TIMEOUT_MS = 10_000;
/** A collector has little to say; more is read by nobody. */
const MAX_ANSWER_BYTES = 64 * 1024;

export interface OtlpPush {
  /** Sends once more, and ends. */
  close(): Promise<void>;
}

/** What came of one push: null when it was taken, else a plain clause. */
export type OtlpOutcome = string | null;

/**
 * Pushes the figures to an OTLP/HTTP collector (JSON, POST), each time whole: one that is lost is made good by the next, so nothing
 * is tried twice. They go through the app's own transport, with its proxies, certificates, bounds, and headers that stay with their
 * origin; the variables by which the SDK's own exporter would be led elsewhere are not looked at.
 */
export function pushOtlp(options: {
  readonly endpoint: string;
  readonly headers: readonly SecretHeader[];
  readonly intervalSeconds: number;
  readonly identity: MetricsIdentity;
  readonly http: HttpTransport;
  readonly points: () => readonly MetricPoint[];
  readonly onOutcome: (outcome: OtlpOutcome) => void;
}): OtlpPush {
  const { endpoint, http, onOutcome } = options;
  const ending = new AbortController();
  const send = async (body: string): Promise<OtlpOutcome> => {
    const result = await http.send({
      method: "POST",
      url: endpoint,
      headers: { "content-type": "application/json" },
      secretHeaders: options.headers,
      body,
      timeoutMs: TIMEOUT_MS,
      maxBytes: MAX_ANSWER_BYTES,
      maxRedirects: 0,
      signal: ending.signal,
    });
    if (!result.ok) return "detail" in result.failure ? result.failure.detail : PROBLEMS[result.failure.kind];
    return result.status >= 200 && result.status < 300 ? null : `the collector answered HTTP ${result.status}`;
  };
  const exporter: PushMetricExporter = {
    export(metrics, done) {
      const bytes = JsonMetricsSerializer.serializeRequest(metrics);
      const body = bytes === undefined ? "" : new TextDecoder().decode(bytes);
      send(body).then(
        (outcome) => {
          onOutcome(outcome);
          // The SDK is told that all went well: it would print what did not, and the status says it already.
          done({ code: 0 });
        },
        () => done({ code: 0 }),
      );
    },
    forceFlush: async () => undefined,
    shutdown: async () => undefined,
  };
  const reader = new PeriodicExportingMetricReader({
    exporter,
    exportIntervalMillis: options.intervalSeconds * 1000,
    exportTimeoutMillis: TIMEOUT_MS,
  });
  const provider = provideMetrics(reader, options.identity, options.points);
  return {
    async close() {
      // A collector that hangs does not keep anybody from leaving.
      const patience = setTimeout(() => ending.abort(), 2_000);
      await provider.shutdown().catch(() => undefined);
      clearTimeout(patience);
    },
  };
}

const PROBLEMS = {
  "timed-out": "the collector did not answer in 10 s",
  "too-large": "the collector's answer was too large",
  "redirected-elsewhere": "the collector redirected elsewhere; give its final address",
  cancelled: "it was cancelled",
} as const;
