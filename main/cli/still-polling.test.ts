import { expect, it } from "vitest";
import type { SourceState } from "../../app/quota/snapshot.ts";
import { polledSource } from "../../tests/support/small-engine.ts";
import { isStillPolling } from "./still-polling.ts";

const NOW = 1_000_000;
const loading = { state: "loading" } as const;

it.each<[string, Partial<SourceState>, { plain: boolean; fresh: boolean }]>([
  ["was read and is not due", { nextDueAt: NOW + 60_000 }, { plain: false, fresh: false }],
  ["was read and is being read again", { polling: true }, { plain: false, fresh: true }],
  ["was asked for a moment after it was read", { nextDueAt: NOW + 3_000 }, { plain: false, fresh: true }],
  ["was told to wait", { nextDueAt: NOW + 600_000, dueReason: "retry-after" }, { plain: false, fresh: false }],
  ["is never polled, as a budget is not", { nextDueAt: null }, { plain: false, fresh: false }],
  ["is being read for the first time", { status: loading, polling: true }, { plain: true, fresh: true }],
  ["is about to be read for the first time", { status: loading, nextDueAt: NOW }, { plain: true, fresh: true }],
  ["is held back before its first poll", { status: loading, nextDueAt: NOW + 60_000 }, { plain: false, fresh: false }],
  ["is paused", { status: { state: "paused" }, polling: true }, { plain: false, fresh: false }],
])("a source that %s", (_, change, waits) => {
  const source = { ...polledSource("a", 1), ...change };
  expect({ plain: isStillPolling(source, false, NOW), fresh: isStillPolling(source, true, NOW) }).toEqual(waits);
});
