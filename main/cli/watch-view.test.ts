import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import type { AppState } from "../../app/contract/contract.ts";
import type { Meter } from "../../app/quota/meter.ts";
import type { SourceState } from "../../app/quota/snapshot.ts";
import { createFormats } from "../../app/wording/formats.ts";
import { createTranslator } from "../../app/wording/translate.ts";
import { emptyState } from "../../tests/support/empty-state.ts";
import { delivery, sampleAlert } from "../../tests/support/sample-alerts.ts";
import { createLiveBlock } from "./live-block.ts";
import { createJsonView, createLineView, createTableView } from "./watch-view.ts";

const NOW = Date.parse("2026-11-20T12:00:00Z");
const wording = { t: createTranslator("en", {}), f: createFormats({ language: "en", timeZone: "UTC" }) };

/** A terminal as far as the live block uses one: wraps, scrolls, moves up, clears to the end. */
function terminal(columns: number, rows: number) {
  let lines = [""];
  let row = 0;
  let column = 0;
  let bells = 0;
  const put = (character: string): void => {
    if (column === screen.columns) {
      row += 1;
      column = 0;
      lines[row] ??= "";
    }
    lines[row] = (lines[row] ?? "").slice(0, column).padEnd(column) + character;
    column += 1;
  };
  const screen = {
    columns,
    rows,
    write(text: string) {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what a terminal gets.
      for (const [part] of text.matchAll(/\x1b\[[?\d]*[A-Za-z]|[\s\S]/gu)) {
        // biome-ignore lint/suspicious/noControlCharactersInRegex: as above.
        const up = /^\x1b\[(\d+)A$/.exec(part)?.[1];
        if (part === "\r") column = 0;
        else if (part === "\n") {
          row += 1;
          column = 0;
          lines[row] ??= "";
        } else if (part === "\x07") bells += 1;
        else if (up !== undefined) row = Math.max(lines.length - screen.rows, 0, row - Number(up));
        else if (part === "\x1b[J") lines = [...lines.slice(0, row), (lines[row] ?? "").slice(0, column)];
        else if (!part.startsWith("\x1b")) put(part);
      }
    },
    /** Everything, what scrolled off the top first. */
    all: () => lines.slice(0, -1),
    bells: () => bells,
  };
  return screen;
}

const meter = (remaining: number): Meter => ({
  id: "cost",
  label: { key: "meter.cost" },
  unit: { kind: "money", currency: "USD" },
  limit: 40_000_000,
  used: 40_000_000 - remaining,
  remaining,
  window: { kind: "period", resetsAt: NOW + 90 * 60_000, resetBasis: "reported" },
  scope: "key",
  confidence: "reported",
});
const source = (change: Partial<SourceState> = {}, remaining = 28_250_000): SourceState => ({
  id: "one",
  kind: "neutral",
  kindName: "Neutral gateway",
  label: "Team gateway",
  baseUrl: "https://llm.example.org",
  demo: false,
  muted: false,
  status: { state: "fresh" },
  reading: { meters: [meter(remaining)], account: null, notices: [] },
  fetchedAt: NOW,
  polling: false,
  nextDueAt: null,
  dueReason: null,
  trace: [],
  linePercent: 20,
  ...change,
});
const state = (...sources: SourceState[]): AppState => emptyState({ sources });
const failed = source({
  status: { state: "failed", failure: { cause: "timed-out", detail: null, status: null, retryAt: null }, since: NOW },
  reading: null,
});
const loading = source({ id: "two", label: "Second", status: { state: "loading" }, reading: null, fetchedAt: null });

describe("a live block", () => {
  it("is drawn in its own place, below what was printed", () => {
    const screen = terminal(40, 10);
    const block = createLiveBlock(screen);
    screen.write("$ plimsoll watch\n");
    block.show(["one", "two", "three"]);
    block.show(["ONE"]);
    block.print(["an alert"]);
    block.show(["uno", "dos"]);
    expect(screen.all()).toEqual(["$ plimsoll watch", "an alert", "uno", "dos"]);
  });

  it("takes no more than the terminal's height, and says how much more there is", () => {
    const screen = terminal(40, 4);
    const block = createLiveBlock(screen);
    for (let round = 0; round < 3; round += 1) block.show(["1", "2", "3", "4", "5"]);
    expect(screen.all()).toEqual(["1", "2", "… 3 more lines"]);
  });

  it("leaves nothing of itself behind, whatever is drawn and printed", () => {
    const line = fc.string({ unit: "grapheme-ascii", maxLength: 25 });
    const action = fc.record({ print: fc.boolean(), lines: fc.array(line, { maxLength: 12 }) });
    fc.assert(
      fc.property(fc.array(action, { maxLength: 12 }), fc.integer({ min: 3, max: 12 }), (actions, rows) => {
        const screen = terminal(30, rows);
        const block = createLiveBlock(screen);
        const printed: string[] = [];
        let shown: readonly string[] = [];
        for (const { print, lines } of actions) {
          if (print) {
            block.print(lines);
            printed.push(...lines);
          } else {
            block.show(lines);
            shown = lines;
          }
        }
        const visible =
          shown.length < rows ? shown : [...shown.slice(0, rows - 2), `… ${shown.length - rows + 2} more lines`];
        expect(screen.all()).toEqual([...printed, ...visible]);
      }),
    );
  });

  it("finds its beginning also where a narrower terminal has wrapped it", () => {
    const screen = terminal(10, 20);
    const block = createLiveBlock(screen);
    screen.write("before\n");
    block.show(["0123456789abcdef", "x"]);
    block.show(["short"]);
    expect(screen.all()).toEqual(["before", "short"]);
  });
});

describe("the table", () => {
  it("is drawn anew when it says something else, with alerts above it and a bell", () => {
    const screen = terminal(80, 24);
    const view = createTableView(screen, wording, true);
    view.state(state(source()), NOW);
    const first = screen.all();
    view.state(state(source()), NOW);
    expect(screen.all()).toEqual(first);
    view.alert(delivery(sampleAlert()), NOW);
    expect(screen.bells()).toBe(1);
    view.state(state(source({}, 6_000_000)), NOW + 60_000);
    const all = screen.all();
    expect(all[0]).toMatch(/^12:00 PM UTC {2}! Team gateway: 15% left · Spend has \$6\.00 left, at or below your /);
    expect(all.join("\n")).toContain("15%");
    expect(all.filter((text) => text.startsWith("Team gateway"))).toHaveLength(1);
    expect(all.at(-1)).toBe("Ctrl+C stops it.");
  });

  it.each([
    ["it is asked not to", false, sampleAlert()],
    [
      "a quota is back",
      true,
      sampleAlert({ what: { type: "back", percentRemaining: 100, remaining: null, unit: { kind: "tokens" } } }),
    ],
  ])("does not ring when %s", (_when, bell, alert) => {
    const screen = terminal(80, 24);
    const view = createTableView(screen, wording, bell);
    view.alert(delivery(alert), NOW);
    expect(screen.bells()).toBe(0);
    expect(screen.all().join("")).toContain("Team gateway: ");
  });
});

describe("lines", () => {
  it("are added when a source says something else, and only then", () => {
    let text = "";
    const view = createLineView((more) => {
      text += more;
    }, wording);
    view.state(state(source(), loading), NOW);
    view.state(state(source({ fetchedAt: NOW + 60_000 }), loading), NOW + 60_000);
    view.alert(delivery(sampleAlert(), sampleAlert({ id: "2", sourceLabel: "Other" })), NOW + 61_000);
    view.state(state(failed, loading), NOW + 120_000);
    view.state(state(source(), loading), NOW + 180_000);
    expect(text.split("\n").map((line) => line.slice(0, 74))).toEqual([
      "2026-11-20T12:00:00Z  Team gateway: Up to date · Spend $28.25 left of $40.00".slice(0, 74),
      expect.stringMatching(/^2026-11-20T12:01:01Z {2}! Team gateway: 15% left · Spend/),
      expect.stringMatching(/^2026-11-20T12:01:01Z {2}! Other: 15% left · Spend/),
      expect.stringMatching(/^2026-11-20T12:02:00Z {2}Team gateway: Failed: /),
      expect.stringMatching(/^2026-11-20T12:03:00Z {2}Team gateway: Up to date/),
      "",
    ]);
    expect(text).not.toContain("\x07");
    expect(text).not.toContain("\x1b");
  });
});

describe("JSON lines", () => {
  const eventSchema = z.discriminatedUnion("type", [
    z.looseObject({
      schemaVersion: z.literal(1),
      type: z.literal("source"),
      at: z.iso.datetime(),
      source: z.looseObject({ id: z.string(), state: z.string(), fetchedAt: z.iso.datetime().nullable() }),
    }),
    z.strictObject({ schemaVersion: z.literal(1), type: z.literal("removed"), at: z.iso.datetime(), id: z.string() }),
    z.looseObject({
      schemaVersion: z.literal(1),
      type: z.literal("alert"),
      count: z.number(),
      alerts: z.array(z.looseObject({})),
    }),
  ]);

  it("tell of each source once and of what changes, of sources that go, and of alerts", () => {
    const written: string[] = [];
    const view = createJsonView((text) => written.push(text), wording);
    view.state(state(source(), loading), NOW);
    view.state(state(source({ fetchedAt: NOW + 60_000 }), loading), NOW + 60_000);
    view.state(state(failed, { ...source(), id: "two" }), NOW + 120_000);
    view.alert(delivery(sampleAlert()), NOW + 121_000);
    view.state(state(failed), NOW + 180_000);
    for (const text of written) expect(text).toMatch(/^[^\n]*\n$/);
    const events = written.map((text) => eventSchema.parse(JSON.parse(text)));
    expect(events.map((event) => [event.type, event.type === "source" ? event.source.id : ""])).toEqual([
      ["source", "one"],
      ["source", "one"],
      ["source", "two"],
      ["alert", ""],
      ["removed", ""],
    ]);
    expect(events[1]).toMatchObject({ source: { state: "failed", cause: "timed-out" } });
    expect(events[4]).toMatchObject({ id: "two", at: "2026-11-20T12:03:00.000Z" });
  });

  it("say nothing of a source that is read for the first time, and forget none that is read again", () => {
    const written: string[] = [];
    const view = createJsonView((text) => written.push(text), wording);
    view.state(state(loading), NOW);
    expect(written).toEqual([]);
    view.state(state({ ...source(), id: "two" }), NOW);
    view.state(state(loading), NOW);
    view.state(state({ ...source(), id: "two" }), NOW);
    expect(written).toHaveLength(1);
  });
});
