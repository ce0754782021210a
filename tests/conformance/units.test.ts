import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findSource, sources } from "../../app/sources/registry.ts";
import { type MeterJson, meterJson } from "../../main/cli/status-json.ts";
import { scenarioTransport } from "../scenarios/read-scenario.ts";
import type { Scenario } from "../scenarios/scenario.ts";
import { pollScenario } from "./poll-scenario.ts";
import { fixturesOf } from "./run-matrix.ts";
import { setAt } from "./set-at.ts";

/** One figure of a service's answer, in what part of the major unit it is sent, and which meter it moves which way. */
interface UnitRow {
  readonly source: string;
  readonly fixture?: string;
  /** Route of the fixture, and JSON pointer into its body. */
  readonly route: string;
  readonly pointer: string;
  readonly as: "number" | "text" | "dollar text";
  /** How many of what is sent make one of what is shown: 100 for cents, 0.01 for a fraction shown as percent. */
  readonly parts: number;
  readonly meter: string;
  /** What the figure is, and which way it moves: more used means less remaining, and an inverted sign the other way round. */
  readonly field: "limit" | "used" | "remaining";
  readonly sign: 1 | -1;
  /** What may be sent. */
  readonly from: number;
  readonly to: number;
  /** Set along with it, where the service sends one figure in two ways. */
  readonly without?: readonly string[];
}

const row = (
  source: string,
  route: string,
  pointer: string,
  meter: string,
  field: UnitRow["field"],
  change: Partial<UnitRow> = {},
): UnitRow => ({
  source,
  route,
  pointer,
  meter,
  field,
  as: "number",
  parts: 1,
  sign: 1,
  from: 100,
  to: 900,
  ...change,
});

const CENTS = { parts: 100 } as const;
const TEXT = { as: "text" } as const;

