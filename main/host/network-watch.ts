import { type NetworkInterfaceInfo, networkInterfaces } from "node:os";
import { readProxyEnvironment } from "./proxy-environment.ts";

export interface NetworkWatchOptions {
  /** Where proxies are looked up. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly interfaces?: () => NodeJS.Dict<NetworkInterfaceInfo[]>;
  /** Milliseconds that only go on. */
  readonly now?: () => number;
}

/** Many polls may ask at once; the interfaces are looked at once a second. */
const LOOK_EVERY_MS = 1_000;
/** An address that a computer gives itself because nobody gave it one. */
const SELF_GIVEN = /^(?:169\.254\.|fe80:)/i;

/**
 * Tells whether the computer is connected to any network at all, by its interfaces, when asked: there is no timer and nothing to close.
 * False only when nothing beyond this computer can be reached; true says nothing about the internet. A proxy may be a way out that
 * no interface shows, so with one it is always true, as it is where the interfaces are not told.
 */
export function createNetworkWatch(options: NetworkWatchOptions): () => boolean {
  const { interfaces = networkInterfaces, now = () => performance.now() } = options;
  const { http, https } = readProxyEnvironment(options.env);
  if (http !== "" || https !== "") return () => true;
  let lookedAt: number | null = null;
  let isOnline = true;
  return () => {
    const at = now();
    if (lookedAt === null || at - lookedAt >= LOOK_EVERY_MS) {
      lookedAt = at;
      isOnline = isConnected(interfaces);
    }
    return isOnline;
  };
}

function isConnected(interfaces: () => NodeJS.Dict<NetworkInterfaceInfo[]>): boolean {
  try {
    return Object.values(interfaces()).some((addresses = []) =>
      addresses.some(({ internal, address }) => !internal && !SELF_GIVEN.test(address)),
    );
  } catch {
    return true;
  }
}
