import { createHash } from "node:crypto";
import { type PollOutcome, pollSource } from "../../app/polling/poll-source.ts";
import type { HttpTransport, Logger } from "../../app/ports.ts";
import type { RegisteredSource } from "../../app/sources/source.ts";
import { SCENARIO_KEY } from "../scenarios/read-scenario.ts";
import type { Scenario } from "../scenarios/scenario.ts";

export interface PolledScenario {
  readonly outcome: PollOutcome;
  /** Lines that were logged: a crash inside a reader shows here. */
  readonly logged: readonly string[];
  readonly ms: number;
}

/**
 * Polls a source as the engine does, at an address where something answers: key looked up, address judged, answers read, texts cleaned.
 * `deadlineMs` takes the place of the poll's 15 s, so that what hangs is seen to end.
 */
export async function pollScenario(
  source: RegisteredSource,
  scenario: Scenario,
  baseUrl: string,
  http: HttpTransport,
  deadlineMs = 15_000,
): Promise<PolledScenario> {
  const logged: string[] = [];
  const logger: Logger = { log: (level, event, fields) => logged.push(JSON.stringify({ level, event, ...fields })) };
  const { origin } = new URL(baseUrl);
  const started = performance.now();
  const outcome = await pollSource(
    {
      id: "under-test",
      vaultId: "under-test",
      kind: source.id,
      baseUrl,
      allowPlainHttp: false,
      options: scenario.options,
      key: { type: "file", path: "/key.json", pointer: "/key", origin },
      secrets: {},
    },
    {
      http: { send: (request) => http.send({ ...request, timeoutMs: Math.min(request.timeoutMs, deadlineMs) }) },
      vault: {
        status: async () => ({ kind: "session-only", backend: "none", problem: null }),
        get: async () => ({ found: false, reason: "not-saved", detail: null }),
        set: async () => undefined,
        delete: async () => undefined,
      },
      references: {
        env: () => ({ found: false, reason: "env-not-set", detail: null }),
        file: async () => ({ found: true, secret: SCENARIO_KEY, facts: scenario.facts }),
        variable: () => null,
        filePlaces: async () => [],
        locate: async (path) => path,
      },
      fingerprints: { of: (text) => createHash("sha256").update(text).digest("hex").slice(0, 16) },
      clock: { now: () => Date.parse(scenario.now), setTimer: () => () => undefined },
      logger,
    },
  );
  return { outcome, logged, ms: performance.now() - started };
}
