import type { QuietHours } from "../settings/alert-settings.ts";
import type { QuietSpan } from "./quiet-hours.ts";

/** The answer is worked out anew after this, too: a computer may travel to another zone. */
const TRUSTED_MS = 15 * 60_000;

/** Knows whether quiet hours are in force. The calendar that it takes is loaded with the first quiet hours that are switched on. */
export interface QuietClock {
  /** Loads what the settings need. Before `until`, whenever they may have changed. */
  prepare(quietHours: QuietHours): Promise<void>;
  /** When the quiet hours that are in force end, epoch milliseconds; null when none are, or before `prepare`. */
  until(quietHours: QuietHours, now: number): number | null;
}

export function createQuietClock(localZone: () => string): QuietClock {
  let calendar: typeof import("./quiet-hours.ts") | null = null;
  let known: { readonly of: QuietHours; readonly from: number; readonly to: number; readonly span: QuietSpan } | null =
    null;
  return {
    async prepare({ enabled }) {
      if (enabled) calendar ??= await import("./quiet-hours.ts");
    },
    until(quietHours, now) {
      if (!quietHours.enabled || calendar === null) return null;
      if (known === null || known.of !== quietHours || now < known.from || now >= known.to) {
        const span = calendar.quietSpan(quietHours, now, localZone());
        known = { of: quietHours, from: now, to: Math.min(span.until, now + TRUSTED_MS), span };
      }
      return known.span.isQuiet ? known.span.until : null;
    },
  };
}
