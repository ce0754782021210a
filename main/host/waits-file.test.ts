import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, expect, test } from "vitest";
import type { KeptWait } from "../../app/polling/kept-waits.ts";
import { silentLogger } from "./log-file.ts";
import { createWaitsFile } from "./waits-file.ts";

const folder = mkdtempSync(join(tmpdir(), "plimsoll-waits-"));
const path = join(folder, "waits.json");
beforeEach(() => rmSync(path, { force: true }));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const wait = (sourceId: string): KeptWait => ({
  sourceId,
  origin: "https://llm.example.org",
  credential: '{"type":"env","name":"KEY"}',
  until: 1_800_000_000_000,
  saidAt: 1,
  failure: { cause: "rate-limited", detail: null, status: 429, retryAt: 1_800_000_000_000 },
});

test("gives back what was written, the latest of several", async () => {
  const file = createWaitsFile(folder, silentLogger);
  expect(await file.read()).toEqual([]);
  await Promise.all([file.write([wait("a")]), file.write([wait("a"), wait("b")])]);
  expect(await createWaitsFile(folder, silentLogger).read()).toEqual([wait("a"), wait("b")]);
  expect(readdirSync(folder)).toEqual(["waits.json"]);
  if (process.platform !== "win32") expect(statSync(path).mode & 0o077).toBe(0);
});

test.each(["", "{", "[]", '{"version":2,"waits":[]}', '{"version":1,"waits":[{"sourceId":1}]}'])(
  "reads as empty what it cannot use: %s",
  async (text) => {
    writeFileSync(path, text);
    const logged: string[] = [];
    const file = createWaitsFile(folder, { log: (_level, event) => void logged.push(event) });
    expect(await file.read()).toEqual([]);
    expect(logged).toHaveLength(1);
    await file.write([wait("a")]);
    expect(await file.read()).toEqual([wait("a")]);
  },
);
