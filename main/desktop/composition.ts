import { createEngine, type Engine } from "../../app/engine.ts";
import type { Shell } from "../../app/engine-handlers.ts";
import type { AlertSink, Clock, Logger, SecretVault } from "../../app/ports.ts";
import { createCommands } from "../host/commands.ts";
import { createCredentialReferences } from "../host/credential-references.ts";
import { createDemoGateways } from "../host/demo/demo-gateways.ts";
import { createFingerprints } from "../host/fingerprints.ts";
import { createLastingPorts } from "../host/lasting-ports.ts";
import { createLedgerFile } from "../host/ledger-file.ts";
import { createLogFile } from "../host/log-file.ts";
import { resolveProfile } from "../host/profile.ts";
import { createRedactor, type Redactor } from "../host/redactor.ts";
import { createSettingsFile, SETTINGS_FILE_OPTIONS, SETTINGS_NAME } from "../host/settings-file.ts";
import { createSpendFile } from "../host/spend-file.ts";
import { createSystemClock } from "../host/system-clock.ts";
import { createSystemRandom } from "../host/system-random.ts";
import { createTransport, type Transport } from "../host/transport.ts";
import type { LaunchOptions } from "./launch-options.ts";

/** What lives from before `ready` to the end. */
export interface HostBasics {
  /** Where settings, keys, the ledger and the log lie. */
  readonly directory: string;
  readonly clock: Clock;
  readonly redactor: Redactor;
  readonly logger: Logger;
  readonly transport: Transport;
  /** Ends connections and writes what the log still holds. */
  close(): Promise<void>;
}

/** The profile asked for, or the folder that the other faces use, too. */
export function createHostBasics(profile: string | null): HostBasics {
  const directory = resolveProfile(profile ?? undefined);
  const redactor = createRedactor();
  const log = createLogFile({ profile: directory, redactor });
  const transport = createTransport({ env: process.env });
  return {
    directory,
    clock: createSystemClock(),
    redactor,
    logger: log,
    transport,
    async close() {
      await transport.close();
      log.close();
    },
  };
}

/** The engine on the desktop's ports: the hosts' shared adapters, with Electron's vault, notifications and store. */
export function composeEngine(parts: {
  readonly host: HostBasics;
  readonly demo: LaunchOptions["demo"];
  readonly version: string;
  readonly vault: SecretVault;
  readonly alerts: AlertSink;
  readonly shell: Shell;
}): Engine {
  const { directory, clock, redactor, logger, transport } = parts.host;
  const settings = createSettingsFile({
    directory,
    openStore: async () => {
      const { default: Store } = await import("electron-store");
      return new Store<Record<string, unknown>>({ cwd: directory, name: SETTINGS_NAME, ...SETTINGS_FILE_OPTIONS });
    },
  });
  return createEngine(
    {
      clock,
      random: createSystemRandom(),
      http: transport,
      vault: parts.vault,
      references: createCredentialReferences(process.env, redactor),
      fingerprints: createFingerprints(),
      settings,
      ledger: createLedgerFile(directory, logger),
      alerts: parts.alerts,
      spend: createSpendFile(directory, logger),
      commands: createCommands(process.env),
      ...createLastingPorts({
        profileDir: directory,
        version: parts.version,
        clock,
        http: transport,
        logger,
        redactor,
        env: process.env,
      }),
      logger,
      demo: createDemoGateways({ now: () => clock.now() }),
    },
    {
      host: { face: "desktop", version: parts.version, platform: process.platform, settingsPath: settings.path },
      demo: parts.demo,
      automatic: true,
      shell: parts.shell,
    },
  );
}
