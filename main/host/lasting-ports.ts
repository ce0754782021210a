import type { Clock, HttpTransport, Logger, Ports } from "../../app/ports.ts";
import { createConditions } from "./conditions.ts";
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

/** What only hosts that go on running have: they keep figures, give them to collectors, and mind how the computer is. */
export function createLastingPorts(parts: LastingParts): Pick<Ports, "history" | "metrics" | "conditions"> {
  return {
    history: createHistoryStore({ directory: parts.profileDir, logger: parts.logger, now: () => parts.clock.now() }),
    metrics: createMetricsExporter(parts),
    conditions: createConditions(parts.env),
  };
}
