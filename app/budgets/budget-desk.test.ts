import { beforeEach, describe, expect, it } from "vitest";
import { createVirtualClock, type VirtualClock } from "../../tests/engine/virtual-clock.ts";
import { DAY, HOUR, MINUTE, USD, usedMeter } from "../../tests/support/spend-readings.ts";
import type { SpendStore } from "../ports.ts";
import type { Reading } from "../quota/reading.ts";
import type { SourceState } from "../quota/snapshot.ts";
import { DEFAULT_PREFERENCES, SOURCE_DEFAULTS, type SourceConfig } from "../settings/schema.ts";
import type { Budget } from "./budget.ts";
import { type BudgetDesk, type BudgetStanding, createBudgetDesk } from "./budget-desk.ts";
import { EMPTY_BOOK, type SpendBook, spendBookSchema } from "./spend-book.ts";

const START = Date.parse("2026-11-20T12:00:00Z");

const budget = (change: Partial<Budget> = {}): Budget => ({
  id: "b1",
  label: "A day",
  period: "day",
  unit: USD,
  limit: 20,
  scope: { type: "all" },
  rates: {},
  thresholds: null,
  muted: false,
  ...change,
});

const config = (id: string, change: Partial<SourceConfig> = {}): SourceConfig => ({
  id,
  kind: "neutral",
  label: `Gateway ${id}`,
  baseUrl: "https://llm.example.org",
  allowPlainHttp: false,
  credential: { type: "env", name: "KEY" },
  secrets: {},
  options: {},
  ...SOURCE_DEFAULTS,
  ...change,
});

/** A desk with a disk in memory that a second desk may find as the first one left it. */
class Host {
  readonly clock: VirtualClock = createVirtualClock(START);
  readonly logged: string[] = [];
  readonly writes: SpendBook[] = [];
  disk: string | null = null;
  failing = false;
  changes = 0;
  standings: BudgetStanding[] = [];
  sources: SourceState[] = [];
  configs: SourceConfig[] = [config("a")];
  desk: BudgetDesk = this.open();

  open(automatic = true): BudgetDesk {
    const store: SpendStore = {
      read: async () => (this.disk === null ? EMPTY_BOOK : spendBookSchema.parse(JSON.parse(this.disk))),
      write: async (book) => {
        if (this.failing) throw new Error("disk full");
        this.writes.push(book);
        this.disk = JSON.stringify(book);
      },
    };
    this.desk = createBudgetDesk({
      clock: this.clock,
      store,
      logger: { log: (_level, event) => this.logged.push(event) },
      automatic,
      localZone: () => "UTC",
      sources: () => this.sources,
      onChange: () => {
        this.changes += 1;
      },
      onReading: (standings) => this.standings.push(...standings),
    });
    return this.desk;
  }

  configure(budgets: readonly Budget[]): void {
    this.desk.configure({ budgets, sources: this.configs, preferences: DEFAULT_PREFERENCES });
  }

  read(
    used: number,
    change: { id?: string; epoch?: number; demo?: boolean; subjects?: Reading["subjects"] } = {},
  ): void {
    const { id = "a", epoch = 0, demo = false, subjects } = change;
    const found = this.configs.find((one) => one.id === id) ?? config(id);
    this.desk.take({
      config: found,
      epoch,
      demo,
      fetchedAt: this.clock.now(),
      reading: { meters: [usedMeter(used * 1_000_000)], account: null, notices: [], ...(subjects && { subjects }) },
    });
  }

  used(): unknown {
    const [state] = this.desk.states();
    const used = state?.reading?.meters[0]?.used;
    return typeof used === "number" ? used / 1_000_000 : used;
  }
}

let host: Host;
beforeEach(async () => {
  host = new Host();
  host.configure([budget()]);
  await host.desk.load();
});

