import type { ConditionsProbe } from "../../app/ports.ts";
import { createNetworkWatch } from "./network-watch.ts";
import { createPowerSupply } from "./power-supply.ts";

/** What plain Node can tell of the computer. That it sleeps is noticed afterwards, and who sits at it is not known. */
export function createConditions(env: Readonly<Record<string, string | undefined>>): ConditionsProbe {
  const isOnline = createNetworkWatch({ env });
  const isOnBattery = createPowerSupply();
  return {
    now: () => ({ suspended: false, online: isOnline(), onBattery: isOnBattery(), idle: false }),
  };
}
