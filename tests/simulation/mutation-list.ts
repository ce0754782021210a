import type { SimulationOptions } from "./run-simulation.ts";
import type { Invariant } from "./violations.ts";

/** A rule of the app, how to break it, and which invariants have to notice. */
export interface Mutation {
  readonly rule: string;
  readonly edits: readonly Edit[];
  /** One of these has to be violated. */
  readonly noticedBy: readonly Invariant[];
  /** Where it shows; a few days of a restless user unless told. */
  readonly run?: Partial<SimulationOptions>;
}

/** A text that stands in a file exactly once, and what takes its place. */
export interface Edit {
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

const edit = (file: string, find: string, replace: string): Edit => ({ file: `app/${file}`, find, replace });

export const MUTATIONS: readonly Mutation[] = [
  {
    rule: "no source is polled by itself below its floor",
    edits: [
      edit(
        "polling/policy.ts",
        "dueAt: now + Math.max(floorMs, ms * (0.9 + 0.2 * chance)), reason",
        "dueAt: now + ms * (0.9 + 0.2 * chance), reason",
      ),
    ],
    noticedBy: ["floor"],
  },
  {
    rule: "not below its floor when the computer wakes up or the network is back either",
    edits: [
      edit(
        "polling/poller.ts",
        "askFor(record, allowed(record, reason, at, floorMs(record)));",
        "askFor(record, allowed(record, reason, at, 0));",
      ),
    ],
    noticedBy: ["floor"],
  },
  {
    rule: "polls that the user asks for are spaced",
    edits: [
      edit("polling/refresh-facts.ts", "const ASKED_SPACING_MS = 3_000;", "const ASKED_SPACING_MS = 300;"),
      edit("polling/refresh-facts.ts", "const ASKED_SHARE_OF_FLOOR = 1 / 10;", "const ASKED_SHARE_OF_FLOOR = 0;"),
    ],
    noticedBy: ["floor"],
  },
  {
    rule: "a wait that was asked for is heeded",
    edits: [
      edit("polling/policy.ts", "if (waitUntil === null || waitUntil <= now) return due;", "if (now > 0) return due;"),
    ],
    noticedBy: ["retry-after"],
  },
  {
    rule: "a wait that was asked for holds when the user asks, too",
    edits: [edit("polling/poller.ts", "return waitUntil > wanted\n", "return waitUntil > Number.POSITIVE_INFINITY\n")],
    noticedBy: ["retry-after"],
  },
  {
    rule: "a wait that was asked for holds over restarts",
    edits: [
      edit(
        "polling/kept-waits.ts",
        "if (wait === undefined || wait.until <= clock.now()) return null;",
        "if (wait === undefined || wait.until > 0) return null;",
      ),
    ],
    noticedBy: ["retry-after"],
  },
  {
    rule: "at most two at once at one origin",
    edits: [
      edit("polling/flights.ts", "const LIMITS = { perKey: 2, total: 8 };", "const LIMITS = { perKey: 3, total: 8 };"),
    ],
    noticedBy: ["concurrency"],
  },
  {
    rule: "at most eight at once in all",
    edits: [
      edit("polling/flights.ts", "const LIMITS = { perKey: 2, total: 8 };", "const LIMITS = { perKey: 2, total: 9 };"),
    ],
    noticedBy: ["concurrency"],
  },
  {
    rule: "one flight for each source",
    edits: [
      edit("polling/scheduler.ts", "if (flying !== undefined) return flying;", ""),
      edit("polling/scheduler.ts", "if (!flights.has(id)) return set(id, due);", "return set(id, due);"),
      edit("polling/poller.ts", "if (paused || scheduler.isFlying(id)) return;", "if (paused) return;"),
    ],
    noticedBy: ["concurrency"],
  },
  {
    rule: "nothing is asked without a network",
    edits: [
      edit(
        "polling/policy.ts",
        'return needsNetwork && !conditions.online ? "offline" : null;',
        'return needsNetwork && !conditions.online && conditions.suspended ? "offline" : null;',
      ),
    ],
    noticedBy: ["offline"],
  },
  {
    rule: "what failed for long is tried again",
    edits: [edit("polling/policy.ts", "const COOL_DOWN_MS = 2 * HOUR;", "const COOL_DOWN_MS = 20 * HOUR;")],
    noticedBy: ["starvation"],
    run: { days: 20 },
  },
  {
    rule: "due times do not hang on the wall clock",
    edits: [edit("polling/steady-time.ts", "clock.steady?.() ?? wallOnly()", "wallOnly()")],
    noticedBy: ["starvation", "retry-after", "floor"],
    run: { days: 30 },
  },
  {
    rule: "another interval takes effect at once",
    edits: [
      edit(
        "polling/refresh-facts.ts",
        "const interval = config.intervalSeconds ?? preferences.intervalSeconds;",
        "const interval = (config.intervalSeconds ?? preferences.intervalSeconds) > 0;",
      ),
    ],
    noticedBy: ["starvation"],
  },
  {
    rule: "a paused source is not polled",
    edits: [
      edit(
        "polling/poller.ts",
        "preferences === null || record.config.paused ? null :",
        "preferences === null ? null :",
      ),
      edit(
        "polling/poller.ts",
        "if (before === undefined || before.config.paused) return null;",
        "if (before === undefined) return null;",
      ),
    ],
    noticedBy: ["settings"],
  },
  {
    rule: "a reset is read soon after it",
    edits: [
      edit(
        "polling/policy.ts",
        "if (first === undefined) return due;",
        "if (first === undefined || now > 0) return due;",
      ),
    ],
    noticedBy: ["reset-noticed"],
  },
  {
    rule: "a failure takes no figures away",
    edits: [
      edit(
        "polling/source-record.ts",
        'const before = record.last.type === "failure" ? record.last : null;\n      return {\n        ...record,',
        'const before = record.last.type === "failure" ? record.last : null;\n      return {\n        ...record,\n        reading: null,',
      ),
    ],
    noticedBy: ["data-lost"],
  },
  {
    rule: "figures of before a reset are not shown as true",
    edits: [edit("polling/source-record.ts", "return passed.length === 0 ?", "return passed.length >= 0 ?")],
    noticedBy: ["shown-past-reset"],
  },
  {
    rule: "settings lose no flight under way",
    edits: [
      edit(
        "polling/poller.ts",
        "if (current.epoch !== before.epoch) return automatic ? atOnce(current, now) : null;",
        "if (current !== before) return automatic ? atOnce(current, now) : null;",
      ),
    ],
    noticedBy: ["data-lost", "floor"],
    run: { days: 10, bustle: 60 },
  },
  {
    rule: "due times are times",
    edits: [
      edit(
        "polling/policy.ts",
        "const ceiling = Math.max(floorMs, Math.min(cap, floorMs * 2 ** Math.min(consecutive, 12)));",
        "const ceiling = Math.max(floorMs, Math.min(cap, floorMs * 2 ** Math.min(consecutive, 12))) / Math.max(0, 4 - consecutive);",
      ),
    ],
    noticedBy: ["left-running", "starvation"],
  },
  {
    rule: "nothing is left of an app that was stopped",
    edits: [edit("polling/poller.ts", "resets.stop();", "")],
    noticedBy: ["left-running"],
  },
  {
    rule: "the ledger outlives the app",
    edits: [
      edit(
        "alerts/alert-desk.ts",
        "index = createLedgerIndex(entries);",
        "index = createLedgerIndex(entries.slice(0, 0));",
      ),
    ],
    noticedBy: ["repeated-alert"],
  },
  {
    rule: "the ledger is written before anybody is told",
    edits: [
      edit(
        "alerts/alert-desk.ts",
        "if (changed) await persist();\n    logRecovered(over, now);",
        "logRecovered(over, now);",
      ),
    ],
    noticedBy: ["repeated-alert"],
    run: { days: 20, sources: 40, restarts: 400 },
  },
  {
    rule: "what fired is told",
    edits: [edit("alerts/alert-desk.ts", "momentAt ??= now + MOMENT_MS;\n    arm();", "")],
    noticedBy: ["missed-alert"],
  },
  {
    rule: "each step is told once",
    edits: [
      edit(
        "alerts/step-rules.ts",
        "if (lowest !== null && lowest < previous.level) {",
        "if (lowest !== null && lowest <= previous.level && previous.pending === null) {",
      ),
      edit("alerts/step-rules.ts", "told: previous?.told ?? null,", "told: null,"),
    ],
    noticedBy: ["repeated-alert"],
  },
  {
    rule: "after one step come only worse ones",
    edits: [
      edit(
        "alerts/step-rules.ts",
        "if (lowest !== null && lowest < previous.level) {",
        "if (lowest !== null && lowest !== previous.level) {",
      ),
      edit("alerts/step-rules.ts", "told: previous?.told ?? null,", "told: null,"),
    ],
    noticedBy: ["escalation"],
  },
  {
    rule: "no step is told before it is crossed",
    edits: [
      edit("alerts/step-rules.ts", "isCrossed: (step) => value <= step,", "isCrossed: (step) => value <= step + 3,"),
    ],
    noticedBy: ["groundless-alert"],
  },
  {
    rule: "a figure that is not told arms nothing again",
    edits: [
      edit(
        "alerts/step-rules.ts",
        'if (typeof value !== "number") return null;\n  return {\n    rule: "percent-left",\n    value,',
        'if (value === "unlimited") return null;\n  return {\n    rule: "percent-left",\n    value: value === "unknown" ? 100 : value,',
      ),
    ],
    noticedBy: ["repeated-alert"],
    run: { days: 20, sources: 60 },
  },
  {
    rule: "a reset that is told a little differently each time arms nothing again",
    edits: [
      edit(
        "alerts/window-instance.ts",
        'if (entry.resetsAt > now + RESET_TOLERANCE_MS || at - entry.resetsAt <= RESET_TOLERANCE_MS) return "same";',
        'if (at === entry.resetsAt) return "same";',
      ),
      edit(
        "alerts/window-instance.ts",
        '? "same" : "new";\n}\n\n/** Whether a window',
        '? "new" : "new";\n}\n\n/** Whether a window',
      ),
      edit(
        "alerts/window-instance.ts",
        "return endedAt !== null && now < endedAt + SETTLE_MS;",
        "return endedAt !== null && now < 0;",
      ),
    ],
    noticedBy: ["repeated-alert"],
  },
  {
    rule: "quiet hours hold alerts back",
    edits: [edit("alerts/held-back.ts", "if (!facts.isQuiet ||", "if (facts.isQuiet || !facts.isQuiet ||")],
    noticedBy: ["groundless-alert"],
  },
  {
    rule: "a snooze holds alerts back",
    edits: [edit("alerts/held-back.ts", 'if (facts.isSnoozed) return "snoozed";', "")],
    noticedBy: ["groundless-alert"],
  },
  {
    rule: "a muted source is not told of",
    edits: [edit("alerts/held-back.ts", "if (muted !== null) return muted;", "")],
    noticedBy: ["groundless-alert"],
  },
  {
    rule: "a quantity that two sources read is told once",
    edits: [edit("alerts/held-back.ts", 'if (facts.isToldByAnother) return "told-by-another-source";', "")],
    noticedBy: ["repeated-alert"],
    run: { sources: 80 },
  },
  {
    rule: "a source that fails is told of once",
    edits: [
      edit(
        "alerts/failing-rule.ts",
        "if (previous !== null || !isCurrent(failure, now)) return previous;",
        'if (previous?.pending === "moment" || !isCurrent(failure, now)) return previous;',
      ),
    ],
    noticedBy: ["repeated-alert"],
  },
  {
    rule: "a window that will not last is told of once",
    edits: [
      edit(
        "alerts/forecast-rules.ts",
        'if (previous === null) return firstTime("before-reset", endsBeforeReset(facts), null, facts, justTold);',
        'if (previous === null || previous.pending === null) return firstTime("before-reset", endsBeforeReset(facts), null, facts, justTold);',
      ),
    ],
    noticedBy: ["repeated-alert"],
  },
  {
    rule: "only what was warned of is told to be back",
    edits: [
      edit(
        "alerts/meter-rules.ts",
        "if (previous !== null || !isBack || !facts.rules.quotaBack || !isBackNow(facts)) return previous;",
        "if (previous !== null || !facts.rules.quotaBack || !isBackNow(facts)) return previous;",
      ),
    ],
    noticedBy: ["groundless-alert"],
  },
];
