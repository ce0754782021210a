import type { AppState } from "../../app/contract/contract.ts";
import type { Failure } from "../../app/quota/failure.ts";
import type { SourceState } from "../../app/quota/snapshot.ts";
import { SOURCE_DEFAULTS, type SourceConfig } from "../../app/settings/schema.ts";
import { emptyState } from "../support/empty-state.ts";
import { balance, budget, meter } from "./scripted-meters.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** One source as a host would tell it: fresh, with one token meter, read two minutes ago. */
export function source(id: string, label: string, now: number, over: Partial<SourceState> = {}): SourceState {
  return {
    id,
    kind: "neutral",
    kindName: "Neutral gateway",
    label,
    baseUrl: "https://llm.example.org/team",
    demo: false,
    muted: false,
    status: { state: "fresh" },
    reading: { meters: [meter("tokens", now)], account: "ci-runner", notices: [] },
    fetchedAt: now - 2 * MINUTE,
    polling: false,
    nextDueAt: now + 3 * MINUTE,
    dueReason: "interval",
    trace: [
      { method: "GET", url: "https://llm.example.org/team/v1/quota", status: 200, ms: 132, bytes: 512, problem: null },
    ],
    linePercent: 20,
    ...over,
  };
}

export function failure(cause: Failure["cause"], over: Partial<Failure> = {}): Failure {
  return { cause, detail: null, status: null, retryAt: null, ...over };
}

export function configOf(state: SourceState): SourceConfig {
  return {
    id: state.id,
    kind: state.kind,
    label: state.label,
    baseUrl: state.baseUrl,
    allowPlainHttp: false,
    credential: { type: "vault", origin: new URL(state.baseUrl).origin },
    secrets: {},
    options: {},
    ...SOURCE_DEFAULTS,
    muted: state.muted,
    paused: state.status.state === "paused",
  };
}

/** A whole state around some sources; they are the user's own unless they are the demo's. */
export function appState(sources: SourceState[], over: Partial<AppState> = {}): AppState {
  return emptyState({
    sources,
    configs: sources.filter(({ demo }) => !demo).map(configOf),
    vault: { kind: "os-keyring", backend: "Secret Service", problem: null },
    host: { face: "web", version: "0.1.0", platform: "linux", settingsPath: "/home/me/.config/plimsoll/settings.json" },
    ...over,
  });
}

const low = (now: number) =>
  source("team", "Team gateway", now, {
    reading: {
      meters: [
        meter("tokens", now, { used: 1_830_000, remaining: 170_000 }),
        budget("cost", now, 27.6, 40, { scope: "team" }),
      ],
      account: "ci-runner",
      notices: [],
    },
  });

const openrouter = (now: number) =>
  source("or", "OpenRouter", now, {
    kind: "openrouter",
    kindName: "OpenRouter",
    baseUrl: "https://openrouter.ai",
    reading: {
      meters: [
        budget("key-limit", now, 12.4, 40, { label: { key: "meter.key-limit" }, scope: "key" }),
        balance("balance", now, 86.1),
        meter("free", now, {
          label: { key: "meter.free-requests" },
          unit: { kind: "requests" },
          limit: 1000,
          used: 264,
          remaining: 736,
          window: { kind: "calendar", period: "day", timeZone: "UTC", resetsAt: now + 6 * HOUR, resetBasis: "derived" },
          scope: "account",
        }),
      ],
      account: "laptop",
      notices: [],
    },
  });

/** Another key of the account whose balance the first one shows, too. */
const secondKey = (now: number) => {
  const first = openrouter(now);
  const subjects = { account: "account-mark" };
  const reading = first.reading === null ? null : { ...first.reading, subjects: { ...subjects, key: "first-mark" } };
  return [
    { ...first, reading },
    source("or2", "OpenRouter, work", now, {
      kind: "openrouter",
      kindName: "OpenRouter",
      baseUrl: "https://openrouter.ai",
      reading: {
        meters: [
          budget("key-limit", now, 3.2, 10, { label: { key: "meter.key-limit" }, scope: "key" }),
          balance("balance", now, 86.1),
        ],
        account: "work",
        notices: [],
        subjects: { ...subjects, key: "second-mark" },
      },
    }),
    source("ds", "DeepSeek", now, {
      reading: { meters: [balance("balance", now, 14.2)], account: null, notices: [], subjects: { key: "third-mark" } },
    }),
  ];
};

