import type { MetricsExporter } from "./ports.ts";
import { NO_METRICS } from "./settings/metrics-settings.ts";

/** Gives figures to nobody: for commands that poll once and end. */
export const noMetrics: MetricsExporter = {
  apply: async () => undefined,
  status: () => NO_METRICS,
  onChange: () => undefined,
  stop: async () => undefined,
};
