import stringWidth from "string-width";
import { describe, expect, it } from "vitest";
import type { AppState } from "../../app/contract/contract.ts";
import type { Meter } from "../../app/quota/meter.ts";
import type { SourceState } from "../../app/quota/snapshot.ts";
import { createFormats } from "../../app/wording/formats.ts";
import { createTranslator } from "../../app/wording/translate.ts";
import { emptyState } from "../../tests/support/empty-state.ts";
import { exitCode } from "./status.ts";
import { statusJson } from "./status-json.ts";
import { statusTable } from "./status-table.ts";

const NOW = Date.parse("2026-11-20T12:00:00Z");
const t = createTranslator("en", {});
const wording = { t, f: createFormats({ language: "en", timeZone: "UTC" }) };

const meter: Meter = {
  id: "cost",
  label: { key: "meter.cost" },
  unit: { kind: "money", currency: "USD" },
  limit: 40_000_000,
  used: 11_750_000,
  remaining: 28_250_000,
  window: { kind: "calendar", period: "month", timeZone: "UTC", resetsAt: NOW + 86_400_000, resetBasis: "derived" },
  scope: "key",
  confidence: "reported",
};
const source = (change: Partial<SourceState> = {}, meters: Meter[] = [meter]): SourceState => ({
  id: "one",
  kind: "neutral",
  kindName: "Neutral gateway",
  label: "Team gateway",
  baseUrl: "https://llm.example.org",
  demo: false,
  muted: false,
  status: { state: "fresh" },
  reading: { meters, account: null, notices: [] },
  fetchedAt: NOW,
  polling: false,
  nextDueAt: null,
  dueReason: null,
  trace: [],
  linePercent: 20,
  ...change,
});
const state = (sources: SourceState[], demo: AppState["demo"] = "none"): AppState => emptyState({ sources, demo });
const failed = (): SourceState =>
  source({
    reading: null,
    fetchedAt: null,
    status: {
      state: "failed",
      since: NOW,
      failure: { cause: "server-error", detail: null, status: 502, retryAt: null },
    },
  });

describe("statusJson", () => {
  it("gives money in major units, times in UTC, and every documented field", () => {
    expect(statusJson(state([source()]), NOW)).toEqual({
      schemaVersion: 1,
      at: "2026-11-20T12:00:00.000Z",
      sources: [
        {
          id: "one",
          kind: "neutral",
          label: "Team gateway",
          demo: false,
          state: "fresh",
          cause: null,
          fetchedAt: "2026-11-20T12:00:00.000Z",
          sameAs: null,
          meters: [
            {
              id: "cost",
              label: "Spend",
              unit: "money",
              currency: "USD",
              limit: 40,
              used: 11.75,
              remaining: 28.25,
              percentRemaining: 70.63,
              resetsAt: "2026-11-21T12:00:00.000Z",
              refillsAt: null,
              window: "month",
              scope: "key",
              confidence: "reported",
            },
          ],
        },
      ],
      prepaid: [],
    });
  });

  it("counts an account that two sources read once, and says so in both forms", () => {
    const balance: Meter = { ...meter, id: "balance", limit: "unknown", scope: "account", window: { kind: "balance" } };
    const reading = (account: string) => ({ account: null, notices: [], meters: [balance], subjects: { account } });
    const both = state([
      source({ reading: reading("one") }),
      source({ id: "two", label: "Second key", reading: reading("one") }),
      source({ id: "three", label: "Another account", reading: reading("other") }),
    ]);
    const json = statusJson(both, NOW);
    expect(json.sources.map(({ sameAs }) => sameAs)).toEqual([null, { id: "one", by: "account" }, null]);
    expect(json.prepaid).toEqual([{ currency: "USD", remaining: 56.5, balances: 2 }]);
    const table = statusTable(both, NOW, wording, 80);
    expect(table).toContain("Same account as Team gateway; counted once.");
    expect(table).toContain("Prepaid in all: $56.50");
  });

  it("tells unlimited and unknown apart", () => {
    const odd: Meter = {
      ...meter,
      unit: { kind: "tokens" },
      limit: "unlimited",
      used: "unknown",
      remaining: "unlimited",
    };
    const [row] = statusJson(state([source({}, [odd])]), NOW).sources;
    expect(row?.meters[0]).toMatchObject({
      currency: null,
      limit: "unlimited",
      used: null,
      remaining: "unlimited",
      percentRemaining: "unlimited",
    });
  });

  it("names the cause", () => {
    const [row] = statusJson(state([failed()]), NOW).sources;
    expect(row).toMatchObject({ state: "failed", cause: "server-error", fetchedAt: null, meters: [] });
  });
});

describe("exitCode", () => {
  const low = source({}, [{ ...meter, remaining: 8_000_000 }]);
  it.each([
    [0, []],
    [0, [source()]],
    [3, [source(), low]],
    [4, [source(), failed()]],
    [3, [failed(), low]],
    [4, [source({ status: { state: "needs-key", reason: "env-not-set", detail: null } })]],
    [0, [source({ status: { state: "paused" } }, [{ ...meter, remaining: 0 }])]],
  ])("is %d", (expected, sources) => {
    expect(exitCode(state(sources), NOW)).toBe(expected);
  });
});

describe("exitCode with a settings file in trouble", () => {
  it.each([
    [4, { type: "corrupt", keptAt: "/x" }],
    [4, { type: "source", index: 0, label: null, detail: "x" }],
    [0, { type: "field", field: "x", detail: "x" }],
    [0, { type: "unwritable", detail: "x" }],
  ] as const)("is %d", (expected, problem) => {
    expect(exitCode({ ...state([source()]), settingsProblems: [problem] }, NOW)).toBe(expected);
  });
});

describe("statusTable", () => {
  const crowded = state(
    [
      source({ label: "A gateway with a name that goes on and on, well past what fits into one line of a terminal" }),
      source({ id: "two", label: "研究室ゲートウェイ" }, [
        meter,
        { ...meter, id: "t", label: { text: "Tokens for the premium models of this plan" }, unit: { kind: "tokens" } },
        { ...meter, id: "b", window: { kind: "balance" }, limit: "unknown" },
      ]),
      failed(),
    ],
    "shown",
  );

  it.each([40, 60, 80, 120])("never exceeds %d columns", (width) => {
    const lines = statusTable(crowded, NOW, wording, width).split("\n");
    for (const line of lines) expect(stringWidth(line), line).toBeLessThanOrEqual(width);
  });

  it("says what is left, the line, the reset, the cause and the next step", () => {
    const text = statusTable(crowded, NOW, wording, 100);
    expect(text).toContain("Demo figures");
    expect(text).toContain("$28.25 left of $40.00");
    expect(text).toMatch(/██┊█████···/);
    expect(text).toMatch(/resets in 1 day, Sat/);
    expect(text).toContain("The service has an error of its own (HTTP 502)");
    expect(text).toContain("tries again by itself");
  });

  it("says how to begin when there is nothing", () => {
    expect(statusTable(state([]), NOW, wording, 80)).toContain("plimsoll source add");
  });
});
