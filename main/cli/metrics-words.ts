import type { MetricsSettings, MetricsStatus } from "../../app/settings/metrics-settings.ts";
import type { Wording } from "./wording.ts";

/**
 * Where figures go out, a line for each way that is switched on. `status` is what the host says; null where none runs, since figures go
 * out from there alone.
 */
export function metricsWords(
  settings: MetricsSettings,
  status: MetricsStatus | null,
  { f }: Wording,
): readonly string[] {
  const lines: string[] = [];
  if (settings.prometheus.enabled) {
    const { url = null, tokenFile = null, problem = null } = status?.prometheus ?? {};
    const place = url === null ? null : `at ${url}${tokenFile === null ? "" : `, token in ${tokenFile}`}`;
    lines.push(`Prometheus: ${problem ?? place ?? idle(status)}`);
  }
  if (settings.otlp.enabled) {
    const { lastPushAt = null, problem = null } = status?.otlp ?? {};
    const last = lastPushAt === null ? null : `last arrived ${f.clock(lastPushAt, lastPushAt)}`;
    const told = [problem, last].filter((part) => part !== null);
    lines.push(`OpenTelemetry: ${told.length === 0 ? idle(status) : told.join("; ")}`);
  }
  return lines.length === 0 ? ["off"] : lines;
}

function idle(status: MetricsStatus | null): string {
  return status === null
    ? "on, while the tray icon, `plimsoll serve` or `plimsoll watch` runs"
    : "on; nothing went out yet";
}