/** The services whose units are easily mistaken, each figure as it is documented. */
const units: readonly UnitRow[] = [
  // Dollars, as numbers and as texts.
  row("openrouter", "GET /api/v1/key", "/data/limit_remaining", "key-limit", "remaining", { from: 1, to: 24 }),
  row("openrouter", "GET /api/v1/credits", "/data/total_usage", "balance", "remaining", { sign: -1, from: 1, to: 119 }),
  row("litellm", "GET /key/info", "/info/spend", "key-budget", "used", { from: 1, to: 19 }),
  row("litellm", "GET /key/info", "/info/spend", "key-budget", "remaining", { sign: -1, from: 1, to: 19 }),
  row("bifrost", "GET /api/governance/virtual-keys/quota", "/budgets/0/current_usage", "key-budget-1-months", "used", {
    from: 1,
    to: 29,
  }),
  row("requesty", "GET /v1/manage/apikey/self", "/monthly_spend", "key-budget", "used", { ...TEXT, from: 1, to: 24 }),
  row("vercel", "GET /v1/credits", "/balance", "balance", "remaining", TEXT),
  row("llmgateway", "GET /v1/key", "/data/devPlanCreditsRemaining", "plan", "remaining", {
    ...TEXT,
    from: 1,
    to: 79,
    without: ["/data/devPlanCreditsUsed"],
  }),
  row("sub2api", "GET /v1/usage", "/rate_limits/0/used", "five-hours", "used", {
    from: 1,
    to: 2,
    without: ["/rate_limits/0/remaining"],
  }),
  row("kilo", "GET /api/profile/balance", "/balance", "balance", "remaining"),
  // Units of the site: 500,000 are a dollar unless the site says otherwise; billing usage is the amount times 100.
  row("new-api", "GET /api/usage/token/", "/data/total_available", "key-limit", "remaining", {
    parts: 500_000,
    from: 500_000,
    to: 9_000_000,
  }),
  row("new-api", "GET /api/usage/token/", "/data/total_used", "key-limit", "used", {
    parts: 500_000,
    from: 500_000,
    to: 2_000_000,
  }),
  row("one-api", "GET /v1/dashboard/billing/usage", "/total_usage", "key-limit", "used", CENTS),
  row("one-api", "GET /v1/dashboard/billing/usage", "/total_usage", "key-limit", "remaining", { ...CENTS, sign: -1 }),
  row("one-api", "GET /v1/dashboard/billing/subscription", "/hard_limit_usd", "key-limit", "limit"),
  // Cents beside dollars of the same service.
  row("openai-org", "GET /v1/organization/spend_limit", "/threshold_amount", "spend-month", "limit", {
    ...CENTS,
    from: 10_000,
    to: 90_000,
  }),
  row(
    "openai-org",
    "GET /v1/organization/costs?start_time=1793491200&bucket_width=1d&limit=31",
    "/data/0/results/0/amount/value",
    "spend-month",
    "used",
    { from: 1, to: 90 },
  ),
  row(
    "anthropic-admin",
    "GET /v1/organizations/cost_report?starting_at=2026-11-01T00%3A00%3A00.000Z&bucket_width=1d&limit=31",
    "/data/0/results/0/amount",
    "spend-month",
    "used",
    { ...CENTS, ...TEXT },
  ),
  row("claude-oauth", "GET /api/oauth/usage", "/extra_usage/used_credits", "extra-usage", "used", CENTS),
  row("claude-oauth", "GET /api/oauth/usage", "/extra_usage/monthly_limit", "extra-usage", "limit", {
    ...CENTS,
    from: 1000,
    to: 9000,
  }),
  // Cents with the sign turned: minus is what is there to be spent.
  row("xai", "GET /v1/billing/teams/team-demo/prepaid/balance", "/total/val", "balance", "remaining", {
    ...CENTS,
    ...TEXT,
    sign: -1,
    from: -9000,
    to: -1000,
  }),
  row("deepinfra", "GET /payment/checklist?compute_owed=true", "/stripe_balance", "balance", "remaining", {
    sign: -1,
    from: -90,
    to: -10,
  }),
  row("deepinfra", "GET /payment/usage?from=current", "/months/0/total_cost", "spend-month", "used", CENTS),
  row("novita", "GET /openapi/v1/billing/balance/detail", "/availableBalance", "balance", "remaining", {
    ...TEXT,
    parts: 10_000,
    from: 10_000,
    to: 900_000,
  }),
  row("portkey", "GET /v1/api-keys", "/data/0/usage_limits/credit_limit", "key-budget-7f3c0a52-demo", "limit", {
    from: 10,
    to: 90,
  }),
  row("portkey", "GET /v1/analytics/graphs/cost", "/summary/total", "key-budget-7f3c0a52-demo", "used", CENTS),
  row(
    "cloudflare",
    "GET /client/v4/accounts/0a1b2c3d4e5f60718293a4b5c6d7e8f9/ai-gateway/billing/spending-limit",
    "/result/config/amount",
    "spend-limit",
    "limit",
    CENTS,
  ),
  // The currency that the service names.
  row("deepseek", "GET /user/balance", "/balance_infos/0/total_balance", "balance-usd", "remaining", TEXT),
  row("deepseek", "GET /user/balance", "/balance_infos/1/total_balance", "balance-cny", "remaining", TEXT),
  row("siliconflow", "GET /v1/user/info", "/data/totalBalance", "balance", "remaining", TEXT),
  row("moonshot", "GET /v1/users/me/balance", "/data/available_balance", "balance", "remaining"),
  row("stepfun", "GET /v1/accounts", "/balance", "balance", "remaining"),
  row("synthetic", "GET /v2/quotas", "/weeklyTokenLimit/remainingCredits", "week", "remaining", {
    as: "dollar text",
    from: 1,
    to: 23,
  }),
  // Percent used, percent left, and fractions.
  row("claude-oauth", "GET /api/oauth/usage", "/limits/0/percent", "five-hours", "used", { from: 1, to: 99 }),
  row("codex", "GET /backend-api/wham/usage", "/rate_limit/primary_window/used_percent", "five-hours", "remaining", {
    sign: -1,
    from: 1,
    to: 99,
  }),
  row("quota-v1", "GET /quota", "/entries/0/percentRemaining", "monthly-tokens-month", "remaining", {
    from: 1,
    to: 99,
  }),
  row("zai", "GET /api/monitor/usage/quota/limit", "/data/limits/1/percentage", "five-hours", "used", {
    from: 1,
    to: 99,
  }),
  row(
    "minimax",
    "GET /v1/token_plan/remains",
    "/model_remains/1/current_interval_remaining_percent",
    "five-hours",
    "remaining",
    {
      from: 1,
      to: 99,
    },
  ),
  row("opencode-go", "GET /zen/go/v1/usage", "/usage/weekly/percent", "week", "used", { from: 1, to: 99 }),
  row("ollama-cloud", "GET /api/usage", "/limits/session/usage", "session", "used", { parts: 0.01, from: 0, to: 1 }),
  // Counts that say what is left, whatever they are called.
  row("nanogpt", "GET /api/subscription/v1/usage", "/daily/used", "day", "used", {
    from: 1,
    to: 1900,
    without: ["/daily/remaining"],
  }),
  row("kimi-code", "GET /coding/v1/usages", "/usage/used", "week", "used", {
    ...TEXT,
    from: 1,
    to: 99,
    without: ["/usage/remaining"],
  }),
  row("elevenlabs", "GET /v1/user/subscription", "/character_count", "characters", "remaining", { sign: -1 }),
  row("poe", "GET /usage/current_balance", "/current_point_balance", "balance", "remaining"),
];

