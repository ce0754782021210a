import { describe, expect, it } from "vitest";
import { suggest } from "./suggest.ts";

const NOW = Date.UTC(2026, 10, 20);
const DECEMBER = Date.UTC(2026, 11, 1);

describe("suggest", () => {
  it.each([
    [["data", "tokens", "used"], 3, { role: "used", unit: { kind: "tokens" }, label: "Tokens" }],
    [["tokens_remaining"], 3, { role: "remaining", unit: { kind: "tokens" } }],
    [["hard_limit_usd"], 40, { role: "limit", unit: { kind: "money", currency: "USD" }, scale: 1 }],
    [["total_usage"], 1175, { role: "used", label: "Total usage" }],
    [["spend", "cents"], 1175, { role: "used", unit: { kind: "money", currency: "USD" }, scale: 100, label: "Spend" }],
    [["spend_micros"], 1, { unit: { kind: "money", currency: "USD" }, scale: 1_000_000 }],
    [["balance"], 12.5, { role: "remaining", unit: { kind: "money", currency: "USD" }, window: { kind: "balance" } }],
    [
      ["dailyRequests", "count"],
      5,
      { role: "used", unit: { kind: "requests" }, window: { kind: "calendar", period: "day" } },
    ],
    [["utilization"], 0.27, { role: "percentUsed", unit: { kind: "percent" }, scale: 0.01 }],
    [["percent_remaining"], 27, { role: "percentRemaining", unit: { kind: "percent" }, scale: 1 }],
    [["resets_at"], "2026-12-01T00:00:00Z", { role: "reset", format: "iso" }],
    [["resets_at"], DECEMBER / 1000, { role: "reset", format: "unix-seconds" }],
    [["reset_time"], DECEMBER, { role: "reset", format: "unix-milliseconds" }],
    [["resetsAt"], DECEMBER * 1000, { role: "reset", format: "unix-microseconds" }],
    [["reset_in"], 90, { role: "reset", format: "seconds-from-now" }],
    [["reset"], "6m0s", { role: "reset", format: "go-duration" }],
    [["team"], "aurora", { role: "name" }],
    [["max_budget"], null, { role: "limit", unlimited: true }],
    [["limit"], -1, { role: "limit", unlimited: true }],
    [["limit"], 5, { role: "limit", unlimited: false }],
    [["used"], "12.50", { role: "used" }],
    [["success"], true, { role: "success" }],
    [["status"], "ok", { role: "success" }],
    [["ok"], false, { role: "used" }],
  ])("takes %j with %j for what it most likely is", (place, value, expected) => {
    expect(suggest(place, value, {}, NOW)).toMatchObject(expected);
  });

  it("takes the currency that stands beside a figure", () => {
    expect(suggest(["cost"], 5, { currency: "eur" }, NOW).unit).toEqual({ kind: "money", currency: "EUR" });
  });
});
