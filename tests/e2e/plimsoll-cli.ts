import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const entry = fileURLToPath(new URL("../../dist/cli/plimsoll.cjs", import.meta.url));
/** Longer than any start or stop on a busy machine. */
const PATIENCE_MS = 30_000;

export interface CliEnvironment {
  /** Home of the user that runs the command: nothing of the real one may be read or written. */
  readonly home: string;
  /** Added to the few variables that the command gets. */
  readonly extra?: Readonly<Record<string, string>>;
}

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunningServe {
  /** The printed address, with its one-time token. */
  readonly link: string;
  readonly origin: string;
  /** Everything printed so far, on both streams. */
  output(): string;
  /** Ends it as `kill -9` does. */
  kill(): void;
  /** Asks it to end, as Ctrl+C does, and waits until it has. */
  stop(): Promise<Ended>;
}

/** A bus address at which nobody listens: the command then finds no keyring. */
const NO_BUS = "unix:path=/nonexistent/plimsoll-test-bus";

function start(args: readonly string[], { home, extra = {} }: CliEnvironment) {
  if (!existsSync(entry)) throw new Error(`${entry} is not built: run npm run build first`);
  const child = spawn(process.execPath, [entry, ...args], {
    stdio: ["pipe", "pipe", "pipe"],
    env: {
      PATH: process.env["PATH"] ?? "",
      HOME: home,
      XDG_RUNTIME_DIR: home,
      LC_ALL: "en_US.UTF-8",
      TZ: "UTC",
      DBUS_SESSION_BUS_ADDRESS: NO_BUS,
      ...extra,
    },
  });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  child.stderr.on("data", (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
  return { child, ended, output: () => stdout + stderr };
}

/** Runs one command to its end. `stdin` is handed over, as soon as it is there, and closed. */
export async function runCli(
  args: readonly string[],
  environment: CliEnvironment,
  stdin: string | Promise<string> = "",
): Promise<Ended> {
  const { child, ended } = start(args, environment);
  void Promise.resolve(stdin).then((text) => child.stdin.end(text));
  const timer = setTimeout(() => child.kill("SIGKILL"), PATIENCE_MS);
  try {
    return await ended;
  } finally {
    clearTimeout(timer);
  }
}

/** Starts `plimsoll serve --no-open` on a profile and waits for its address. */
export async function startServe(
  profile: string,
  environment: CliEnvironment,
  args: readonly string[] = [],
): Promise<RunningServe> {
  const { child, ended, output } = start(["serve", "--no-open", "--profile", profile, ...args], environment);
  const link = await new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill("SIGKILL");
      reject(new Error(`no address was printed:\n${output()}`));
    }, PATIENCE_MS);
    child.stdout.on("data", () => {
      const found = /^Plimsoll is at (http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]+)$/m.exec(output());
      if (found?.[1] === undefined) return;
      clearTimeout(timer);
      resolve(found[1]);
    });
    ended.then(
      () => {
        clearTimeout(timer);
        reject(new Error(`it ended before it printed an address:\n${output()}`));
      },
      (error: unknown) => reject(error),
    );
  });
  return {
    link,
    origin: new URL(link).origin,
    output,
    kill: () => child.kill("SIGKILL"),
    async stop() {
      child.kill("SIGINT");
      const timer = setTimeout(() => child.kill("SIGKILL"), PATIENCE_MS);
      try {
        return await ended;
      } finally {
        clearTimeout(timer);
      }
    },
  };
}
