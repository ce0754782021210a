import { createEngine } from "../../app/engine.ts";
import { hostInfo } from "./host-info.ts";
import { openHost } from "./open-host.ts";
import type { OwnSession, SessionOptions } from "./session.ts";

/** An engine of the command's own, not started yet. */
export async function openOwnSession(
  options: Pick<SessionOptions, "profile" | "demo">,
  unreached: string | null,
): Promise<{ readonly session: OwnSession; close(): Promise<void> }> {
  const host = await openHost({ profile: options.profile, lasting: false });
  const engine = createEngine(host.ports, {
    host: hostInfo("cli", host.ports.settings.path),
    demo: options.demo,
    automatic: false,
    shell: { openSettings: () => undefined },
  });
  return {
    session: { running: null, unreached, engine, ports: host.ports, profileDir: host.profileDir },
    async close() {
      await engine.stop();
      await host.close();
    },
  };
}
