import type { Alert } from "../../app/alerts/alert.ts";
import { type AlertLedger, EMPTY_LEDGER, ledgerFile, parseLedgerFile } from "../../app/alerts/ledger.ts";
import { createEngine, type Engine } from "../../app/engine.ts";
import { type KeptWait, waitsFileSchema } from "../../app/polling/kept-waits.ts";
import type { PollOnce } from "../../app/polling/poller.ts";
import type { Conditions, Ports, SettingsFileRead } from "../../app/ports.ts";
import { createMemoryPorts } from "../engine/memory-ports.ts";
import type { Chance } from "./world/chance.ts";
import type { Computer, Process } from "./world/computer.ts";

/** What outlives the app: its files. */
export interface Disk {
  settings: SettingsFileRead;
  ledger: AlertLedger;
  waits: readonly KeptWait[];
}

/** The app as one start of it: the engine with everything but its faces. */
export interface RunningApp {
  readonly engine: Engine;
  readonly process: Process;
}

export interface AppParts {
  readonly computer: Computer;
  readonly disk: Disk;
  readonly chance: Chance;
  readonly conditions: () => Conditions;
  readonly poll: (process: Process) => PollOnce;
  readonly onTold: (alert: Alert) => void;
  /** The simulation itself is wrong. */
  readonly onMistake: (error: unknown) => void;
  readonly onLogged: (event: string, fields: Readonly<Record<string, string | number | boolean | null>>) => void;
}

/** How long a write takes until it is safe from a power cut. */
const WRITE_MS = 20;

export function emptyDisk(settings: unknown): Disk {
  return { settings: { kind: "text", text: JSON.stringify(settings) }, ledger: EMPTY_LEDGER, waits: [] };
}

/** Starts the app on what an earlier one left. */
export async function startApp(parts: AppParts): Promise<RunningApp> {
  const process = parts.computer.boot();
  const engine = createEngine(portsOf(parts, process), {
    host: { face: "desktop", version: "0", platform: "linux", settingsPath: "/profile/settings.json" },
    demo: "off",
    automatic: true,
    shell: { openSettings: () => undefined },
    poll: parts.poll(process),
  });
  await engine.start();
  return { engine, process };
}

/** The ledger as a file holds it, and as the next start reads it. */
export function throughFile(ledger: AlertLedger): AlertLedger {
  const read = parseLedgerFile(JSON.parse(JSON.stringify(ledgerFile(ledger))));
  if (read === null) throw new Error("the app cannot read the ledger that it wrote");
  return read;
}

function portsOf(parts: AppParts, process: Process): Ports {
  const { computer, disk, chance, conditions, onTold, onLogged } = parts;
  const memory = createMemoryPorts(process.clock, () => {
    throw new Error("the simulation has no HTTP");
  });
  let writtenAt = 0;
  /** What a process that is gone began has no effect and no end. */
  const whileAlive = <T>(work: () => T): Promise<T> =>
    process.isAlive() ? Promise.resolve(work()) : new Promise(() => undefined);

  /** Resolves when it is safe from a power cut. What is written last is what stays. */
  const afterWriting = (done: () => void): Promise<void> =>
    new Promise((resolve) => {
      if (!process.isAlive()) return;
      writtenAt = Math.max(writtenAt, computer.now() + chance.between(1, WRITE_MS));
      computer.atAwake(writtenAt, () => {
        // The power may go when the file was renamed already, and nobody has heard of it.
        if (!process.isAlive() && !chance.happens(0.5)) return;
        done();
        if (process.isAlive()) resolve();
      });
    });

  return {
    ...memory,
    conditions: { now: conditions },
    random: { next: chance.next, id: () => `id-${chance.next().toString(36).slice(2)}` },
    fingerprints: { of: (text) => text },
    settings: {
      ...memory.settings,
      read: () => disk.settings,
      write: (value) =>
        whileAlive(() => {
          disk.settings = { kind: "text", text: JSON.stringify(value) };
        }),
    },
    ledger: {
      read: async () => throughFile(disk.ledger),
      write: (ledger) =>
        afterWriting(() => {
          disk.ledger = ledger;
        }),
    },
    alerts: {
      show: ({ alerts }) =>
        whileAlive(() => {
          for (const alert of alerts) {
            try {
              onTold(alert);
            } catch (error) {
              // The app would take it for a sink that failed.
              parts.onMistake(error);
            }
          }
          return { sink: "native", ok: true, detail: null };
        }),
    },
    waits: {
      read: async () => waitsFileSchema.parse(JSON.parse(JSON.stringify({ version: 1, waits: disk.waits }))).waits,
      write: (waits) =>
        afterWriting(() => {
          disk.waits = waits;
        }),
    },
    logger: { log: (_level, event, fields) => onLogged(event, fields ?? {}) },
  };
}
