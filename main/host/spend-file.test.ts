import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { EMPTY_BOOK, type SpendBook } from "../../app/budgets/spend-book.ts";
import { withReading } from "../../app/budgets/take-reading.ts";
import type { Logger } from "../../app/ports.ts";
import { balanceMeter, HOUR, reading, usedMeter } from "../../tests/support/spend-readings.ts";
import { createSpendFile } from "./spend-file.ts";

let root: string;
let logged: string[];
const logger: Logger = { log: (_level, event) => logged.push(event) };
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "plimsoll-spend-"));
  logged = [];
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

/** A book with something in each of its places. */
function book(spent: number): SpendBook {
  const readings = [0, 30 * HOUR].map((later, index) =>
    reading(1_760_000_000_000 + later, [usedMeter(index * spent), balanceMeter(100 - index * spent)], {
      holders: { key: "a", account: "a" },
    }),
  );
  return readings.reduce((all, one) => withReading(all, one, "UTC"), EMPTY_BOOK);
}

test("what was written is read by the next process", async () => {
  const profile = join(root, "not-there-yet");
  await createSpendFile(profile, logger).write(book(7));
  expect(await createSpendFile(profile, logger).read()).toEqual(book(7));
  expect(statSync(join(profile, "spend.json")).mode & 0o777).toBe(0o600);
  expect(readdirSync(profile)).toEqual(["spend.json"]);
});

test("a missing file is empty, without a word", async () => {
  expect(await createSpendFile(root, logger).read()).toEqual(EMPTY_BOOK);
  expect(logged).toEqual([]);
});

test.each([
  "",
  '{"version":1,"sources":{"a',
  "[]",
  '{"version":1}',
  '{"version":1,"sources":{"a":{"reads":1}}}',
  '{"version":9,"sources":{}}',
])("a broken file (%j) is kept aside and reads as empty", async (text) => {
  writeFileSync(join(root, "spend.json"), text);
  expect(await createSpendFile(root, logger).read()).toEqual(EMPTY_BOOK);
  const names = readdirSync(root);
  expect(names).toEqual([expect.stringMatching(/^spend\.corrupt-.*\.json$/)]);
  expect(names.map((name) => readFileSync(join(root, name), "utf8"))).toEqual([text]);
  expect(logged).toEqual(["spend-corrupt"]);
});

test("a negative amount was not written by us", async () => {
  const text = JSON.stringify({ version: 1, ...book(7) }).replace(/"days":\{"([^"]+)":\d+/, '"days":{"$1":-5');
  expect(text).toContain(":-5");
  writeFileSync(join(root, "spend.json"), text);
  expect(await createSpendFile(root, logger).read()).toEqual(EMPTY_BOOK);
  expect(logged).toEqual(["spend-corrupt"]);
});

test("writes at once end with the last one, and each promise means that it is on disk", async () => {
  const file = createSpendFile(root, logger);
  const writes = Array.from({ length: 50 }, (_, n) => file.write(book(n)));
  await writes.at(-1);
  expect(await createSpendFile(root, logger).read()).toEqual(book(49));
  await Promise.all(writes);
  expect(readdirSync(root)).toEqual(["spend.json"]);
});

test("a profile that cannot be written rejects and leaves no debris", async () => {
  writeFileSync(join(root, "file"), "");
  await expect(createSpendFile(join(root, "file"), logger).write(EMPTY_BOOK)).rejects.toMatchObject({
    code: expect.stringMatching(/^E/),
  });
  expect(readdirSync(root)).toEqual(["file"]);
});
