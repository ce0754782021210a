import * as z from "zod";
import type { AppState } from "../../app/contract/contract.ts";
import { urgencyOf } from "../../app/quota/urgency.ts";
import { EXIT } from "./exit-codes.ts";
import { profileOption, withEngine } from "./session.ts";

const optionsSchema = z.object({
  json: z.boolean().default(false),
  demo: z.boolean().default(false),
  profile: profileOption,
});

/** `plimsoll status`: polls each source once and prints a table or JSON. Returns the exit status. */
export function status(raw: unknown): Promise<number> {
  const options = optionsSchema.parse(raw);
  return withEngine({ profile: options.profile, demo: options.demo ? "only" : "off" }, async ({ engine, ports }) => {
    await engine.pollAll();
    const now = ports.clock.now();
    const state = engine.state();
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
