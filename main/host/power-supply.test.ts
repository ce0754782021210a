import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createPowerSupply, readOnBattery } from "./power-supply.ts";

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "plimsoll-power-"));
});
afterEach(() => rm(root, { recursive: true }));

type Supplies = Readonly<Record<string, Readonly<Record<string, string>>>>;

async function put(supplies: Supplies): Promise<void> {
  for (const [name, fields] of Object.entries(supplies)) {
    await mkdir(join(root, name), { recursive: true });
    for (const [field, text] of Object.entries(fields)) await writeFile(join(root, name, field), `${text}\n`);
  }
}
const battery = (status: string) => ({ type: "Battery", status });

test.each<[string, Supplies, boolean]>([
  ["a computer without a battery", { AC: { type: "Mains", online: "1" } }, false],
  ["one that is plugged in", { AC: { type: "Mains", online: "1" }, BAT0: battery("Charging") }, false],
  ["one that is not", { AC: { type: "Mains", online: "0" }, BAT0: battery("Discharging") }, true],
  [
    "one that is plugged in by USB",
    { ACAD: { type: "Mains", online: "0" }, ucsi: { type: "USB", online: "1" }, BAT1: battery("Full") },
    false,
  ],
  ["one that lists no adapter", { battery: battery("Discharging") }, true],
  ["one that lists none and is full", { battery: battery("Full") }, false],
  ["one whose mouse alone has a battery", { hid: { ...battery("Discharging"), scope: "Device" } }, false],
  ["one that tells nothing", {}, false],
])("%s is on battery: %#", async (_name, supplies, expected) => {
  await put(supplies);
  expect(await readOnBattery(root)).toBe(expected);
});

test("is looked at when asked, once a minute, and never waited for", async () => {
  await put({ AC: { type: "Mains", online: "0" }, BAT0: battery("Discharging") });
  let now = 0;
  const isOnBattery = createPowerSupply({ root, platform: "linux", now: () => now });
  expect(isOnBattery()).toBe(false);
  await vi.waitFor(() => expect(isOnBattery()).toBe(true));
  await put({ AC: { type: "Mains", online: "1" } });
  now = 59_999;
  expect(isOnBattery()).toBe(true);
  now = 60_000;
  await vi.waitFor(() => expect(isOnBattery()).toBe(false));
  await rm(root, { recursive: true });
  now = 120_000;
  await vi.waitFor(() => expect(isOnBattery()).toBe(false));
  await mkdir(root);
});

test("says nothing where only Linux could tell", () => {
  expect(createPowerSupply({ root, platform: "win32" })()).toBe(false);
});
