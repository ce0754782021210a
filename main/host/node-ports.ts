import { noHistory } from "../../app/history/no-history.ts";
import { noMetrics } from "../../app/no-metrics.ts";
import type { AlertSink, DemoGateways, Ports, SecretVault } from "../../app/ports.ts";
import { createCommands } from "./commands.ts";
import { createCredentialReferences } from "./credential-references.ts";
import { createFingerprints } from "./fingerprints.ts";
import { createKeyringVault } from "./keyring-vault.ts";
import type { LastingParts } from "./lasting-ports.ts";
import { createLedgerFile } from "./ledger-file.ts";
import { createLogFile, silentLogger } from "./log-file.ts";
import { createRedactor, type Redactor } from "./redactor.ts";
import { createSessionVault } from "./session-vault.ts";
import { createSettingsFile, openConf } from "./settings-file.ts";
import { createSpendFile } from "./spend-file.ts";
import { createSystemClock } from "./system-clock.ts";
import { createSystemRandom } from "./system-random.ts";
import { createTransport } from "./transport.ts";
import { createWaitsFile } from "./waits-file.ts";

export interface NodePortsOptions {
  /** From `resolveProfile`. */
  readonly profileDir: string;
  readonly alerts: AlertSink;
  /** Made when the demo is first shown; a function, so that its servers are loaded only then. */
  readonly demo: () => Promise<DemoGateways>;
  /** Whether to keep a log in the profile; true when left out. */
  readonly log?: boolean;
  /** Where proxies, keys by reference and PLIMSOLL_KEYRING are looked up; the process's own by default. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Waiting timers do not keep the process alive. For commands that run once. */
  readonly unrefTimers?: boolean;
  /** Makes what only lasting hosts have; a function, so that commands that end at once do not load it. */
  readonly lasting?: (parts: Omit<LastingParts, "version">) => Pick<Ports, "history" | "metrics" | "conditions">;
}

export interface NodePorts {
  readonly ports: Ports;
  readonly redactor: Redactor;
  /** Stops the demo, ends connections and writes the last log lines. */
  close(): Promise<void>;
}

/** Everything that the engine needs on a host that is plain Node. Nothing is opened, and no heavy library loaded, before its need. */
export function createNodePorts(options: NodePortsOptions): NodePorts {
  const { profileDir, env = process.env } = options;
  const redactor = createRedactor();
  const logFile = options.log === false ? null : createLogFile({ profile: profileDir, redactor });
  const logger = logFile ?? silentLogger;
  const clock = createSystemClock({ unref: options.unrefTimers === true });
  const http = createTransport({ env });
  const demo = lazyDemo(options.demo);
  return {
    ports: {
      clock,
      random: createSystemRandom(),
      http,
      vault: openVault(env, redactor),
      references: createCredentialReferences(env, redactor),
      fingerprints: createFingerprints(),
      settings: createSettingsFile({ directory: profileDir, openStore: openConf(profileDir) }),
      ledger: createLedgerFile(profileDir, logger),
      alerts: options.alerts,
      spend: createSpendFile(profileDir, logger),
      waits: createWaitsFile(profileDir, logger),
      commands: createCommands(env),
      ...(options.lasting?.({ profileDir, clock, http, logger, redactor, env }) ?? {
        history: noHistory,
        metrics: noMetrics,
      }),
      logger,
      demo,
    },
    redactor,
    async close() {
      await Promise.allSettled([demo.stop(), http.close()]);
      logFile?.close();
    },
  };
}

/** PLIMSOLL_KEYRING=off leaves the keyring alone: in containers, and in tests on somebody's own computer. */
function openVault(env: Readonly<Record<string, string | undefined>>, redactor: Redactor): SecretVault {
  return env["PLIMSOLL_KEYRING"] === "off"
    ? createSessionVault(redactor, "PLIMSOLL_KEYRING=off switches the keyring off")
    : createKeyringVault({ redactor });
}

function lazyDemo(load: () => Promise<DemoGateways>): DemoGateways {
  let loading: Promise<DemoGateways> | undefined;
  return {
    async start() {
      loading ??= load();
      return (await loading).start();
    },
    async stop() {
      if (loading !== undefined) await (await loading).stop();
    },
  };
}
