import type { SentDraft } from "../../app/contract/contract.ts";
import type { RunningHost } from "./running-host.ts";
import type { Session } from "./session.ts";

/**
 * Says on standard error what the user cannot see of a key that a running host uses: that it is kept only as long as that runs, or
 * that the variable it is in is not set there.
 */
export async function tellKeyPlace(session: Session, running: RunningHost, { key }: SentDraft): Promise<void> {
  if (key.type === "secret") {
    await running.reload();
    const { vault } = session.engine.state();
    if (vault.kind !== "session-only") return;
    const why = vault.problem ?? vault.backend;
    note(`the key is kept only as long as Plimsoll (${running.name}) runs, because ${why}`);
  } else if (key.type === "env" && !(await running.hasVariable(key.name))) {
    note(
      `${key.name} is not set where Plimsoll (${running.name}) runs. It reads the key as soon as it is started with that variable`,
    );
  }
}

function note(text: string): void {
  process.stderr.write(`plimsoll: note: ${text}.\n`);
}