function scenarioOf(id: string, fixture = "typical"): Scenario {
  const source = findSource(id);
  const scenario = source === undefined ? undefined : fixturesOf(source).get(fixture);
  if (scenario === undefined) throw new Error(`${id} has no fixture ${fixture}`);
  return scenario;
}

/** The scenario with one value replaced and others taken away. Throws where the place is not there. */
function withValue(
  scenario: Scenario,
  route: string,
  pointer: string,
  value: unknown,
  without: readonly string[] = [],
): Scenario {
  const answer = scenario.answers[route];
  if (answer === undefined)
    throw new Error(`no answer for ${route}; there are ${Object.keys(scenario.answers).join(", ")}`);
  const body = without.reduce<unknown>(
    (rest, place) => setAt(rest, place, undefined),
    setAt(answer.body, pointer, value),
  );
  return { ...scenario, answers: { ...scenario.answers, [route]: { ...answer, body } } };
}

async function metersOf(id: string, scenario: Scenario): Promise<readonly MeterJson[]> {
  const source = findSource(id);
  if (source === undefined) throw new Error(`no ${id}`);
  const base = `https://service.example${scenario.basePath}`;
  const { outcome } = await pollScenario(source, scenario, base, scenarioTransport(scenario));
  if (outcome.type !== "reading") throw new Error(JSON.stringify(outcome));
  return outcome.reading.meters.map(meterJson);
}

function sent(value: number, as: UnitRow["as"]): unknown {
  switch (as) {
    case "number":
      return value;
    case "text":
      return String(value);
    case "dollar text":
      return `$${value.toFixed(2)}`;
  }
}

async function shown(unit: UnitRow, value: number): Promise<number> {
  const scenario = withValue(
    scenarioOf(unit.source, unit.fixture),
    unit.route,
    unit.pointer,
    sent(value, unit.as),
    unit.without,
  );
  const meters = await metersOf(unit.source, scenario);
  const figure = meters.find(({ id }) => id === unit.meter)?.[unit.field];
  if (typeof figure !== "number") {
    throw new Error(`${unit.meter}.${unit.field} is ${figure}; there are ${meters.map(({ id }) => id).join(", ")}`);
  }
  return figure;
}

