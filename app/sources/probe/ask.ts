import * as z from "zod";
import type { HttpTransport } from "../../ports.ts";
import { type Failure, ReadError } from "../../quota/failure.ts";
import type { Reading } from "../../quota/reading.ts";
import { cleanReading } from "../clean-text.ts";
import { createReadContext } from "../read-context.ts";
import type { JudgedAnswer, RegisteredSource } from "../source.ts";
import type { Attempt } from "./attempts.ts";

/** What all requests of one probe have in common. */
export interface ProbeContext {
  readonly http: HttpTransport;
  readonly key: string;
  /** What the file with the key says besides it. */
  readonly facts: Readonly<Record<string, string>>;
  /** Epoch milliseconds. */
  readonly now: number;
  /** For all requests of one step together. */
  readonly timeoutMs: number;
  /** Bugs of ours: only the class of an error may be told. */
  readonly onCrash: (kind: string, error: unknown) => void;
}

/** The answer to an attempt's request, whatever its status; null where none came, or a page for people. */
export async function ask(
  { source, fingerprint, baseUrl, path }: Attempt,
  probe: ProbeContext,
  signal?: AbortSignal,
): Promise<{ readonly answer: JudgedAnswer | null; readonly failure: Failure | null }> {
  let answer: JudgedAnswer | null = null;
  const { context } = readContext(source, baseUrl, probe, signal);
  try {
    await context.getJson(path, z.unknown(), {
      ...fingerprint.request,
      judge(told) {
        answer = told;
        return null;
      },
    });
    return { answer, failure: null };
  } catch (error) {
    if (error instanceof ReadError) return { answer, failure: error.failure };
    probe.onCrash(source.id, error);
    return { answer, failure: null };
  }
}

/** What a source tells at an address, read as a poll would read it. Texts are cleaned, and the service's own ids stay behind. */
export async function readOnce(
  source: RegisteredSource,
  baseUrl: string,
  options: Readonly<Record<string, unknown>>,
  probe: ProbeContext,
): Promise<{ readonly reading: Reading | null; readonly failure: Failure | null }> {
  try {
    const read = await source.prepare(options);
    const { context } = readContext(source, baseUrl, probe);
    const { subjects: _ids, ...reading } = cleanReading(await read(context), [probe.key]);
    return { reading, failure: null };
  } catch (error) {
    if (error instanceof ReadError) return { reading: null, failure: error.failure };
    probe.onCrash(source.id, error);
    return { reading: null, failure: { cause: "internal", detail: null, status: null, retryAt: null } };
  }
}

function readContext(source: RegisteredSource, baseUrl: string, probe: ProbeContext, signal?: AbortSignal) {
  return createReadContext({
    http: probe.http,
    baseUrl,
    key: probe.key,
    auth: source.auth,
    facts: probe.facts,
    allowsPost: source.allowsPost ?? false,
    now: probe.now,
    timeoutMs: probe.timeoutMs,
    ...(signal !== undefined && { signal }),
  });
}
