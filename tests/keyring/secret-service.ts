import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { accessSync, constants, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { promisify } from "node:util";

const run = promisify(execFile);

const NEEDED = ["dbus-daemon", "dbus-send", "gnome-keyring-daemon"] as const;
const READY_WITHIN_MS = 20_000;
const PASSWORD = "a password for tests\n";

/** A gnome-keyring of one's own. */
export interface SecretService {
  /** Environment for processes that shall use it: a bus, a home and XDG folders of its own, and no display. */
  readonly env: Readonly<Record<string, string>>;
  /** Locks the default keyring. There is no display for the unlock dialog, so it counts as dismissed. */
  lock(): Promise<void>;
  /** Ends the daemon and starts another over the same files: what lived in memory is gone, and the keyring is unlocked. */
  restart(): Promise<void>;
  /** Stops the daemon's process without ending it: it owns its name on the bus, and answers nothing. */
  freeze(): void;
  thaw(): void;
}

/** What is missing on this machine for `withSecretService`; null when nothing is. */
export function missingForSecretService(): string | null {
  if (process.platform !== "linux") return "a Secret Service exists on Linux only";
  const missing = NEEDED.filter((program) => !isInstalled(program));
  return missing.length === 0 ? null : `not installed: ${missing.join(", ")}`;
}

/**
 * Whether tests that need a Secret Service can run. Says why they cannot, and throws instead where CI is set: there, a test that
 * is skipped without anybody noticing would be worth nothing.
 */
export function canRunSecretService(): boolean {
  const missing = missingForSecretService();
  if (missing === null) return true;
  if (process.env["CI"]) throw new Error(`the keyring tests cannot run here: ${missing}`);
  console.warn(`keyring tests skipped: ${missing}`);
  return false;
}

/**
 * Starts a D-Bus session and an unlocked gnome-keyring in folders that nobody else uses, hands them to `use`, and ends them by
 * their process ids whatever happens.
 */
export async function withSecretService(use: (service: SecretService) => Promise<void>): Promise<void> {
  const missing = missingForSecretService();
  if (missing !== null) throw new Error(missing);
  // Short, because a socket's path may have some hundred characters at most.
  const root = mkdtempSync(join(tmpdir(), "plss-"));
  const env = { ...privateEnvironment(root), DBUS_SESSION_BUS_ADDRESS: `unix:path=${join(root, "bus")}` };
  const started: ChildProcess[] = [];
  try {
    started.push(await startBus(env));
    let keyring = await startKeyring(env);
    started.push(keyring);
    await use({
      env,
      lock: () =>
        call(env, "/org/freedesktop/secrets", "org.freedesktop.Secret.Service.Lock", [
          "array:objpath:/org/freedesktop/secrets/aliases/default",
        ]).then(() => undefined),
      async restart() {
        await end(keyring);
        keyring = await startKeyring(env);
        started.push(keyring);
      },
      freeze: () => void keyring.kill("SIGSTOP"),
      thaw: () => void keyring.kill("SIGCONT"),
    });
  } finally {
    for (const process of started.reverse()) await end(process);
    rmSync(root, { recursive: true, force: true });
  }
}

/** The environment of a process that finds no D-Bus at all. */
export function environmentWithoutKeyring(root: string): Record<string, string> {
  return { ...privateEnvironment(root), DBUS_SESSION_BUS_ADDRESS: `unix:path=${join(root, "no-such-bus")}` };
}

function privateEnvironment(root: string): Record<string, string> {
  const env: Record<string, string> = {
    PATH: process.env["PATH"] ?? "/usr/bin:/bin",
    LANG: "C.UTF-8",
    TZ: "UTC",
    HOME: join(root, "home"),
    XDG_RUNTIME_DIR: join(root, "run"),
    XDG_DATA_HOME: join(root, "data"),
    XDG_CONFIG_HOME: join(root, "config"),
    XDG_CACHE_HOME: join(root, "cache"),
    XDG_STATE_HOME: join(root, "state"),
  };
  for (const [name, value] of Object.entries(env)) {
    if (name === "HOME" || name.startsWith("XDG_")) mkdirSync(value, { recursive: true, mode: 0o700 });
  }
  return env;
}

/**
 * A session bus that starts no services by itself: else any question to a keyring that is not up yet would start a second,
 * locked one, which nobody would end.
 */
function busConfiguration(address: string): string {
  return `<busconfig>
  <type>session</type>
  <listen>${address}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`;
}

async function startBus(env: Record<string, string>): Promise<ChildProcess> {
  const config = join(env["XDG_CONFIG_HOME"] ?? "", "bus.conf");
  writeFileSync(config, busConfiguration(env["DBUS_SESSION_BUS_ADDRESS"] ?? ""));
  const bus = spawn("dbus-daemon", ["--nofork", "--nopidfile", `--config-file=${config}`], { env, stdio: "ignore" });
  await until("the D-Bus session", bus, () =>
    call(env, "/org/freedesktop/DBus", "org.freedesktop.DBus.GetId", [], "org.freedesktop.DBus").then(() => true),
  );
  return bus;
}

async function startKeyring(env: Record<string, string>): Promise<ChildProcess> {
  const keyring = spawn("gnome-keyring-daemon", ["--foreground", "--unlock", "--components=secrets"], {
    env,
    stdio: ["pipe", "ignore", "ignore"],
  });
  // An empty password line would start it locked.
  keyring.stdin.end(PASSWORD);
  await until("the Secret Service", keyring, async () => {
    const locked = await call(env, "/org/freedesktop/secrets/aliases/default", "org.freedesktop.DBus.Properties.Get", [
      "string:org.freedesktop.Secret.Collection",
      "string:Locked",
    ]);
    return locked.includes("boolean false");
  });
  return keyring;
}

async function call(
  env: Record<string, string>,
  path: string,
  method: string,
  args: readonly string[],
  destination = "org.freedesktop.secrets",
): Promise<string> {
  const { stdout } = await run(
    "dbus-send",
    ["--session", "--print-reply", "--reply-timeout=2000", `--dest=${destination}`, path, method, ...args],
    { env, timeout: 5000 },
  );
  return stdout;
}

async function until(what: string, process: ChildProcess, ready: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + READY_WITHIN_MS;
  while (performance.now() < deadline) {
    if (process.exitCode !== null) throw new Error(`${what} ended at once, with code ${process.exitCode}`);
    if (await ready().catch(() => false)) return;
    await wait(50);
  }
  await end(process);
  throw new Error(`${what} was not ready within ${READY_WITHIN_MS / 1000} s`);
}

async function end(process: ChildProcess): Promise<void> {
  if (process.exitCode !== null || process.signalCode !== null || process.pid === undefined) return;
  const ended = once(process, "exit");
  process.kill("SIGCONT");
  process.kill("SIGTERM");
  const timer = setTimeout(() => process.kill("SIGKILL"), 2000);
  await ended;
  clearTimeout(timer);
}

function isInstalled(program: string): boolean {
  return (process.env["PATH"] ?? "").split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