const usedUp = (now: number) =>
  source("uni", "University", now, {
    reading: {
      meters: [
        meter("requests", now, {
          label: { text: "Requests per day" },
          unit: { kind: "requests" },
          limit: 500,
          used: 500,
          remaining: 0,
          scope: "user",
        }),
      ],
      account: null,
      notices: [],
    },
  });

const unlimited = (now: number) =>
  source("lab", "Lab server", now, {
    baseUrl: "http://127.0.0.1:4000",
    muted: true,
    reading: {
      meters: [
        meter("tokens", now, {
          limit: "unlimited",
          used: 1_270_000,
          remaining: "unlimited",
          window: { kind: "lifetime" },
        }),
        budget("cost", now, 0, 0, { limit: "unknown", used: "unknown", remaining: "unknown" }),
      ],
      account: null,
      notices: [],
    },
  });

const failed = (now: number) =>
  source("broken", "Old gateway", now, {
    status: {
      state: "failed",
      failure: failure("challenge-page", { status: 403, detail: "text/html instead of JSON" }),
      since: now - HOUR,
    },
    reading: null,
    fetchedAt: null,
    nextDueAt: now + 14 * MINUTE,
    dueReason: "back-off",
    trace: [
      {
        method: "GET",
        url: "https://llm.example.org/team/v1/quota",
        status: 403,
        ms: 240,
        bytes: 18_233,
        problem: "challenge-page",
      },
    ],
  });

const stale = (now: number) =>
  source("slow", "Company proxy", now, {
    status: {
      state: "stale",
      failure: failure("timed-out", { detail: "no answer within 15 s" }),
      since: now - 20 * MINUTE,
    },
    fetchedAt: now - 26 * MINUTE,
    nextDueAt: now + 4 * MINUTE,
    dueReason: "back-off",
  });

const needsKey = (now: number) =>
  source("nokey", "Side project", now, {
    status: { state: "needs-key", reason: "env-not-set", detail: "SIDE_PROJECT_KEY" },
    reading: null,
    fetchedAt: null,
    trace: [],
  });

const awaiting = (now: number) =>
  source("reset", "Night batch", now, {
    status: { state: "awaiting-reset", since: now - 4 * MINUTE },
    reading: {
      meters: [
        meter("tokens", now, {
          window: { kind: "rolling", lengthMs: 5 * HOUR, resetsAt: now - 4 * MINUTE, resetBasis: "reported" },
        }),
      ],
      account: null,
      notices: [],
    },
  });

const paused = (now: number) =>
  source("paused", "Archive", now, { status: { state: "paused" }, nextDueAt: null, dueReason: null });

