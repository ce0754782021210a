import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

export interface PowerSupplyOptions {
  /** Where Linux tells of batteries and adapters. */
  readonly root?: string;
  readonly platform?: NodeJS.Platform;
  /** Milliseconds that only go on. */
  readonly now?: () => number;
}

const LOOK_EVERY_MS = 60_000;

/**
 * Tells whether the computer runs on its battery, as last known: asked for, it looks anew when it last did a minute ago, without anybody
 * waiting for it (some firmware answers slowly). Nothing runs in between. Only Linux tells without a library; elsewhere false.
 */
export function createPowerSupply(options: PowerSupplyOptions = {}): () => boolean {
  const { root = "/sys/class/power_supply", platform = process.platform, now = () => performance.now() } = options;
  if (platform !== "linux") return () => false;
  let lookedAt: number | null = null;
  let isOnBattery = false;
  return () => {
    const at = now();
    if (lookedAt === null || at - lookedAt >= LOOK_EVERY_MS) {
      lookedAt = at;
      readOnBattery(root).then(
        (found) => {
          isOnBattery = found;
        },
        // Containers and many computers have no such folder, and no battery.
        () => {
          isOnBattery = false;
        },
      );
    }
    return isOnBattery;
  };
}

/** True when there is a battery, and no adapter that gives power; where no adapter is listed, when a battery is being discharged. */
export async function readOnBattery(root: string): Promise<boolean> {
  const supplies = await Promise.all((await readdir(root)).map((name) => readSupply(join(root, name))));
  const adapters = supplies.filter(({ type }) => type === "Mains" || type === "USB");
  // A mouse has a battery, too, but that is not what the computer runs on.
  const batteries = supplies.filter(({ type, scope }) => type === "Battery" && scope !== "Device");
  if (batteries.length === 0 || adapters.some(({ online }) => online === "1")) return false;
  if (adapters.length > 0) return true;
  return batteries.some(({ status }) => status === "Discharging");
}

async function readSupply(folder: string) {
  const field = (name: string) =>
    readFile(join(folder, name), "utf8").then(
      (text) => text.trim(),
      () => null,
    );
  const [type, online, scope, status] = await Promise.all(["type", "online", "scope", "status"].map(field));
  return { type, online, scope, status };
}
