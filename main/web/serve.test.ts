import { EventEmitter } from "node:events";
import { PassThrough } from "node:stream";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { emptyState } from "../../tests/support/empty-state.ts";
import { echoHost, makeRendererDir, openSocket, sendRaw } from "../../tests/support/web-viewer.ts";
import { runServe, type ServeOptions } from "./serve.ts";

type ServedEngine = ServeOptions["engine"];
type State = ReturnType<ServedEngine["state"]>;

let renderer: Awaited<ReturnType<typeof makeRendererDir>>;
let happened: string[];

beforeEach(async () => {
  renderer = await makeRendererDir();
  happened = [];
});
afterEach(() => renderer.remove());

function testEngine(demo: State["demo"]): ServedEngine {
  const { handle, subscribe } = echoHost();
  const state: State = emptyState({ demo });
  const note = (what: string) => async () => {
    happened.push(what);
  };
  return {
    start: note("start"),
    stop: note("stop"),
    wake: (reason) => happened.push(`wake ${reason}`),
    state: () => state,
    handle,
    subscribe,
  };
}

/** Runs `serve` with streams and signals of its own; `line` waits for the n-th line on stdout. */
function serve({
  isTTY = false,
  port = null,
  rendererDir = renderer.dir,
  demo = "none",
}: {
  isTTY?: boolean;
  port?: number | null;
  rendererDir?: string;
  demo?: State["demo"];
} = {}) {
  const stdin = Object.assign(new PassThrough(), { isTTY });
  const signals = new EventEmitter();
  const output = { stdout: "", stderr: "" };
  const collect = (name: "stdout" | "stderr") => {
    const stream = new PassThrough();
    stream.on("data", (chunk: Buffer) => {
      output[name] += chunk.toString();
    });
    return stream;
  };
  const ended = runServe({
    engine: testEngine(demo),
    logger: { log() {} },
    rendererDir,
    port,
    open: false,
    terminal: { stdin, stdout: collect("stdout"), stderr: collect("stderr"), signals, platform: "linux", env: {} },
  });
  const line = async (index: number): Promise<string> => {
    await expect.poll(() => output.stdout.split("\n").length).toBeGreaterThan(index + 1);
    return output.stdout.split("\n")[index] ?? "";
  };
  return { stdin, signals, output, ended, line };
}

const linkIn = (line: string) => /http:\/\/127\.0\.0\.1:(\d+)\/#token=([\w-]{43})$/.exec(line);

describe("runServe", () => {
  it.each(["SIGINT", "SIGTERM", "SIGHUP"])("prints the address and ends cleanly on %s", async (signal) => {
    const run = serve();
    const [, port] = linkIn(await run.line(0)) ?? [];
    expect(await run.line(0)).toMatch(/^Plimsoll is at http/);
    expect(await run.line(1)).toBe("Ctrl+C stops it.");
    expect((await sendRaw(Number(port), {})).status).toBe(401);
    run.signals.emit(signal);
    expect(await run.ended).toBe(0);
    expect(happened).toEqual(["start", "stop"]);
    expect(run.signals.eventNames()).toEqual([]);
    expect(run.output).toEqual({ stdout: expect.stringMatching(/^[^\n]+\n[^\n]+\n$/), stderr: "" });
    await expect(sendRaw(Number(port), {})).rejects.toThrow();
  });

  it("says so when it shows the demo", async () => {
    const run = serve({ demo: "shown" });
    expect(await run.line(2)).toContain("demo");
    run.signals.emit("SIGINT");
    await run.ended;
  });

  it("prints a new link on Enter in a terminal", async () => {
    const run = serve({ isTTY: true });
    const [, , first] = linkIn(await run.line(0)) ?? [];
    expect(await run.line(1)).toContain("Enter");
    run.stdin.write("\n");
    const [, port, second] = linkIn(await run.line(2)) ?? [];
    expect(second).not.toBe(first);
    const origin = `http://127.0.0.1:${port}`;
    const answer = await sendRaw(Number(port), {
      method: "POST",
      path: "/session",
      headers: { origin, "content-type": "application/json" },
      body: JSON.stringify({ token: second }),
    });
    const cookie = answer.headers["set-cookie"]?.[0]?.split(";")[0] ?? "";
    expect(typeof (await openSocket(Number(port), { origin, cookie }))).toBe("object");
    expect(happened).toContain("wake opened");
    run.signals.emit("SIGINT");
    expect(await run.ended).toBe(0);
  });

  it("ends with 1 and a reason when the port is taken", async () => {
    const first = serve();
    const [, port] = linkIn(await first.line(0)) ?? [];
    const second = serve({ port: Number(port) });
    expect(await second.ended).toBe(1);
    expect(second.output.stdout).toBe("");
    expect(second.output.stderr).toContain(`Port ${port} is already in use`);
    first.signals.emit("SIGINT");
    await first.ended;
    expect(happened.filter((what) => what === "stop")).toHaveLength(2);
  });

  it("ends with 1 and a reason when the pages are not built", async () => {
    const run = serve({ rendererDir: "/nowhere" });
    expect(await run.ended).toBe(1);
    expect(run.output.stderr).toContain("/nowhere");
    expect(happened).toEqual(["start", "stop"]);
  });
});
