import type { AlertSink } from "../../app/ports.ts";
import packageJson from "../../package.json" with { type: "json" };
import { createNodePorts, type NodePorts, type NodePortsOptions } from "../host/node-ports.ts";
import { resolveProfile } from "../host/profile.ts";

export interface OpenHost extends NodePorts {
  readonly profileDir: string;
}

/**
 * The ports of a Node host on a profile. `lasting` hosts keep a log and live on their timers; commands that end at once do neither.
 * Throws ProfileError.
 */
export async function openHost(options: {
  profile: string | undefined;
  lasting: boolean;
  alerts?: AlertSink;
}): Promise<OpenHost> {
  const profileDir = resolveProfile(options.profile);
  const ports = createNodePorts({
    profileDir,
    // Nobody to notify: a command ends at once, and the browser face shows alerts in its page.
    alerts: options.alerts ?? { show: async () => null },
    demo: async () => {
      const { createDemoGateways } = await import("../host/demo/demo-gateways.ts");
      return createDemoGateways({ now: Date.now, speed: demoSpeed(process.env["PLIMSOLL_DEMO_SPEED"]) });
    },
    ...(options.lasting && { lasting: await lastingPorts() }),
    log: options.lasting,
    unrefTimers: !options.lasting,
  });
  return { ...ports, profileDir };
}

/** Loaded by faces that stay only. */
async function lastingPorts(): Promise<NonNullable<NodePortsOptions["lasting"]>> {
  const { createLastingPorts } = await import("../host/lasting-ports.ts");
  return (parts) => createLastingPorts({ ...parts, version: packageJson.version });
}

/** PLIMSOLL_DEMO_SPEED=60 makes the demo's hour pass in a minute. Anything that is not from 1 to 10,000 is taken as 1. */
function demoSpeed(told: string | undefined): number {
  const speed = Number(told);
  return speed >= 1 && speed <= 10_000 ? speed : 1;
}
