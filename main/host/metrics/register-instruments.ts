import { resourceFromAttributes } from "@opentelemetry/resources";
import { MeterProvider, type MetricReader } from "@opentelemetry/sdk-metrics";
import { INSTRUMENTS } from "../../../app/metrics/instruments.ts";
import type { MetricPoint } from "../../../app/metrics/metric-points.ts";

/** Who these figures come from, by OpenTelemetry's conventions for services. */
export interface MetricsIdentity {
  readonly version: string;
  readonly hostName: string;
  /** The same for one profile on one computer at every start. */
  readonly instanceId: string;
}

/** A provider whose gauges show, at each collection of `reader`, the points as they are then. */
export function provideMetrics(
  reader: MetricReader,
  identity: MetricsIdentity,
  points: () => readonly MetricPoint[],
): MeterProvider {
  const provider = new MeterProvider({
    resource: resourceFromAttributes({
      "service.name": "plimsoll",
      "service.version": identity.version,
      "service.instance.id": identity.instanceId,
      "host.name": identity.hostName,
    }),
    readers: [reader],
  });
  const meter = provider.getMeter("plimsoll", identity.version);
  const gauges = new Map(
    INSTRUMENTS.map(({ name, unit, description }) => [name, meter.createObservableGauge(name, { unit, description })]),
  );
  meter.addBatchObservableCallback(
    (result) => {
      for (const { name, value, attributes } of points()) {
        const gauge = gauges.get(name);
        if (gauge !== undefined) result.observe(gauge, value, attributes);
      }
    },
    [...gauges.values()],
  );
  return provider;
}
