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

describe("several alerts in words", () => {
  it.each<[string, readonly Alert[], string, readonly string[]]>([
    [
      "one is as it is",
      [from("Team")],
      "Team: 15% left",
      [expect.stringMatching(/^Spend is at or below your line of 20%/)],
    ],
    [
      "of one source",
      [from("Team"), from("Team", { meterLabel: { text: "Tokens, gpt" } })],
      "Team: 2 alerts",
      ["Team: 15% left (Spend)", "Team: 15% left (Tokens, gpt)"],
    ],
    [
      "of two",
      [from("Team"), from("Other")],
      "2 alerts: Team, Other",
      ["Team: 15% left (Spend)", "Other: 15% left (Spend)"],
    ],
    [
      "of many",
      [from("A"), from("B"), from("C"), from("D"), from("A")],
      "5 alerts: A, B and 2 more",
      ["A", "B", "C", "D", "A"].map((label) => `${label}: 15% left (Spend)`),
    ],
    [
      "of a source as a whole",
      [from("Team"), from("Other", failing)],
      "2 alerts: Team, Other",
      ["Team: 15% left (Spend)", expect.stringMatching(/^Other: no figures since .* UTC$/)],
    ],
    [
      "of the demo",
      [from("Team", { demo: true }), from("Team", { demo: true })],
      "Demo: Team: 2 alerts",
      ["Demo: Team: 15% left (Spend)", "Demo: Team: 15% left (Spend)"],
    ],
  ])("%s", (_what, alerts, title, lines) => {
    const words = deliveryWords({ alerts: [...alerts] }, NOW, f, t);
    expect(words.title).toBe(title);
    expect(words.body.split("\n")).toEqual(lines);
  });
});
