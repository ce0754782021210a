import { appendFileSync, mkdirSync, renameSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Logger, LogLevel } from "../../app/ports.ts";
import type { Redactor } from "./redactor.ts";

/** The log may grow to this before it is put away as `plimsoll.1.log`, in the place of the one before. */
export const MAX_LOG_BYTES = 1024 * 1024;

/** Longer values are cut: a log line is for reading. */
const MAX_VALUE_CHARACTERS = 2000;

/** How long lines are gathered before they are written. */
const FLUSH_MS = 250;

export interface LogFile extends Logger {
  readonly path: string;
  /** Writes what is still to be written; later lines are dropped. */
  close(): void;
}

export function logPath(profile: string): string {
  return join(profile, "logs", "plimsoll.log");
}

/**
 * A log of JSON lines in the profile, readable by its owner alone. Every name and value goes through the redactor. Nothing is
 * opened before the first line, and no failure to write ever reaches the caller: a full disk must not stop the polling.
 */
export function createLogFile(options: {
  readonly profile: string;
  readonly redactor: Pick<Redactor, "redact">;
  readonly now?: () => number;
}): LogFile {
  const { redactor, now = Date.now } = options;
  const path = logPath(options.profile);
  let lines: string[] = [];
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    const text = lines.join("");
    lines = [];
    if (text === "") return;
    try {
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      rotate(path, Buffer.byteLength(text));
      appendFileSync(path, text, { mode: 0o600 });
    } catch {}
  };
  // A process that ends without closing must not take its last words with it.
  process.once("exit", flush);

  return {
    path,
    log(level: LogLevel, event, fields = {}) {
      if (closed) return;
      try {
        lines.push(`${JSON.stringify(clean({ at: new Date(now()).toISOString(), level, event }, fields, redactor))}\n`);
      } catch {
        return;
      }
      timer ??= setTimeout(flush, FLUSH_MS).unref();
    },
    close() {
      flush();
      closed = true;
      process.off("exit", flush);
    },
  };
}

/** A log that goes nowhere. */
export const silentLogger: Logger = { log: () => undefined };

type Value = string | number | boolean | null;

function clean(
  head: { at: string; level: LogLevel; event: string },
  fields: Readonly<Record<string, Value>>,
  redactor: Pick<Redactor, "redact">,
): Record<string, Value> {
  const cleaned = Object.entries(fields).map(([name, value]): [string, Value] => [
    redactor.redact(name),
    cleanValue(value, redactor),
  ]);
  return { ...Object.fromEntries(cleaned), ...head, event: redactor.redact(head.event) };
}

function cleanValue(value: Value, redactor: Pick<Redactor, "redact">): Value {
  if (value === null || typeof value === "boolean") return value;
  const text = String(value);
  // Redacted before it is cut: half a key would not be recognised.
  const redacted = redactor.redact(text);
  if (typeof value === "number" && redacted === text) return value;
  return redacted.length > MAX_VALUE_CHARACTERS ? `${redacted.slice(0, MAX_VALUE_CHARACTERS)}…` : redacted;
}

function rotate(path: string, added: number): void {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size > 0 && size + added > MAX_LOG_BYTES) renameSync(path, path.replace(/\.log$/, ".1.log"));
}
