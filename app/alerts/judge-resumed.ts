import type { Ports } from "../ports.ts";
import { identitiesOf } from "../quota/same-thing.ts";
import type { SourceState } from "../quota/snapshot.ts";
import type { AlertDesk } from "./desk.ts";

/** Older figures may be true no more: the next ones decide. */
const OLD_MS = 60 * 60_000;

/**
 * Judges the figures that the host before has read, when its place is taken: what it had fired and could not tell any more would wait
 * for the next poll else, as would the end of quiet hours. What it told stands in the ledger, and is not told again. Never rejects.
 */
export async function judgeResumed(
  desk: Pick<AlertDesk, "judge">,
  states: readonly SourceState[],
  { clock, logger }: Pick<Ports, "clock" | "logger">,
): Promise<void> {
  for (const { id, kind, label, demo, status, reading, fetchedAt, forecasts } of states) {
    if (demo || status.state !== "fresh" || reading === null) continue;
    if (fetchedAt === null || clock.now() - fetchedAt > OLD_MS) continue;
    const judged = {
      sourceId: id,
      sourceLabel: label,
      demo: false,
      meters: reading.meters,
      forecasts: forecasts ?? {},
      identities: identitiesOf(kind, reading),
    };
    await desk.judge(judged).catch(() => logger.log("error", "alert-failed", { source: id }));
  }
}
