import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cannedTransport } from "../../../tests/support/canned-transport.ts";
import { createReadContext } from "../read-context.ts";
import { readSite, type Site } from "./site.ts";

async function siteOf(data: object): Promise<Site> {
  const http = cannedTransport({ "/api/status": { body: JSON.stringify({ success: true, data }) } });
  const auth = { header: "authorization", prefix: "Bearer " };
  return readSite(createReadContext({ http, baseUrl: "https://g.example", key: null, auth, now: 0 }).context);
}

const perUnit = fc.integer({ min: 1, max: 10_000_000 });
const quota = fc.integer({ min: 0, max: 1_000_000_000 });

describe("the units of a site", () => {
  it("make the same dollars of quota units, whichever route tells them", async () => {
    await fc.assert(
      fc.asyncProperty(perUnit, quota, async (quota_per_unit, units) => {
        const dollars = await siteOf({ quota_per_unit, display_in_currency: true });
        const raw = await siteOf({ quota_per_unit, display_in_currency: false });
        const micros = dollars.ofQuota(units);
        expect(Math.abs(micros - (units / quota_per_unit) * 1_000_000)).toBeLessThanOrEqual(0.5);
        expect(raw.ofShown(units)).toBe(micros);
        expect(dollars.ofShown(units / quota_per_unit)).toBe(micros);
      }),
    );
  });

  it("make the same yuan of quota units as the site displays", async () => {
    await fc.assert(
      fc.asyncProperty(perUnit, quota, fc.double({ min: 0.01, max: 100, noNaN: true }), async (per, units, rate) => {
        const usd_exchange_rate = Math.round(rate * 100) / 100;
        // Beyond this an amount in micros could no longer be exact, and is refused (tested elsewhere).
        fc.pre((units / per) * usd_exchange_rate < 9e9);
        const site = await siteOf({ quota_per_unit: per, quota_display_type: "CNY", usd_exchange_rate });
        expect(site.unit).toEqual({ kind: "money", currency: "CNY" });
        expect(site.ofQuota(units)).toBe(site.ofShown((units / per) * usd_exchange_rate));
      }),
    );
  });

  it("never make money of tokens, of a symbol, or of what they do not know", async () => {
    for (const quota_display_type of ["TOKENS", "CUSTOM", "MARBLES"]) {
      const site = await siteOf({ quota_per_unit: 1000, quota_display_type, custom_currency_exchange_rate: 2 });
      expect(site.unit.kind).not.toBe("money");
    }
  });

  it("are read whatever the case of the display's name", async () => {
    expect((await siteOf({ quota_per_unit: 1, quota_display_type: "tokens" })).unit).toEqual({ kind: "tokens" });
  });
});
