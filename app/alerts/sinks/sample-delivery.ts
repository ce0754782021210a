import type { AlertDelivery } from "../alert.ts";

/** An alert that nothing has set off, to see what one looks like. */
export function sampleDelivery(now: number): AlertDelivery {
  return {
    id: "sample",
    alerts: [
      {
        id: "sample",
        sourceId: "sample",
        sourceLabel: "Plimsoll",
        meterId: "sample",
        meterLabel: { key: "meter.sample" },
        resetsAt: now + 2 * 3_600_000,
        firedAt: now,
        demo: true,
        what: { type: "percent-left", threshold: 10, percentRemaining: 9, remaining: null, unit: { kind: "percent" } },
      },
    ],
  };
}
