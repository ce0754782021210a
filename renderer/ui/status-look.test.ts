import { describe, expect, it } from "vitest";
import type { Failure } from "../../app/quota/failure.ts";
import type { Meter } from "../../app/quota/meter.ts";
import { type SourceState, type SourceStatus, sourceStatusSchema } from "../../app/quota/snapshot.ts";
import { statusLook } from "./status-look.ts";

const now = Date.UTC(2026, 0, 5);
const failure: Failure = { cause: "unreachable", detail: null, status: null, retryAt: null };

const statuses: { readonly [S in SourceStatus["state"]]: SourceStatus } = {
  loading: { state: "loading" },
  fresh: { state: "fresh" },
  stale: { state: "stale", failure, since: now },
  "awaiting-reset": { state: "awaiting-reset", since: now },
  failed: { state: "failed", failure, since: now },
  "needs-key": { state: "needs-key", reason: "not-saved", detail: null },
  paused: { state: "paused" },
};

function source(status: SourceStatus, remaining: Meter["remaining"] | null): SourceState {
  const meter: Meter = {
    id: "m",
    label: { text: "m" },
    unit: { kind: "requests" },
    limit: remaining === "unlimited" ? "unlimited" : 100,
    used: "unknown",
    remaining: remaining ?? 0,
    window: { kind: "lifetime" },
    scope: "key",
    confidence: "reported",
  };
  return {
    id: "s",
    kind: "neutral",
    label: "S",
    baseUrl: "https://llm.example.org",
    demo: false,
    muted: false,
    status,
    reading: remaining === null ? null : { meters: [meter], account: null, notices: [] },
    fetchedAt: null,
    polling: false,
    nextDueAt: null,
    dueReason: null,
    trace: [],
    linePercent: 20,
  };
}

describe("statusLook", () => {
  it.each([
    ["nothing left", source(statuses.fresh, 0), "urgency.used-up", "danger"],
    ["at the line", source(statuses.fresh, 20), "urgency.low", "warn"],
    ["low, and not up to date", source(statuses.stale, 5), "urgency.low", "warn"],
    ["above the line", source(statuses.fresh, 21), "urgency.ok", "good"],
    ["above the line, and not up to date", source(statuses.stale, 50), "status.stale", "warn"],
    ["no limit", source(statuses.fresh, "unlimited"), "urgency.unlimited", "good"],
    ["not told", source(statuses.fresh, "unknown"), "urgency.unknown", "calm"],
    ["paused, whatever is left", source(statuses.paused, 0), "status.paused", "calm"],
  ] as const)("%s", (_what, state, wordKey, tone) => {
    expect(statusLook(state, now)).toMatchObject({ wordKey, tone });
  });

  it("tells states apart by shape, not by colour alone", () => {
    const all = sourceStatusSchema.options.flatMap(({ shape }) =>
      ([null, 0, 10, 90, "unlimited"] as const).map((left) =>
        statusLook(source(statuses[shape.state.value], left), now),
      ),
    );
    const words = new Set(all.map(({ wordKey }) => wordKey));
    const pairs = new Set(all.map(({ wordKey, icon }) => `${wordKey} ${icon.displayName}`));
    expect(pairs.size).toBe(words.size);
    const loud = all.filter(({ tone }) => tone !== "calm");
    expect(new Set(loud.map(({ icon }) => icon)).size).toBe(new Set(loud.map(({ wordKey }) => wordKey)).size);
  });
});
