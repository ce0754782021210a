// For the tests: starts the built app under the double and talks to the double in it.
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type BrowserServer, chromium, type Page } from "playwright-core";
import { findBrowser } from "../../browser.ts";
import type { DoubleConfig } from "./config.ts";
import type { Commands } from "./control.ts";

const root = join(import.meta.dirname, "../../..");
const bundle = join(root, "dist/desktop/main/index.js");

export const preloadBundle = join(root, "dist/desktop/preload/index.cjs");

export interface DrivenApp {
  /** Has the double in the app's process do or tell something. */
  ask<N extends keyof Commands>(name: N, ...args: Parameters<Commands[N]>): Promise<Awaited<ReturnType<Commands[N]>>>;
  /** Runs `work` with the page of the window whose address holds `part`. It sees nothing but its arguments. */
  inPage<A, R>(part: string, work: (page: Page, argument: A) => Promise<R>, argument: A): Promise<R>;
  /** Resolves to the exit code. */
  readonly ended: Promise<number | null>;
  /** What it wrote to its streams so far. */
  output(): string;
  /** Chooses "Quit" in the tray and waits for the end. */
  quit(): Promise<number | null>;
  /** Ends it as it is. */
  kill(): void;
}

const version: string = JSON.parse(readFileSync(join(root, "package.json"), "utf8")).version;

/** The Chromium that shows the windows of all apps under test. */
export function startChromium(): Promise<BrowserServer> {
  return chromium.launchServer(findBrowser());
}

/** Starts the built app. `args` are its own, after the program's name. */
export function startApp(
  config: Partial<DoubleConfig> & Pick<DoubleConfig, "userData" | "keyringFile" | "chromium">,
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): DrivenApp {
  const child = fork(bundle, [...args], {
    execArgv: ["--expose-gc", "--import", join(import.meta.dirname, "register.ts")],
    env: {
      ...process.env,
      NODE_OPTIONS: "",
      XDG_SESSION_TYPE: "x11",
      XDG_CURRENT_DESKTOP: "GNOME",
      ...env,
      PLIMSOLL_DOUBLE: JSON.stringify({ version, ...config }),
    },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  let output = "";
  child.stdout?.on("data", (data) => {
    output += data;
  });
  child.stderr?.on("data", (data) => {
    output += data;
  });
  const ended = once(child, "exit").then(([code]) => (typeof code === "number" ? code : null));
  const answers = listen(child, ended, () => output);
  let next = 1;

  async function order(name: string, args: readonly unknown[]): Promise<unknown> {
    const id = next++;
    const answered = new Promise<unknown>((resolve, reject) => answers.set(id, { resolve, reject }));
    child.send({ id, name, args }, (error) => {
      if (error !== null) answers.get(id)?.reject(new Error(`the app does not hear (${error.message}):\n${output}`));
    });
    return answered;
  }

  /** The other process runs the very function that the type comes from. */
  async function ask<N extends keyof Commands>(
    name: N,
    ...args: Parameters<Commands[N]>
  ): Promise<Awaited<ReturnType<Commands[N]>>> {
    return (await order(name, args)) as Awaited<ReturnType<Commands[N]>>;
  }

  return {
    ask,
    async inPage<A, R>(part: string, work: (page: Page, argument: A) => Promise<R>, argument: A) {
      return (await order("inPage", [part, work.toString(), argument])) as R;
    },
    ended,
    output: () => output,
    async quit() {
      await ask("clickMenu", "Quit Plimsoll");
      return ended;
    },
    kill: () => child.kill("SIGKILL"),
  };
}

type Answers = Map<number, { resolve(value: unknown): void; reject(error: Error): void }>;

function listen(child: ChildProcess, ended: Promise<number | null>, output: () => string): Answers {
  const answers: Answers = new Map();
  child.on("message", (message: { id: number; value?: unknown; error?: string }) => {
    const waiting = answers.get(message.id);
    answers.delete(message.id);
    if (message.error === undefined) waiting?.resolve(message.value);
    else waiting?.reject(new Error(`in the app: ${message.error}`));
  });
  void ended.then((code) => {
    for (const { reject } of answers.values()) reject(new Error(`the app ended with ${code}:\n${output()}`));
  });
  return answers;
}
