import type { Engine } from "../../app/engine.ts";
import type { Logger } from "../../app/ports.ts";
import { openBrowser, shouldOpenBrowser } from "./open-browser.ts";
import { RendererMissing } from "./renderer-files.ts";
import { PortUnavailable, startWebHost, type WebHost } from "./server.ts";
import { t } from "./words.ts";

const STOP_SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** The streams and signals of the process; a test brings its own. */
export interface ServeTerminal {
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean; unref?: () => unknown };
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream;
  readonly signals: Pick<NodeJS.EventEmitter, "on" | "off">;
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export interface ServeOptions {
  /** Not started yet; stopped when this returns. */
  readonly engine: Pick<Engine, "start" | "stop" | "state" | "wake" | "handle" | "subscribe">;
  readonly logger: Logger;
  readonly rendererDir: string;
  /** Null: any free one. */
  readonly port: number | null;
  /** False with --no-open. */
  readonly open: boolean;
  readonly terminal: ServeTerminal;
}

/**
 * Runs the browser face until it is told to stop. Returns the exit code: 0 when it ended as asked, 1 when it could not
 * begin (said on stderr). The address is the first line on stdout.
 */
export async function runServe(options: ServeOptions): Promise<number> {
  const { engine, terminal } = options;
  const say = (line: string): void => {
    terminal.stdout.write(`${line}\n`);
  };
  const complain = (line: string): void => {
    terminal.stderr.write(`${line}\n`);
  };
  // Listened for from the start, so that an early Ctrl+C, too, ends with everything stopped.
  const stop = untilStopped(terminal.signals);
  try {
    await engine.start();
    const web = await startWebHost({
      host: engine,
      rendererDir: options.rendererDir,
      port: options.port,
      logger: options.logger,
      onViewer: () => engine.wake("opened"),
    });
    try {
      await serveUntil(stop.asked, web, options, say, complain);
    } finally {
      await web.close();
    }
    return 0;
  } catch (error) {
    const problem = wordsFor(error);
    if (problem === null) throw error;
    complain(problem);
    return 1;
  } finally {
    stop.ignore();
    await engine.stop();
  }
}

async function serveUntil(
  stopped: Promise<void>,
  web: WebHost,
  { engine, open, terminal }: ServeOptions,
  say: (line: string) => void,
  complain: (line: string) => void,
): Promise<void> {
  const { stdin, platform, env } = terminal;
  const url = web.newLink();
  say(t("serve.at", { url }));
  const interactive = stdin.isTTY === true;
  say(t(interactive ? "serve.stopOrNewLink" : "serve.stop"));
  if (engine.state().demo === "shown") say(t("serve.demo"));

  const onInput = (): void => say(t("serve.newLink", { url: web.newLink() }));
  if (interactive) stdin.on("data", onInput);
  if (shouldOpenBrowser({ wanted: open, platform, env })) {
    void openBrowser(url, (detail) => complain(t("serve.browserFailed", { detail })));
  }
  await stopped;
  if (interactive) {
    stdin.off("data", onInput);
    stdin.pause();
  }
}

function untilStopped(signals: ServeTerminal["signals"]): { readonly asked: Promise<void>; ignore(): void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  const onSignal = (): void => resolve();
  for (const signal of STOP_SIGNALS) signals.on(signal, onSignal);
  return {
    asked: promise,
    ignore() {
      for (const signal of STOP_SIGNALS) signals.off(signal, onSignal);
    },
  };
}

function wordsFor(error: unknown): string | null {
  if (error instanceof PortUnavailable) {
    return t(error.reason === "taken" ? "serve.portTaken" : "serve.portNotAllowed", { port: error.port });
  }
  if (error instanceof RendererMissing) return t("serve.rendererMissing", { detail: error.message });
  return null;
}
