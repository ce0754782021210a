import type { DemoGateways, DemoSource } from "../../../app/ports.ts";
import { type DemoGateway, demoGateways, type Telling } from "./gateways.ts";
import { type RunningServer, serveGateway } from "./loopback-server.ts";
import { demoWorld } from "./world.ts";

export interface DemoOptions {
  /** The same seed, `startAt` and clock give the same figures. */
  readonly seed?: number;
  /** The host's clock, epoch milliseconds. */
  readonly now: () => number;
  /** How much faster than the host's clock the demo's time goes. */
  readonly speed?: number;
  /** Where the demo's own time begins, epoch milliseconds; left out, at the time of the first start. */
  readonly startAt?: number;
}

/**
 * The embedded demo: real HTTP servers on 127.0.0.1 that listen only between start() and stop().
 * Reset times are told in the host's time even when the demo's time is sped up or begins elsewhere. What a reader derives
 * by itself from the calendar (OpenRouter's resets) is right only at speed 1 without `startAt`.
 */
export function createDemoGateways({ seed = 1876, now, speed = 1, startAt }: DemoOptions): DemoGateways {
  let begun: { readonly real: number; readonly virtual: number } | null = null;
  let running: Promise<readonly (readonly [DemoGateway, RunningServer])[]> | null = null;

  const tell = (): Telling => {
    const at = now();
    begun ??= { real: at, virtual: startAt ?? at };
    const { real, virtual } = begun;
    return {
      now: at,
      world: demoWorld({ seed, begunAt: virtual, at: virtual + (at - real) * speed }),
      realTime: (time) => Math.round(real + (time - virtual) / speed),
    };
  };

  return {
    async start() {
      tell();
      running ??= serveAll(tell);
      const starting = running;
      try {
        return (await starting).map(([gateway, server]) => toSource(gateway, server));
      } catch (error) {
        if (running === starting) running = null;
        throw error;
      }
    },
    async stop() {
      const stopping = running;
      running = null;
      if (stopping === null) return;
      const servers = await stopping.catch(() => []);
      await Promise.all(servers.map(([, server]) => server.close()));
    },
  };
}

async function serveAll(tell: () => Telling): Promise<readonly (readonly [DemoGateway, RunningServer])[]> {
  const started = await Promise.allSettled(
    demoGateways.map(async (gateway) => [gateway, await serveGateway(gateway, tell)] as const),
  );
  const servers = started.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
  const failed = started.find((result) => result.status === "rejected");
  if (failed !== undefined) {
    await Promise.all(servers.map(([, server]) => server.close()));
    throw failed.reason;
  }
  return servers;
}

function toSource({ id, kind, label, key }: DemoGateway, { baseUrl }: RunningServer): DemoSource {
  return { id, kind, label, baseUrl, options: {}, key };
}
