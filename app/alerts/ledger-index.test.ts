import { expect, it } from "vitest";
import { meterOf, START } from "../../tests/support/alert-rig.ts";
import type { LedgerEntry } from "./ledger.ts";
import { createLedgerIndex } from "./ledger-index.ts";

const DAY = 86_400_000;
const entry = (change: Partial<LedgerEntry> = {}): LedgerEntry => ({
  sourceId: "s",
  meterId: "m",
  rule: "percent-left",
  resetsAt: null,
  level: 20,
  firedAt: START,
  remaining: 18,
  told: 20,
  pending: null,
  recoveringSince: null,
  ...change,
});

it("finds entries by source, meter and rule, and gives all of them back", () => {
  const entries = [
    entry(),
    entry({ rule: "runway" }),
    entry({ meterId: null, rule: "failing" }),
    entry({ sourceId: "t" }),
  ];
  const index = createLedgerIndex(entries);
  expect([...index.of("s", "m").keys()]).toEqual(["percent-left", "runway"]);
  expect(index.of("s", null).get("failing")).toBe(entries[2]);
  expect(index.of("u", "m").size).toBe(0);
  expect(new Set(index.all())).toEqual(new Set(entries));
});

it("knows what waits", () => {
  const index = createLedgerIndex([entry(), entry({ sourceId: "t", pending: "snoozed" })]);
  expect(index.waiting().map(({ sourceId }) => sourceId)).toEqual(["t"]);
  index.put(entry({ sourceId: "t" }), entry({ sourceId: "t" }));
  index.put(entry(), entry({ pending: "moment" }));
  expect(index.waiting().map(({ sourceId }) => sourceId)).toEqual(["s"]);
  index.put(entry(), null);
  expect(index.waiting()).toEqual([]);
  expect(index.all()).toHaveLength(1);
});

it("forgets a meter that is told no more only long after its window, or without one long after it fired", () => {
  const gone = [
    entry({ meterId: "window", resetsAt: START }),
    entry({ meterId: "balance" }),
    entry({ meterId: null, rule: "failing" }),
  ];
  const index = createLedgerIndex([entry(), ...gone]);
  const reading = { sourceId: "s", meters: [meterOf(50, { id: "m" })] };
  const left = () => index.all().map(({ meterId }) => meterId);
  expect(index.prune(reading, START + 6 * DAY)).toBe(false);
  expect(index.prune(reading, START + 8 * DAY)).toBe(true);
  expect(left()).toEqual(["m", "balance", null]);
  expect(index.prune(reading, START + 91 * DAY)).toBe(true);
  expect(left()).toEqual(["m", null]);
});

it("keeps the newest of more names than a gateway has meters", () => {
  const index = createLedgerIndex(
    Array.from({ length: 1_000 }, (_, n) => entry({ meterId: `m${n}`, firedAt: START + n })),
  );
  index.prune({ sourceId: "s", meters: [meterOf(50, { id: "m0" })] }, START);
  expect(index.all()).toHaveLength(400);
  expect(index.of("s", "m0").size).toBe(1);
  expect(index.of("s", "m999").size).toBe(1);
});
