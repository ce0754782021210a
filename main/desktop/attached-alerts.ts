import { sampleDelivery } from "../../app/alerts/sinks/sample-delivery.ts";
import type { AlertSink, Clock } from "../../app/ports.ts";
import type { FaceEngine, SharedEngine } from "../host/attach/shared-engine.ts";

/**
 * Shows alerts here while another face judges them that has no notifications of its own. What was told stays that one's business: its
 * ledger and its log.
 */
export function showAttachedAlerts(shared: SharedEngine, alerts: AlertSink, clock: Clock): FaceEngine {
  const showsHere = (): boolean => {
    const role = shared.role();
    return role.type === "attached" && role.host.face !== "desktop";
  };
  shared.subscribe((event) => {
    if (event.name === "alerts.raised" && showsHere()) void alerts.show(event.value);
  });
  return {
    ...shared,
    async handle(name, input) {
      if (name !== "alerts.sample" || !showsHere()) return shared.handle(name, input);
      const outcome = await alerts.show(sampleDelivery(clock.now()));
      return { ok: true, value: { shown: outcome?.ok === true } };
    },
  };
}
