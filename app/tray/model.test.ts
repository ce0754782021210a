import { describe, expect, it } from "vitest";
import { emptyState } from "../../tests/support/empty-state.ts";
import type { AppState } from "../contract/contract.ts";
import type { Amount } from "../quota/amount.ts";
import type { Failure } from "../quota/failure.ts";
import type { Meter } from "../quota/meter.ts";
import type { SourceState, SourceStatus } from "../quota/snapshot.ts";
import { createFormats } from "../wording/formats.ts";
import { createTranslator } from "../wording/translate.ts";
import { trayMenu } from "./menu.ts";
import { trayModel } from "./model.ts";

const NOW = Date.UTC(2026, 10, 20, 12);
const t = createTranslator("en", {});
const f = createFormats({ language: "en-US", timeZone: "UTC" });

function meter(remaining: Amount, limit: Amount = 1000, resetsAt: number | null = NOW + 3_600_000): Meter {
  return {
    id: "tokens",
    label: { key: "meter.tokens" },
    unit: { kind: "tokens" },
    limit,
    used: typeof remaining === "number" && typeof limit === "number" ? limit - remaining : "unknown",
    remaining,
    window: { kind: "rolling", lengthMs: 18_000_000, resetsAt, resetBasis: "reported" },
    scope: "key",
    confidence: "reported",
  };
}

const failure: Failure = { cause: "unreachable", detail: null, status: null, retryAt: null };
const fresh: SourceStatus = { state: "fresh" };

function source(label: string, meters: Meter[] | null, status: SourceStatus = fresh): SourceState {
  return {
    id: label.toLowerCase().slice(0, 20),
    kind: "neutral",
    label,
    baseUrl: "https://gateway.example",
    demo: false,
    muted: false,
    status,
    reading: meters === null ? null : { meters, account: null, notices: [] },
    fetchedAt: meters === null ? null : NOW - 60_000,
    polling: false,
    nextDueAt: null,
    dueReason: null,
    trace: [],
    linePercent: 20,
  };
}

function state(sources: SourceState[], demo: AppState["demo"] = "none"): AppState {
  return emptyState({ sources, demo });
}

const model = (given: AppState) => trayModel(given, NOW, f, t);

describe("trayModel", () => {
  it.each<[string, AppState, string, number | null]>([
    ["nothing configured", state([], "hidden"), "empty", null],
    ["the demo, even with a low source in it", state([source("A", [meter(10)])], "shown"), "demo", 1],
    ["all above the line", state([source("A", [meter(800)]), source("B", [meter(500)])]), "ok", 50],
    ["the tightest of several", state([source("A", [meter(999), meter(430)])]), "ok", 43],
    ["one at its line", state([source("A", [meter(200)]), source("B", [meter(900)])]), "low", 20],
    ["one with nothing left", state([source("A", [meter(0)]), source("B", [meter(900)])]), "used-up", 0],
    ["overdrawn", state([source("A", [meter(-50)])]), "used-up", 0],
    ["a sliver is not nothing", state([source("A", [meter(1, 100_000)])]), "low", 1],
    ["more than the limit", state([source("A", [meter(1500)])]), "ok", 100],
    [
      "trouble counts more than being fine",
      state([source("A", [meter(900)]), source("B", null, { state: "failed", failure, since: NOW })]),
      "trouble",
      90,
    ],
    [
      "trouble alone knows no level",
      state([source("B", null, { state: "failed", failure, since: NOW })]),
      "trouble",
      null,
    ],
    [
      "low counts more than trouble",
      state([source("A", [meter(100)]), source("B", null, { state: "failed", failure, since: NOW })]),
      "low",
      10,
    ],
    [
      "a gateway that says used up instead of figures",
      state([
        source("A", [meter(900)]),
        source("B", null, { state: "failed", failure: { ...failure, cause: "quota-used-up" }, since: NOW }),
      ]),
      "used-up",
      0,
    ],
    ["all paused", state([source("A", [meter(500)], { state: "paused" })]), "paused", null],
    [
      "a paused source does not set the level",
      state([source("A", [meter(100)], { state: "paused" }), source("B", [meter(700)])]),
      "ok",
      70,
    ],
    ["nothing read yet is not nothing left", state([source("A", null, { state: "loading" })]), "unknown", null],
    ["nothing told is not nothing left", state([source("A", [meter("unknown", "unknown")])]), "unknown", null],
    ["nothing that can run out", state([source("A", [meter("unlimited", "unlimited")])]), "ok", 100],
    [
      "a figure past its reset is not a level",
      state([source("A", [meter(0, 1000, NOW - 1)], { state: "awaiting-reset", since: NOW - 1 })]),
      "trouble",
      null,
    ],
  ])("%s", (_name, given, kind, fill) => {
    const { state: got, fill: level } = model(given);
    expect([got, level]).toEqual([kind, fill]);
  });

  it("says what is left per source, most urgent first", () => {
    const { lines, tooltip } = model(
      state([
        source("Work", [meter(900)]),
        source("Home", [meter(50)]),
        source("Lab", null, { state: "failed", failure, since: NOW }),
      ]),
    );
    expect(lines.map((line) => line.text)).toEqual([
      "Home: 5% · 50 left of 1,000 tokens",
      "Lab: The service cannot be reached",
      "Work: 90% · 900 left of 1,000 tokens",
    ]);
    expect(tooltip.split("\n")[0]).toBe("Plimsoll");
    expect(tooltip).toContain("Home: 5%");
  });

  it("marks the demo in tooltip and menu", () => {
    const { tooltip, notes } = model(state([source("A", [meter(500)])], "shown"));
    expect(tooltip).toContain("Demo figures");
    expect(notes).toEqual(["Demo figures"]);
  });

  it("says when there is nothing", () => {
    const { tooltip, notes } = model(state([]));
    expect(tooltip).toBe("Plimsoll\nNo sources yet");
    expect(notes).toEqual(["No sources yet"]);
  });

  it("stays short with many sources and long names", () => {
    const many = Array.from({ length: 40 }, (_, index) =>
      source(`\u{1F6A2}\nThe gateway of department number ${index} of the university`, [meter(500 + index)]),
    );
    const { tooltip, lines, notes } = model(state(many));
    expect(tooltip.length).toBeLessThanOrEqual(127);
    expect(lines).toHaveLength(8);
    expect(notes).toEqual(["32 more sources"]);
    for (const line of lines) {
      expect(line.text).not.toContain("\n");
      expect(line.text.length).toBeLessThanOrEqual(70);
    }
  });

  it("marks a stale figure as such", () => {
    const { lines } = model(state([source("A", [meter(500)], { state: "stale", failure, since: NOW })]));
    expect(lines[0]?.text).toBe("A: 50% · 500 left of 1,000 tokens · Not up to date");
  });
});

describe("trayMenu", () => {
  it("opens first and quits last, with the lines and notes between", () => {
    const menu = trayMenu(model(state([source("A", [meter(500)])], "shown")), t);
    expect(menu[0]).toEqual({ type: "action", action: "open", label: "Open Plimsoll" });
    expect(menu.at(-1)).toEqual({ type: "action", action: "quit", label: "Quit Plimsoll" });
    expect(menu.filter((item) => item.type === "source")).toEqual([
      { type: "source", sourceId: "a", label: "A: 50% · 500 left of 1,000 tokens" },
    ]);
    expect(menu.filter((item) => item.type === "note").map((item) => item.label)).toEqual(["Demo figures"]);
    expect(menu.flatMap((item) => (item.type === "action" ? [item.action] : []))).toEqual([
      "open",
      "refresh",
      "settings",
      "quit",
    ]);
  });
});
