import { join } from "node:path";
import type { AppState, HostInfo } from "../../app/contract/contract.ts";
import { createEngine, type Engine } from "../../app/engine.ts";
import type { Shell } from "../../app/engine-handlers.ts";
import type { AlertSink, Clock, ConditionsProbe, Logger, SecretVault } from "../../app/ports.ts";
import { createSharedEngine, type FaceEngine } from "../host/attach/shared-engine.ts";
import { createCommands } from "../host/commands.ts";
import { createCredentialReferences } from "../host/credential-references.ts";
import { createDemoGateways } from "../host/demo/demo-gateways.ts";
import { diagnoseHost } from "../host/diagnosis.ts";
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
import { createWaitsFile } from "../host/waits-file.ts";
import { showAttachedAlerts } from "./attached-alerts.ts";
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

interface EngineParts {
  readonly host: HostBasics;
  readonly demo: LaunchOptions["demo"];
  readonly version: string;
  readonly vault: SecretVault;
  readonly alerts: AlertSink;
  readonly conditions: ConditionsProbe;
  readonly shell: Shell;
}

/**
 * The engine of the profile: this process's own, or that of another face which opened the profile first. The demo alone is nobody
 * else's. `start` throws AttachError when there is another face that cannot be spoken to.
 */
export function composeEngine(parts: EngineParts): FaceEngine {
  const { directory, logger } = parts.host;
  if (parts.demo === "only") return openOwnEngine(parts, parts.shell, []);
  const shared = createSharedEngine({
    profileDir: directory,
    info: hostInfo(parts),
    openEngine: async (resume) => ({
      // Windows and dialogs are this face's also while another one polls: the shared engine opens them.
      engine: openOwnEngine(parts, { openSettings: () => undefined }, resume),
      diagnose: () => diagnoseHost({ profileDir: directory, vault: parts.vault }),
      close: async () => undefined,
    }),
    shell: parts.shell,
    logger,
  });
  return showAttachedAlerts(shared, parts.alerts, parts.host.clock);
}

function hostInfo({ host, version }: EngineParts): HostInfo {
  const settingsPath = join(host.directory, `${SETTINGS_NAME}.json`);
  return { face: "desktop", version, platform: process.platform, settingsPath };
}

/** An engine on the desktop's ports: the hosts' shared adapters, with Electron's vault, notifications and store. */
function openOwnEngine(parts: EngineParts, shell: Shell, resume: AppState["sources"]): Engine {
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
      waits: createWaitsFile(directory, logger),
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
      conditions: parts.conditions,
      logger,
      demo: createDemoGateways({ now: () => clock.now() }),
    },
    {
      host: hostInfo(parts),
      demo: parts.demo,
      automatic: true,
      shell,
      resume,
    },
  );
}
