import { join } from "node:path";
import { createEngine } from "../../app/engine.ts";
import type { AlertSink, Logger } from "../../app/ports.ts";
import {
  createSharedEngine,
  type FaceEngine,
  type SharedEngine,
  type SharedEngineOptions,
} from "../host/attach/shared-engine.ts";
import { diagnoseHost } from "../host/diagnosis.ts";
import { createLogFile } from "../host/log-file.ts";
import { resolveProfile } from "../host/profile.ts";
import { createRedactor } from "../host/redactor.ts";
import { SETTINGS_NAME } from "../host/settings-file.ts";
import { hostInfo } from "./host-info.ts";
import { openHost } from "./open-host.ts";

export interface LastingFace {
  readonly engine: FaceEngine;
  /** The same engine, as far as it is one among faces; null for the demo, which is nobody else's. */
  readonly shared: SharedEngine | null;
  readonly logger: Logger;
  /** After the engine's end. */
  close(): Promise<void>;
}

export interface LastingFaceOptions {
  readonly profile: string | undefined;
  readonly face: "web" | "cli";
  /** Whether to show the demo alone: then no other face is asked, nor told. */
  readonly demo: boolean;
  /** What shows alerts when this process is the host; left out where the page does. */
  readonly alerts?: AlertSink;
}

/** The engine of a face that stays: the one of the profile's host, which this process may become. Throws ProfileError. */
export async function openLastingFace({ profile, face, demo, alerts }: LastingFaceOptions): Promise<LastingFace> {
  const profileDir = resolveProfile(profile);
  const info = hostInfo(face, join(profileDir, `${SETTINGS_NAME}.json`));
  const log = createLogFile({ profile: profileDir, redactor: createRedactor() });
  // In a browser the page follows links and opens its settings by itself.
  const shell = { openSettings: () => undefined };

  const openEngine: SharedEngineOptions["openEngine"] = async (resume) => {
    const host = await openHost({ profile, lasting: true, ...(alerts !== undefined && { alerts }) });
    return {
      engine: createEngine(host.ports, { host: info, demo: demo ? "only" : "auto", automatic: true, shell, resume }),
      diagnose: () => diagnoseHost({ profileDir, vault: host.ports.vault, history: host.ports.history }),
      close: () => host.close(),
    };
  };

  if (!demo) {
    const shared = createSharedEngine({ profileDir, info, openEngine, shell, logger: log });
    return { engine: shared, shared, logger: log, close: async () => log.close() };
  }
  const { engine, close } = await openEngine([]);
  return {
    engine,
    shared: null,
    logger: log,
    async close() {
      await close();
      log.close();
    },
  };
}
