import { createHash } from "node:crypto";
import { hostname } from "node:os";
import type { AppState } from "../../../app/contract/contract.ts";
import { metricPoints } from "../../../app/metrics/metric-points.ts";
import type { Clock, HttpTransport, Logger, MetricsExporter } from "../../../app/ports.ts";
import { isLoopback, parseBaseUrl } from "../../../app/settings/base-url.ts";
import { type MetricsSettings, type MetricsStatus, NO_METRICS } from "../../../app/settings/metrics-settings.ts";
import type { Redactor } from "../redactor.ts";
import { parseOtlpHeaders } from "./otlp-headers.ts";
import type { MetricsIdentity } from "./register-instruments.ts";
import { ensureMetricsToken, metricsTokenPath } from "./token-file.ts";

interface Closable {
  close(): Promise<void>;
}

interface Running extends Closable {
  /** By what it was started. */
  readonly settings: string;
}

export interface MetricsExporterOptions {
  readonly profileDir: string;
  readonly version: string;
  readonly clock: Clock;
  readonly http: HttpTransport;
  readonly logger: Logger;
  readonly redactor: Redactor;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Runs the Prometheus endpoint and the OTLP push as the settings say. The SDK is loaded when one of them is asked for. */
export function createMetricsExporter(options: MetricsExporterOptions): MetricsExporter {
  const { profileDir, clock, http, logger, redactor, env } = options;
  const listeners = new Set<() => void>();
  let status: MetricsStatus = NO_METRICS;
  let prometheus: Running | null = null;
  let otlp: Running | null = null;
  let queue: Promise<void> = Promise.resolve();

  const tell = (change: Partial<MetricsStatus>): void => {
    status = { ...status, ...change };
    for (const listener of listeners) listener();
  };

  const identity = (): MetricsIdentity => ({
    version: options.version,
    hostName: hostname(),
    instanceId: createHash("sha256").update(`${hostname()} ${profileDir}`).digest("hex").slice(0, 32),
  });

  const pointsOf = (settings: MetricsSettings, state: () => AppState) => () =>
    metricPoints(state(), clock.now(), settings.includeLabels);

  const startPrometheus = async (settings: MetricsSettings, state: () => AppState): Promise<Closable | null> => {
    const failed = (problem: string): null => {
      tell({ prometheus: { url: null, tokenFile: null, problem } });
      logger.log("warn", "prometheus-not-served", { problem });
      return null;
    };
    const { port } = settings.prometheus;
    try {
      const token = await ensureMetricsToken(profileDir);
      redactor.learn(token);
      const { servePrometheus } = await import("./prometheus-endpoint.ts");
      const endpoint = await servePrometheus({ port, token, identity: identity(), points: pointsOf(settings, state) });
      tell({ prometheus: { url: endpoint.url, tokenFile: metricsTokenPath(profileDir), problem: null } });
      return endpoint;
    } catch (error) {
      const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
      if (code === "EADDRINUSE") return failed(`port ${port} is in use by another program`);
      return failed(code === "EACCES" ? `port ${port} is not allowed` : `it could not be started (${code})`);
    }
  };

  const startOtlp = async (settings: MetricsSettings, state: () => AppState): Promise<Closable | null> => {
    const failed = (problem: string): null => {
      tell({ otlp: { lastPushAt: null, problem } });
      logger.log("warn", "otlp-not-pushed", { problem });
      return null;
    };
    const { endpoint, headersEnv, intervalSeconds } = settings.otlp;
    // The user typed the address; what is not sent in the clear to another computer are the headers.
    const address = parseBaseUrl(endpoint, { allowPlainHttp: true });
    if (!address.ok) return failed(`the collector's address is not usable (${address.problem})`);
    const text = headersEnv === null ? "" : (env[headersEnv] ?? null);
    if (text === null) return failed(`the environment variable ${headersEnv} is not set`);
    const headers = parseOtlpHeaders(text, address.origin);
    if (!headers.ok) return failed(`the headers in ${headersEnv} cannot be used: ${headers.problem}`);
    const { protocol, hostname: host } = new URL(address.url);
    if (headers.headers.length > 0 && protocol === "http:" && !isLoopback(host)) {
      return failed("headers are not sent over plain http to another computer: use https");
    }
    for (const { value } of headers.headers) redactor.learn(value);
    tell({ otlp: { lastPushAt: null, problem: null } });
    const { pushOtlp } = await import("./otlp-push.ts");
    return pushOtlp({
      endpoint: address.url,
      headers: headers.headers,
      intervalSeconds,
      identity: identity(),
      http,
      points: pointsOf(settings, state),
      onOutcome: (problem) => {
        if (problem !== null && problem !== status.otlp.problem) logger.log("warn", "otlp-push-failed", { problem });
        const lastPushAt = problem === null ? clock.now() : status.otlp.lastPushAt;
        tell({ otlp: { lastPushAt, problem } });
      },
    });
  };

  /** Ends what runs by other settings, and starts it by these. */
  const follow = async (
    running: Running | null,
    wanted: string | null,
    start: () => Promise<Closable | null>,
  ): Promise<Running | null> => {
    if (running?.settings === wanted) return running;
    await running?.close();
    if (wanted === null) return null;
    const started = await start();
    // One that could not be started is not tried again with each other change of the settings, but with one of its own.
    return { settings: wanted, close: async () => started?.close() };
  };

  const apply = async (settings: MetricsSettings, state: () => AppState): Promise<void> => {
    const { includeLabels } = settings;
    const wanted = (part: MetricsSettings["prometheus"] | MetricsSettings["otlp"]): string | null =>
      part.enabled ? JSON.stringify([part, includeLabels]) : null;
    prometheus = await follow(prometheus, wanted(settings.prometheus), () => startPrometheus(settings, state));
    otlp = await follow(otlp, wanted(settings.otlp), () => startOtlp(settings, state));
    if (prometheus === null && status.prometheus !== NO_METRICS.prometheus) tell({ prometheus: NO_METRICS.prometheus });
    if (otlp === null && status.otlp !== NO_METRICS.otlp) tell({ otlp: NO_METRICS.otlp });
  };

  return {
    apply(settings, state) {
      queue = queue.then(() => apply(settings, state)).catch(() => logger.log("error", "metrics-not-applied"));
      return queue;
    },
    status: () => status,
    onChange(listener) {
      listeners.add(listener);
    },
    async stop() {
      await queue;
      await Promise.allSettled([prometheus?.close(), otlp?.close()]);
      prometheus = null;
      otlp = null;
    },
  };
}
