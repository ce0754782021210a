import * as z from "zod";
import type { AppState } from "../../app/contract/contract.ts";
import { urgencyOf } from "../../app/quota/urgency.ts";
import { EXIT } from "./exit-codes.ts";
import { profileOption, withEngine } from "./session.ts";

const optionsSchema = z.object({
  json: z.boolean().default(false),
  demo: z.boolean().default(false),
  fresh: z.boolean().default(false),
  profile: profileOption,
});

/**
 * `plimsoll status`: prints a table or JSON of what the running host knows; without one, polls each source once.
 * Returns the exit status.
 */
export function status(raw: unknown): Promise<number> {
  const options = optionsSchema.parse(raw);
  const { profile } = options;
  return withEngine({ profile, demo: options.demo ? "only" : "off", host: "preferred" }, async (session) => {
    if (session.running === null) await session.engine.pollAll();
    else await session.running.untilPolled(options.fresh);
    const now = Date.now();
    const state = session.engine.state();
    if (options.json) {
      const { statusJson } = await import("./status-json.ts");
      process.stdout.write(`${JSON.stringify(statusJson(state, now), null, 2)}\n`);
    } else {
      const [{ statusTable }, { createWording }] = await Promise.all([
        import("./status-table.ts"),
        import("./wording.ts"),
      ]);
      process.stdout.write(statusTable(state, now, createWording(), terminalWidth()));
    }
    return exitCode(state, now);
  });
}

/** What the exit status says of a state; see docs/json.md. */
export function exitCode(state: AppState, now: number): number {
  const urgencies = state.sources.map((source) => urgencyOf(source, now));
  if (urgencies.some((urgency) => urgency === "low" || urgency === "used-up")) return EXIT.low;
  const failed = state.sources.some(({ status: { state: name } }) =>
    ["failed", "stale", "needs-key", "loading"].includes(name),
  );
  // A source that could not even be read from the settings was not polled either.
  const unread = state.settingsProblems.some(({ type }) => ["corrupt", "unreadable", "source"].includes(type));
  return failed || unread ? EXIT.sourceFailed : EXIT.fine;
}

function terminalWidth(): number {
  const told = process.stdout.columns;
  return Number.isInteger(told) && told >= 40 ? Math.min(told, 120) : 80;
}
