import { describe, expect, it } from "vitest";
import type { Meter } from "./meter.ts";
import type { Reading } from "./reading.ts";
import { countedOnce, markSubjects, meterIdentity, sameThings } from "./same-thing.ts";
import { prepaidTotals } from "./totals.ts";

const marks = { of: (text: string) => `#${text}` };

function meter(id: string, change: Partial<Meter> = {}): Meter {
  return {
    id,
    label: { text: id },
    unit: { kind: "money", currency: "USD" },
    limit: "unknown",
    used: "unknown",
    remaining: 5_000_000,
    window: { kind: "balance" },
    scope: "account",
    confidence: "reported",
    ...change,
  };
}

function source(id: string, subjects: Reading["subjects"], meters: Meter[] = [], kind = "some") {
  const status = { state: "fresh" } as const;
  return { id, kind, label: id.toUpperCase(), status, reading: { account: null, notices: [], meters, subjects } };
}

describe("markSubjects", () => {
  it("tells equal keys and ids of one origin, and nothing of another", () => {
    const at = (origin: string, key: string, account: string) => markSubjects({ account }, origin, key, marks);
    expect(at("https://a", "k", "1")).toEqual(at("https://a", "k", "1"));
    expect(at("https://a", "k", "1").key).not.toBe(at("https://b", "k", "1").key);
    expect(at("https://a", "k", "1").account).not.toBe(at("https://a", "k", "2").account);
    // An account that happens to be called like the key is another thing.
    expect(at("https://a", "x", "x").key).not.toBe(at("https://a", "x", "x").account);
  });
});

describe("sameThings", () => {
  it("names the earlier source and by what the later is the same", () => {
    const sources = [
      source("a", { key: "k1", account: "acc" }),
      source("b", { key: "k1", account: "acc" }),
      source("c", { key: "k2", account: "acc" }),
      source("d", { key: "k3" }),
      source("e", undefined),
    ];
    expect([...sameThings(sources)]).toEqual([
      ["b", { id: "a", label: "A", by: "key", counted: true }],
      ["c", { id: "a", label: "A", by: "account", counted: true }],
    ]);
  });

  it("says of another kind with the same key that it is the same, and not that it counts once", () => {
    const [same] = sameThings([source("a", { key: "k" }), source("b", { key: "k" }, [], "other")]).values();
    expect(same).toEqual({ id: "a", label: "A", by: "key", counted: false });
  });

  it("does not take a key for an account with the same mark", () => {
    expect(sameThings([source("a", { key: "x" }), source("b", { account: "x" })]).size).toBe(0);
  });
});

describe("counting once", () => {
  const limit = meter("key-limit", { scope: "key", window: { kind: "lifetime" } });
  const two = [
    source("a", { key: "k1", account: "acc" }, [limit, meter("balance")]),
    source("b", { key: "k2", account: "acc" }, [limit, meter("balance")]),
  ];

  it("keeps the limits of two keys apart and the balance of their account together", () => {
    expect(countedOnce(two).map((counted) => `${counted.source.id} ${counted.meter.id}`)).toEqual([
      "a key-limit",
      "a balance",
      "b key-limit",
    ]);
    expect(prepaidTotals(two)).toEqual([{ currency: "USD", remaining: 5_000_000, balances: 1 }]);
  });

  it("counts the same key added twice once", () => {
    const twice = [source("a", { key: "k1" }, [meter("balance")]), source("b", { key: "k1" }, [meter("balance")])];
    expect(prepaidTotals(twice)).toEqual([{ currency: "USD", remaining: 5_000_000, balances: 1 }]);
  });

  it("counts what cannot be recognised each time, and different accounts each", () => {
    const apart = [
      source("a", undefined, [meter("balance")]),
      source("b", { account: "1" }, [meter("balance")]),
      source("c", { account: "2" }, [meter("balance", { remaining: -1_000_000 })]),
    ];
    expect(prepaidTotals(apart)).toEqual([{ currency: "USD", remaining: 9_000_000, balances: 3 }]);
  });

  it("never adds currencies, parts of a balance, unknown ones or those of paused sources", () => {
    const mixed = [
      source("a", { key: "1" }, [
        meter("balance"),
        meter("granted", { partOf: "balance" }),
        meter("other", { unit: { kind: "credits" } }),
        meter("silent", { remaining: "unknown" }),
      ]),
      source("b", { key: "2" }, [meter("balance", { unit: { kind: "money", currency: "CNY" } })]),
      { ...source("c", { key: "3" }, [meter("balance")]), status: { state: "paused" } as const },
    ];
    expect(prepaidTotals(mixed)).toEqual([
      { currency: "CNY", remaining: 5_000_000, balances: 1 },
      { currency: "USD", remaining: 5_000_000, balances: 1 },
    ]);
  });

  it("does not take meters of two kinds for one", () => {
    const key = { key: "k1" };
    expect(meterIdentity(source("a", key, [], "x"), limit)).not.toBe(meterIdentity(source("b", key, [], "y"), limit));
  });
});
