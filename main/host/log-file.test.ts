import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createLogFile, type LogFile, MAX_LOG_BYTES } from "./log-file.ts";
import { createRedactor } from "./redactor.ts";

const SECRET = "correct-horse-battery";

let profile: string;
const opened: LogFile[] = [];
beforeEach(() => {
  profile = mkdtempSync(join(tmpdir(), "plimsoll-log-"));
});
afterEach(() => {
  for (const log of opened.splice(0)) log.close();
  rmSync(profile, { recursive: true, force: true });
});

function open(redactor = createRedactor()): LogFile {
  const log = createLogFile({ profile, redactor, now: () => Date.UTC(2026, 0, 2, 3, 4, 5) });
  opened.push(log);
  return log;
}
const linesOf = (log: LogFile): unknown[] =>
  readFileSync(log.path, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));

test("writes JSON lines for their owner alone, and opens nothing before the first", () => {
  const log = open();
  expect(readdirSync(profile)).toEqual([]);
  log.log("info", "polled", { source: "a", ms: 12, ok: true, cause: null });
  log.log("warn", "line\nbreak");
  log.close();
  expect(linesOf(log)).toEqual([
    { at: "2026-01-02T03:04:05.000Z", level: "info", event: "polled", source: "a", ms: 12, ok: true, cause: null },
    { at: "2026-01-02T03:04:05.000Z", level: "warn", event: "line\nbreak" },
  ]);
  expect(statSync(log.path).mode & 0o777).toBe(0o600);
  expect(statSync(join(profile, "logs")).mode & 0o777).toBe(0o700);
});

test("gathers lines and writes them by itself", async () => {
  const log = open();
  log.log("info", "one");
  expect(existsSync(log.path)).toBe(false);
  await expect.poll(() => existsSync(log.path)).toBe(true);
});

test("no secret gets in: not in a value, a name, the event, a number, or a value that is cut", () => {
  const redactor = createRedactor();
  redactor.learn(SECRET);
  redactor.learn("1234567890");
  const log = open(redactor);
  log.log("error", `event ${SECRET}`, {
    [SECRET]: 1,
    plain: `x ${SECRET} y`,
    number: 1234567890,
    json: JSON.stringify({ SECRET }),
    pattern: "Authorization: Bearer abcdefghijkl",
    cut: "a".repeat(1990) + SECRET,
  });
  log.close();
  const text = readFileSync(log.path, "utf8");
  expect(text).not.toContain(SECRET.slice(0, 10));
  expect(text).not.toContain("1234567890");
  expect(text).not.toContain("abcdefghijkl");
  expect(linesOf(log)).toMatchObject([{ event: "event •••", plain: "x ••• y", number: "•••" }]);
});

test("a field cannot pass for the line's own", () => {
  const log = open();
  log.log("info", "real", { level: "error", event: "forged", at: "never" });
  log.close();
  expect(linesOf(log)).toEqual([{ at: "2026-01-02T03:04:05.000Z", level: "info", event: "real" }]);
});

test("is put away once it is full, and only one is kept", () => {
  for (const round of [1, 2, 3]) {
    const log = open();
    log.log("info", `round ${round}`);
    log.close();
    writeFileSync(
      log.path,
      `${readFileSync(log.path, "utf8")}${`{"x":"${"x".repeat(100)}"}\n`.repeat(MAX_LOG_BYTES / 100)}`,
    );
  }
  const log = open();
  log.log("info", "after");
  log.close();
  expect(readdirSync(join(profile, "logs")).sort()).toEqual(["plimsoll.1.log", "plimsoll.log"]);
  expect(linesOf(log)).toMatchObject([{ event: "after" }]);
  expect(readFileSync(join(profile, "logs", "plimsoll.1.log"), "utf8")).toContain("round 3");
});

test("a place that cannot be written to stops nobody", () => {
  writeFileSync(join(profile, "logs"), "a file in the way");
  const log = open();
  log.log("error", "lost");
  expect(() => log.close()).not.toThrow();
  expect(() => log.log("error", "later")).not.toThrow();
});

test("a process that ends without closing leaves its last words", () => {
  const href = (name: string): string => JSON.stringify(new URL(name, import.meta.url).href);
  const script = `
    import { createLogFile } from ${href("./log-file.ts")};
    import { createRedactor } from ${href("./redactor.ts")};
    createLogFile({ profile: ${JSON.stringify(profile)}, redactor: createRedactor() }).log("error", "last words");
    process.exit(7);
  `;
  const run = spawnSync(process.execPath, ["--input-type=module", "-e", script], { timeout: 15_000 });
  expect(run.status).toBe(7);
  expect(readFileSync(join(profile, "logs", "plimsoll.log"), "utf8")).toContain("last words");
});
