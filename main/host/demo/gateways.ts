import type { DemoQuota, DemoWorld } from "./world.ts";

export interface DemoAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The world as a gateway tells it; `realTime` turns its virtual times into those of the reader's clock. */
export interface Telling {
  readonly world: DemoWorld;
  /** Epoch milliseconds of the reader's clock. */
  readonly now: number;
  readonly realTime: (virtual: number) => number;
}

/** One gateway of the demo: what a user would have configured, and how it answers. */
export interface DemoGateway {
  readonly id: string;
  readonly kind: string;
  readonly label: string;
  readonly key: string;
  /** How long it takes to answer. */
  readonly latencyMs: number;
  readonly routes: Readonly<Record<string, (telling: Telling) => DemoAnswer>>;
}

export const demoGateways: readonly DemoGateway[] = [
  {
    id: "demo-team",
    kind: "neutral",
    label: "Team gateway",
    key: "sk-team-demo-not-a-real-key",
    latencyMs: 40,
    routes: {
      "/quota": (telling) =>
        json({
          key: "team-dev",
          tokens: block(telling.world.teamTokens, telling),
          cost: { currency: "USD", ...block(telling.world.teamCost, telling) },
        }),
    },
  },
  {
    id: "demo-coding-plan",
    kind: "neutral",
    label: "Coding plan",
    key: "sk-plan-demo-not-a-real-key",
    latencyMs: 90,
    routes: {
      "/quota": (telling) => json({ key: "5-hour plan", tokens: block(telling.world.codingPlan, telling) }),
    },
  },
  {
    id: "demo-openrouter",
    kind: "openrouter",
    label: "OpenRouter – side projects",
    key: "sk-or-v1-demo-not-a-real-key",
    latencyMs: 120,
    routes: {
      "/api/v1/key": ({ world }) => json({ data: openRouterKey(world) }),
      "/api/v1/credits": ({ world }) =>
        json({ data: { total_credits: world.sideAccount.credits, total_usage: world.sideAccount.usage } }),
    },
  },
  {
    id: "demo-university",
    kind: "neutral",
    label: "University gateway",
    key: "sk-uni-demo-not-a-real-key",
    latencyMs: 1500,
    routes: {
      "/quota": (telling) =>
        json({ key: "student", cost: { currency: "EUR", ...block(telling.world.university, telling) } }),
    },
  },
  {
    id: "demo-staging",
    kind: "neutral",
    label: "Staging gateway",
    key: "sk-staging-demo-not-a-real-key",
    latencyMs: 60,
    routes: { "/quota": staging },
  },
  {
    id: "demo-lab",
    kind: "neutral",
    label: "Lab key",
    key: "sk-lab-demo-not-a-real-key",
    latencyMs: 30,
    routes: {
      "/quota": ({ world }) => json({ key: "lab", tokens: { limit: null, used: world.labTokens } }),
    },
  },
];

/** An answer whose figures are where the neutral shape has them. */
function block(quota: DemoQuota, { realTime }: Telling): Readonly<Record<string, number | string>> {
  return { limit: quota.limit, used: quota.used, resets_at: new Date(realTime(quota.resetsAt)).toISOString() };
}

function openRouterKey({ sideKey }: DemoWorld): Readonly<Record<string, unknown>> {
  return {
    label: "sk-or-v1-dem...key",
    limit: sideKey.limit,
    limit_remaining: Math.round((sideKey.limit - sideKey.used) * 10_000) / 10_000,
    limit_reset: "monthly",
    include_byok_in_limit: false,
    usage: sideKey.usedEver,
    usage_daily: sideKey.usedToday,
    usage_weekly: sideKey.usedThisWeek,
    usage_monthly: sideKey.used,
    is_free_tier: false,
    is_management_key: false,
    expires_at: null,
    free_model_daily_requests: {
      limit: sideKey.freeRequests.limit,
      remaining: sideKey.freeRequests.limit - sideKey.freeRequests.used,
    },
  };
}

function staging(telling: Telling): DemoAnswer {
  const { world, now, realTime } = telling;
  switch (world.staging.behaviour) {
    case "ok":
      return json({ key: "staging", tokens: block(world.stagingTokens, telling) });
    case "server-error":
      return json({ error: { code: 500, message: "The ledger database is down." } }, 500);
    case "rate-limited": {
      const seconds = Math.max(1, Math.ceil((realTime(world.staging.until) - now) / 1000));
      return json({ error: { code: 429, message: "Slow down." } }, 429, { "retry-after": String(seconds) });
    }
    case "login-page":
      return {
        status: 200,
        headers: { "content-type": "text/html; charset=utf-8" },
        body: "<!doctype html><title>Sign in</title><h1>Sign in to staging</h1>",
      };
  }
}

/** A JSON answer. */
export function json(value: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): DemoAnswer {
  return { status, headers: { "content-type": "application/json", ...headers }, body: JSON.stringify(value) };
}