/** Named states of the whole app, each a thing that a user meets. */
export const states = {
  typical: (now: number) => appState([openrouter(now), low(now), unlimited(now)]),
  secondKey: (now: number) => appState(secondKey(now)),
  fine: (now: number) => appState([openrouter(now), unlimited(now)]),
  troubled: (now: number) =>
    appState([failed(now), stale(now), needsKey(now), awaiting(now), usedUp(now), paused(now)]),
  loading: (now: number) =>
    appState([
      source("new", "Team gateway", now, {
        status: { state: "loading" },
        reading: null,
        fetchedAt: null,
        polling: true,
        trace: [],
      }),
    ]),
  empty: () => appState([], { demo: "hidden" }),
  demo: (now: number) =>
    appState(
      [low(now), openrouter(now), failed(now)].map((state) => ({ ...state, demo: true, label: `${state.label}` })),
      { demo: "shown", vault: { kind: "not-checked", backend: "", problem: null } },
    ),
  alerts: (now: number) =>
    appState([usedUp(now), low(now)], {
      alerts: [
        {
          id: "a1",
          sourceId: "uni",
          sourceLabel: "University",
          meterId: "requests",
          meterLabel: { text: "Requests per day" },
          resetsAt: now + 2.3 * HOUR,
          firedAt: now - MINUTE,
          demo: false,
          what: {
            type: "percent-left",
            threshold: 0,
            percentRemaining: 0,
            remaining: 0,
            unit: { kind: "requests" },
          },
        },
        {
          id: "a2",
          sourceId: "team",
          sourceLabel: "Team gateway",
          meterId: "tokens",
          meterLabel: { key: "meter.tokens" },
          resetsAt: now + 2.3 * HOUR,
          firedAt: now - 3 * MINUTE,
          demo: false,
          what: {
            type: "percent-left",
            threshold: 10,
            percentRemaining: 8.5,
            remaining: 170_000,
            unit: { kind: "tokens" },
          },
        },
      ],
    }),
  warnings: (now: number) =>
    appState([openrouter(now)], {
      vault: { kind: "session-only", backend: "memory", problem: "no Secret Service answers on the session bus" },
      settingsReadOnly: true,
      settingsProblems: [
        { type: "newer", version: 3 },
        { type: "field", field: "preferences.intervalSeconds", detail: "expected a number of at least 60" },
      ],
    }),
  many: (now: number) =>
    appState(
      Array.from({ length: 200 }, (_, index) =>
        source(`s${index}`, `Gateway ${index + 1}`, now, {
          reading: {
            meters: [meter("tokens", now, { used: index * 10_000, remaining: 2_000_000 - index * 10_000 })],
            account: `team-${index}`,
            notices: [],
          },
        }),
      ),
    ),
  extreme: (now: number) =>
    appState([
      source("long", "A gateway whose name somebody made very long indeed as nothing stopped them", now, {
        baseUrl: `https://${"a-very-long-subdomain-".repeat(4)}example.org/with/a/long/path/below/it`,
        reading: {
          meters: [
            meter("big", now, {
              label: { text: "Supercalifragilistic-tokens-per-rolling-window-of-the-organization-wide-allowance" },
              limit: 9_007_199_254_740_991,
              used: 1_007_199_254_740_991,
              remaining: 8_000_000_000_000_000,
              window: {
                kind: "rolling",
                lengthMs: 7 * 24 * HOUR,
                resetsAt: now + 6.9 * 24 * HOUR,
                resetBasis: "reported",
              },
              scope: "organization",
              confidence: "estimated",
            }),
            budget("over", now, -1234.56, 1000, { label: { text: "Überziehung" } }),
            budget("tiny", now, 0.0042, 4_000_000_000),
            meter("pct", now, {
              unit: { kind: "percent" },
              limit: 100,
              used: 63.5,
              remaining: 36.5,
              label: { key: "meter.usage" },
            }),
            meter("m5", now, { label: { text: "claude-sonnet-4" }, scope: "model" }),
            meter("m6", now, { label: { text: "gpt-6-mini" }, scope: "model" }),
            meter("m7", now, { label: { text: "o9" }, scope: "model" }),
          ],
          account: "an-account-name-that-is-far-too-long-for-any-line-of-this-popover-and-has-no-spaces-in-it-at-all",
          notices: [{ key: "notice.free-tier", params: {} }],
        },
      }),
      source("longcause", "Long cause", now, {
        status: {
          state: "failed",
          failure: failure("unexpected-shape", {
            status: 200,
            detail: `${"data.organizations.0.quotas.".repeat(6)}limit: expected number, received something that is not a number`,
          }),
          since: now,
        },
        reading: null,
        fetchedAt: null,
      }),
    ]),
} satisfies Readonly<Record<string, (now: number) => AppState>>;

export type StateName = keyof typeof states;
