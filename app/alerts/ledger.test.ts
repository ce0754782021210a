import { describe, expect, it } from "vitest";
import { ledgerFile, parseLedgerFile } from "./ledger.ts";

describe("parseLedgerFile", () => {
  it("takes everything in a file of version 1 for told", () => {
    const entries = [{ sourceId: "s", meterId: "m", resetsAt: 7, lowestFired: 5, firedAt: 3 }];
    expect(parseLedgerFile({ version: 1, entries })).toEqual({
      snoozes: [],
      entries: [
        {
          sourceId: "s",
          meterId: "m",
          rule: "percent-left",
          resetsAt: 7,
          level: 5,
          firedAt: 3,
          remaining: null,
          told: 5,
          pending: null,
          recoveringSince: null,
        },
      ],
    });
  });
  it("reads what it writes", () => {
    const ledger = { entries: [], snoozes: [{ sourceId: null, meterId: null, until: 5 }] };
    expect(parseLedgerFile(JSON.parse(JSON.stringify(ledgerFile(ledger))))).toEqual(ledger);
  });
  it.each([
    undefined,
    null,
    [],
    { version: 3, entries: [], snoozes: [] },
    { version: 2, entries: [{}], snoozes: [] },
    { version: 2, entries: [] },
  ])("cannot use %j", (content) => {
    expect(parseLedgerFile(content)).toBeNull();
  });
});
