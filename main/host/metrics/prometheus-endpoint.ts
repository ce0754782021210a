import { timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { PrometheusSerializer } from "@opentelemetry/exporter-prometheus";
import { MetricReader } from "@opentelemetry/sdk-metrics";
import type { MetricPoint } from "../../../app/metrics/metric-points.ts";
import { type MetricsIdentity, provideMetrics } from "./register-instruments.ts";

const ADDRESS = "127.0.0.1";

/** Collects when it is asked to, and never by itself. */
class OnDemandReader extends MetricReader {
  protected override async onForceFlush(): Promise<void> {}
  protected override async onShutdown(): Promise<void> {}
}

export interface PrometheusEndpoint {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Serves the figures as Prometheus text at /metrics of this computer, to whoever brings the token ("Authorization: Bearer …").
 * A web page cannot: it is refused by its Origin, by a foreign Host, and for want of the token. Throws the error of the port
 * ("EADDRINUSE", "EACCES").
 */
export async function servePrometheus(options: {
  readonly port: number | null;
  readonly token: string;
  readonly identity: MetricsIdentity;
  readonly points: () => readonly MetricPoint[];
}): Promise<PrometheusEndpoint> {
  const reader = new OnDemandReader();
  const provider = provideMetrics(reader, options.identity, options.points);
  const serializer = new PrometheusSerializer();
  const server = createServer({ headersTimeout: 10_000, requestTimeout: 10_000, keepAliveTimeout: 5_000 });
  server.maxConnections = 32;
  server.on("request", (request, response) => {
    const send = (status: number, text: string, headers: Readonly<Record<string, string>> = {}): void => {
      response.writeHead(status, {
        "Content-Type": "text/plain; charset=utf-8",
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
        // The body of a request, if there is one, is not read.
        Connection: "close",
        ...headers,
      });
      response.end(request.method === "HEAD" ? undefined : text);
    };
    const refusal = judge(request, portOf(server), options.token);
    if (refusal !== null) return send(refusal.status, `${refusal.text}\n`, refusal.headers);
    reader.collect().then(
      ({ resourceMetrics }) =>
        send(200, serializer.serialize(resourceMetrics), {
          "Content-Type": "text/plain; version=0.0.4; charset=utf-8",
        }),
      () => send(500, "The figures could not be collected.\n"),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen({ host: ADDRESS, port: options.port ?? 0, exclusive: true }, resolve);
  });
  server.unref();
  return {
    url: `http://${ADDRESS}:${portOf(server)}/metrics`,
    async close() {
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
      await provider.shutdown();
    },
  };
}

interface Refused {
  readonly status: number;
  readonly text: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Why a request is not answered; null when it is. */
function judge(request: IncomingMessage, port: number, token: string): Refused | null {
  const hosts = request.headersDistinct["host"] ?? [];
  const [host] = hosts;
  // A name that merely resolves to this computer is how a web page would come here (DNS rebinding).
  if (hosts.length !== 1 || (host !== `${ADDRESS}:${port}` && host !== `localhost:${port}`)) {
    return { status: 421, text: `Ask for http://${ADDRESS}:${port}/metrics.` };
  }
  if (request.headers.origin !== undefined) return { status: 403, text: "Not for web pages." };
  if (request.method !== "GET" && request.method !== "HEAD") {
    return { status: 405, text: "Only GET.", headers: { Allow: "GET, HEAD" } };
  }
  if (request.url?.split("?")[0] !== "/metrics") return { status: 404, text: "The figures are at /metrics." };
  if (!hasToken(request.headers.authorization, token)) {
    return { status: 401, text: "Bring the token: Authorization: Bearer …", headers: { "WWW-Authenticate": "Bearer" } };
  }
  return null;
}

function hasToken(header: string | undefined, token: string): boolean {
  const given = Buffer.from(/^Bearer +(\S+)$/i.exec(header ?? "")?.[1] ?? "");
  const expected = Buffer.from(token);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return address.port;
}