describe("the desk of the budgets", () => {
  it("counts each reading and says which budgets to judge", async () => {
    host.read(100);
    await host.clock.advance(HOUR);
    host.read(107);
    expect(host.used()).toBe(7);
    expect(host.standings.map(({ budget: { id }, state }) => [id, state.reading?.meters[0]?.used])).toEqual([
      ["b1", 0],
      ["b1", 7_000_000],
    ]);
    host.configure([budget({ scope: { type: "source", sourceId: "other" } })]);
    host.standings = [];
    host.read(110);
    expect(host.standings).toEqual([]);
  });

  it("knows what was spent before there was a budget", async () => {
    host.configure([]);
    host.read(0);
    await host.clock.advance(HOUR);
    host.read(9);
    expect(host.desk.states()).toEqual([]);
    host.configure([budget()]);
    expect(host.used()).toBe(9);
  });

  it("keeps the objects of what did not change", async () => {
    host.configure([budget(), budget({ id: "b2", scope: { type: "source", sourceId: "b" } })]);
    host.read(0);
    const before = host.desk.states();
    expect(host.desk.states()).toBe(before);
    await host.clock.advance(MINUTE);
    host.read(3);
    const after = host.desk.states();
    expect(after[0]).not.toBe(before[0]);
    expect(after[1]).toBe(before[1]);
    host.configure([budget(), budget({ id: "b2", scope: { type: "source", sourceId: "b" } })]);
    expect(host.desk.states()[0]).toBe(after[0]);
  });

  it("begins a new day at midnight, without any reading", async () => {
    host.read(0);
    await host.clock.advance(HOUR);
    host.read(7);
    const { changes } = host;
    await host.clock.advanceTo(Date.parse("2026-11-21T00:00:01Z"));
    expect(host.changes).toBeGreaterThan(changes);
    expect(host.used()).toBe("unknown");
    expect(host.desk.states()[0]?.reading?.meters[0]?.window).toMatchObject({
      resetsAt: Date.parse("2026-11-22T00:00:00Z"),
    });
    host.read(8);
    expect(host.used()).toBeGreaterThanOrEqual(0);
    // And the day after, too.
    await host.clock.advance(DAY);
    expect(host.used()).toBe("unknown");
  });

  it("runs no timer where there is no budget and nothing to save", async () => {
    await host.clock.advance(MINUTE);
    expect(host.clock.pendingTimers()).toBe(1);
    host.configure([]);
    expect(host.clock.pendingTimers()).toBe(0);
  });

  it("shows nothing while the demo is shown, and counts nothing of it", () => {
    host.read(5, { demo: true });
    expect(host.used()).toBe("unknown");
    host.read(5);
    const [state] = host.desk.states();
    if (state === undefined) throw new Error("no budget");
    host.sources = [{ ...state, id: "demo-1", demo: true }];
    expect(host.desk.states()).toEqual([]);
  });

  it("shows nothing where there is no gateway: nobody has begun yet", () => {
    host.configs = [];
    host.configure([budget()]);
    expect(host.desk.states()).toEqual([]);
  });

  it("counts one key in two sources once, before and after a restart", async () => {
    host.configs = [config("a"), config("b")];
    host.configure([budget()]);
    const both = (used: number, mark: string) => {
      host.read(used, { id: "a", subjects: { key: mark } });
      host.read(used, { id: "b", subjects: { key: mark } });
    };
    both(0, "first run");
    await host.clock.advance(HOUR);
    both(6, "first run");
    expect(host.used()).toBe(6);
    await host.desk.stop();
    host.open();
    host.configure([budget()]);
    await host.desk.load();
    expect(host.used()).toBe(6);
    host.read(7, { id: "b", subjects: { key: "second run" } });
    // "a" was not read yet, but both are one.
    expect(host.used()).toBe(7);
    host.read(7, { id: "a", subjects: { key: "second run" } });
    expect(host.used()).toBe(7);
  });

  it("counts no step from one key to another, and forgets what another gateway told", async () => {
    host.read(100);
    await host.clock.advance(HOUR);
    host.read(105);
    host.read(900, { epoch: 1 });
    expect(host.used()).toBe(5);
    await host.clock.advance(HOUR);
    host.read(901, { epoch: 1 });
    expect(host.used()).toBe(6);
    host.configs = [config("a", { baseUrl: "https://other.example.org" })];
    host.configure([budget()]);
    host.read(50, { epoch: 2 });
    expect(host.used()).toBe(0);
  });
});

describe("what the desk writes", () => {
  it("is written a second after a change, once for many, and at the end", async () => {
    for (let n = 0; n < 20; n += 1) host.read(n);
    expect(host.writes).toHaveLength(0);
    await host.clock.advance(999);
    expect(host.writes).toHaveLength(0);
    await host.clock.advance(1);
    expect(host.writes).toHaveLength(1);
    host.read(30);
    await host.desk.stop();
    expect(host.writes).toHaveLength(2);
    await host.desk.stop();
    await host.clock.advance(HOUR);
    expect(host.writes).toHaveLength(2);
  });

  it("is as good after a crash as before it: the counters catch up", async () => {
    host.read(0);
    await host.clock.advance(5_000);
    host.read(4);
    // Killed before it could write that.
    host.open();
    host.configure([budget()]);
    await host.desk.load();
    expect(host.used()).toBe(0);
    await host.clock.advance(MINUTE);
    host.read(6);
    expect(host.used()).toBe(6);
  });

  it("is tried again when the disk refuses", async () => {
    host.failing = true;
    host.read(1);
    await host.clock.advance(2_000);
    expect(host.logged).toContain("spend-not-saved");
    host.failing = false;
    host.read(2);
    await host.clock.advance(1_000);
    expect(host.writes).toHaveLength(1);
    host.failing = true;
    host.read(3);
    await expect(host.desk.stop()).resolves.toBeUndefined();
  });

  it("is written now and then where there is no budget", async () => {
    host.configure([]);
    host.read(1);
    await host.clock.advance(5_000);
    expect(host.writes).toHaveLength(0);
    await host.clock.advance(MINUTE);
    expect(host.writes).toHaveLength(1);
  });

  it("is written by a command that ends at once only where there is a budget", async () => {
    for (const [budgets, writes] of [
      [[], 0],
      [[budget()], 1],
    ] as const) {
      host.open(false);
      host.writes.length = 0;
      host.configure(budgets);
      await host.desk.load();
      host.read(1);
      expect(host.clock.pendingTimers()).toBe(1);
      await host.desk.stop();
      expect(host.writes).toHaveLength(writes);
    }
  });

  it("does not overtake what was there: readings wait for the book", async () => {
    host.read(10);
    await host.clock.advance(2_000);
    host.open();
    host.configure([budget()]);
    await host.clock.advance(HOUR);
    host.read(14);
    await host.desk.load();
    expect(host.used()).toBe(4);
  });

  it("forgets sources that are gone", async () => {
    host.read(1);
    host.read(1, { id: "b" });
    host.desk.keepOnly(new Set(["b"]));
    await host.clock.advance(2_000);
    expect(Object.keys(host.writes.at(-1)?.sources ?? {})).toEqual(["b"]);
  });
});
