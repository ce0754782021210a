import type { Clock, HttpTransport, Logger, Ports } from "../../app/ports.ts";
import { createHistoryStore } from "./history/history-store.ts";
import { createMetricsExporter } from "./metrics/metrics-exporter.ts";
import type { Redactor } from "./redactor.ts";

export interface LastingParts {
  readonly profileDir: string;
  readonly version: string;
  readonly clock: Clock;
  readonly http: HttpTransport;
  readonly logger: Logger;
  readonly redactor: Redactor;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** What only hosts that go on running have: they keep figures, and give them to collectors. */
export function createLastingPorts(parts: LastingParts): Pick<Ports, "history" | "metrics"> {
  return {
    history: createHistoryStore({ directory: parts.profileDir, logger: parts.logger, now: () => parts.clock.now() }),
    metrics: createMetricsExporter(parts),
  };
}
