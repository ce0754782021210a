import type { Meter } from "../../quota/meter.ts";
import { count } from "../numbers.ts";
import { figure, type LimitHeaders } from "./header-values.ts";
import { limitMeter } from "./limit-meter.ts";

/**
 * `x-endpoint-monthly-call-limit` and `x-trial-endpoint-call-{limit,remaining}` of Cohere's trial keys: calls of one endpoint, in a
 * month, and in a window that no header names. Known from clients only.
 */
export function cohereTrial(headers: LimitHeaders): readonly Meter[] {
  const shared = { unit: { kind: "requests" }, lengthMs: null, resetsAt: null, scope: "key" } as const;
  return [
    ...limitMeter({
      ...shared,
      id: "monthly-calls",
      label: { key: "meter.requests-per", params: { window: "month" } },
      limit: figure(headers.get("x-endpoint-monthly-call-limit"), count),
      remaining: null,
    }),
    ...limitMeter({
      ...shared,
      id: "trial-calls",
      label: { key: "meter.rate-limit-of", params: { name: "trial" } },
      limit: figure(headers.get("x-trial-endpoint-call-limit"), count),
      remaining: figure(headers.get("x-trial-endpoint-call-remaining"), count),
    }),
  ];
}