describe("what moves when a service sends another figure", () => {
  it.each(units.map((unit) => [`${unit.source} ${unit.pointer} → ${unit.meter}.${unit.field}`, unit] as const))(
    "%s",
    async (_, unit) => {
      // Whole steps for whole ranges, hundredths for fractions: what the services send.
      const step = unit.to - unit.from > 1 ? 1 : 0.01;
      const steps = Math.round((unit.to - unit.from) / step);
      const value = fc.nat(steps).map((n) => Number((unit.from + n * step).toFixed(2)));
      await fc.assert(
        fc.asyncProperty(value, value, async (one, other) => {
          const moved = (await shown(unit, other)) - (await shown(unit, one));
          expect(moved).toBeCloseTo((unit.sign * (other - one)) / unit.parts, 4);
        }),
        { numRuns: 15, examples: [[unit.from, unit.to]] },
      );
    },
  );
});

/** A time of a service's answer, and the form in which it is documented to be sent. */
interface TimeRow {
  readonly source: string;
  readonly route: string;
  readonly pointer: string;
  readonly as: "iso" | "iso, nanoseconds" | "iso, offset" | "seconds" | "milliseconds" | "date";
  readonly meter: string;
}

const time = (source: string, route: string, pointer: string, as: TimeRow["as"], meter: string): TimeRow => ({
  source,
  route,
  pointer,
  as,
  meter,
});

const times: readonly TimeRow[] = [
  time("litellm", "GET /key/info", "/info/budget_reset_at", "iso", "key-budget"),
  time("sub2api", "GET /v1/usage", "/rate_limits/0/reset_at", "iso, offset", "five-hours"),
  time("claude-oauth", "GET /api/oauth/usage", "/limits/0/resets_at", "iso", "five-hours"),
  time("kimi-code", "GET /coding/v1/usages", "/usage/resetTime", "iso, nanoseconds", "week"),
  time("codex", "GET /backend-api/wham/usage", "/rate_limit/primary_window/reset_at", "seconds", "five-hours"),
  time("elevenlabs", "GET /v1/user/subscription", "/next_character_count_reset_unix", "seconds", "characters"),
  time("nanogpt", "GET /api/subscription/v1/usage", "/daily/resetAt", "milliseconds", "day"),
  time("zai", "GET /api/monitor/usage/quota/limit", "/data/limits/1/nextResetTime", "milliseconds", "five-hours"),
  time("opencode-go", "GET /zen/go/v1/usage", "/usage/weekly/resetsAt", "iso", "week"),
  time("quota-v1", "GET /quota", "/entries/0/resetTimeIso", "iso, offset", "monthly-tokens-month"),
  time("neutral", "GET /quota", "/tokens/resets_at", "iso, offset", "tokens"),
];

function written(at: number, as: TimeRow["as"]): unknown {
  const iso = new Date(at).toISOString();
  switch (as) {
    case "iso":
      return iso;
    case "iso, nanoseconds":
      return iso.replace("Z", "456789Z");
    case "iso, offset":
      return new Date(at + 5.5 * 3_600_000).toISOString().replace("Z", "+05:30");
    case "seconds":
      return at / 1000;
    case "milliseconds":
      return at;
    case "date":
      return iso.slice(0, 10);
  }
}

describe("when a window resets", () => {
  it.each(times.map((one) => [`${one.source} ${one.pointer} (${one.as})`, one] as const))("%s", async (_, one) => {
    const scenario = scenarioOf(one.source);
    const now = Date.parse(scenario.now);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 60, max: 4 * 3600 }), async (seconds) => {
        const at = now + seconds * 1000;
        const meters = await metersOf(one.source, withValue(scenario, one.route, one.pointer, written(at, one.as)));
        expect(meters.find(({ id }) => id === one.meter)?.resetsAt).toBe(new Date(at).toISOString());
      }),
      { numRuns: 15 },
    );
  });

  it("is told by every row of a source that there is", () => {
    const ids = new Set(sources.map(({ id }) => id));
    expect([...units, ...times].map(({ source }) => source).filter((id) => !ids.has(id))).toEqual([]);
  });
});
