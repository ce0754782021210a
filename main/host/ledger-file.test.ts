import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { AlertLedger } from "../../app/alerts/ledger.ts";
import type { Logger } from "../../app/ports.ts";
import { createLedgerFile } from "./ledger-file.ts";

let root: string;
let logged: string[];
const logger: Logger = { log: (_level, event) => logged.push(event) };
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "plimsoll-ledger-"));
  logged = [];
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

const FIRED_AT = 1_700_000_000_000;
const ledgerOf = (level: number): AlertLedger => ({
  entries: [
    {
      sourceId: "s",
      meterId: "m",
      rule: "percent-left",
      resetsAt: null,
      level,
      firedAt: FIRED_AT,
      remaining: null,
      told: level,
      pending: null,
      recoveringSince: null,
    },
  ],
  snoozes: [{ sourceId: "s", meterId: null, until: FIRED_AT }],
});
const empty: AlertLedger = { entries: [], snoozes: [] };

test("what was written is read by the next process", async () => {
  const profile = join(root, "not-there-yet");
  await createLedgerFile(profile, logger).write(ledgerOf(10));
  expect(await createLedgerFile(profile, logger).read()).toEqual(ledgerOf(10));
  expect(statSync(join(profile, "alerts.json")).mode & 0o777).toBe(0o600);
  expect(readdirSync(profile)).toEqual(["alerts.json"]);
});

test("a missing file is empty, without a word", async () => {
  expect(await createLedgerFile(root, logger).read()).toEqual(empty);
  expect(logged).toEqual([]);
});

test("a file of version 1 is read as what was told", async () => {
  const entry = { sourceId: "s", meterId: "m", resetsAt: null, lowestFired: 10, firedAt: FIRED_AT };
  writeFileSync(join(root, "alerts.json"), JSON.stringify({ version: 1, entries: [entry] }));
  expect(await createLedgerFile(root, logger).read()).toEqual({ entries: ledgerOf(10).entries, snoozes: [] });
  expect(logged).toEqual([]);
});

test.each(["", '{"version":1,"entries":[{"sour', "[]", '{"version":1,"entries":[{"sourceId":1}]}', '{"version":9}'])(
  "a broken file (%j) is kept aside and reads as empty",
  async (text) => {
    writeFileSync(join(root, "alerts.json"), text);
    expect(await createLedgerFile(root, logger).read()).toEqual(empty);
    const names = readdirSync(root);
    expect(names).toEqual([expect.stringMatching(/^alerts\.corrupt-.*\.json$/)]);
    expect(names.map((name) => readFileSync(join(root, name), "utf8"))).toEqual([text]);
    expect(logged).toEqual(["alert-ledger-corrupt"]);
  },
);

test("writes at once end with the last one, and each promise means that it is on disk", async () => {
  const ledger = createLedgerFile(root, logger);
  const writes = Array.from({ length: 50 }, (_, n) => ledger.write(ledgerOf(n)));
  await writes.at(-1);
  expect(await createLedgerFile(root, logger).read()).toEqual(ledgerOf(49));
  await Promise.all(writes);
  expect(readdirSync(root)).toEqual(["alerts.json"]);
});

test("a profile that cannot be written rejects and leaves no debris", async () => {
  writeFileSync(join(root, "file"), "");
  await expect(createLedgerFile(join(root, "file"), logger).write(empty)).rejects.toMatchObject({
    code: expect.stringMatching(/^E/),
  });
  expect(readdirSync(root)).toEqual(["file"]);
});
