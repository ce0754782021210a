import { describe, expect, it } from "vitest";
import { NOW, sampleAlert } from "../../tests/support/sample-alerts.ts";
import type { Alert } from "../alerts/alert.ts";
import { deliveryWords } from "./delivery-words.ts";
import { createFormats } from "./formats.ts";
import { createTranslator } from "./translate.ts";

const t = createTranslator("en", {});
const f = createFormats({ language: "en", timeZone: "UTC" });
const from = (sourceLabel: string, change: Partial<Alert> = {}) => sampleAlert({ sourceLabel, ...change });
const failing = { what: { type: "failing", cause: "timed-out", since: NOW }, meterId: null, meterLabel: null } as const;

const meter = (meterId: string) => ({ meterId, meterLabel: { text: `Tokens, ${meterId}` } });
const usedUp = {
  what: { type: "percent-left", threshold: 0, percentRemaining: 0, remaining: 0, unit: { kind: "tokens" } },
} as const;
const back = {
  what: { type: "back", percentRemaining: 100, remaining: null, unit: { kind: "tokens" } },
} as const;

describe("several alerts in words", () => {
  it.each<[string, readonly Alert[], string, readonly string[]]>([
    [
      "one is as it is",
      [from("Team")],
      "Team: 15% left",
      [expect.stringMatching(/^Spend has \$6.00 left, at or below your line of 20%/)],
    ],
    [
      "of one source",
      [from("Team"), from("Team", meter("gpt"))],
      "Team: 2 limits low",
      ["Spend: 15% left", "Tokens, gpt: 15% left"],
    ],
    [
      "of one meter only the worst",
      [from("Team"), from("Team", { what: { type: "before-reset", runsOutAt: NOW, resetsAt: NOW + 1 } })],
      "Team: 15% left",
      [expect.stringMatching(/^Spend has/)],
    ],
    [
      "of two",
      [from("Team"), from("Other", { sourceId: "other" })],
      "2 limits low (Team, Other)",
      ["Team, Spend: 15% left", "Other, Spend: 15% left"],
    ],
    [
      "of many",
      ["A", "B", "C", "D"].map((label) => from(label, { sourceId: label })),
      "4 limits low (A, B and 2 more)",
      ["A", "B", "C", "D"].map((label) => `${label}, Spend: 15% left`),
    ],
    [
      "of every nature",
      [
        from("A", { sourceId: "a", ...usedUp }),
        from("A", { sourceId: "a", ...meter("x") }),
        from("B", { sourceId: "b", ...failing }),
        from("C", { sourceId: "c", ...back }),
      ],
      "1 limit used up, 1 limit low, 1 source without figures, 1 quota back (A, B and 1 more)",
      [
        "A, Spend: used up",
        "A, Tokens, x: 15% left",
        expect.stringMatching(/^B: no figures since .* UTC$/),
        "C, Spend: quota is back",
      ],
    ],
    [
      "of the demo",
      [from("Team", { demo: true }), from("Team", { demo: true, ...meter("x") })],
      "Demo: Team: 2 limits low",
      ["Spend: 15% left", "Tokens, x: 15% left"],
    ],
  ])("%s", (_what, alerts, title, lines) => {
    const words = deliveryWords({ alerts: [...alerts] }, NOW, f, t);
    expect(words.title).toBe(title);
    expect(words.body.split("\n")).toEqual(lines);
  });

  it("says how many did not fit", () => {
    const alerts = Array.from({ length: 30 }, (_, index) => from(`Gateway ${index}`, { sourceId: `s${index}` }));
    const lines = deliveryWords({ alerts }, NOW, f, t, 200).body.split("\n");
    expect(lines.slice(0, -1)).toEqual(alerts.slice(0, 7).map((alert) => `${alert.sourceLabel}, Spend: 15% left`));
    expect(lines.at(-1)).toBe("and 23 more");
  });
});
