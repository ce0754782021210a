import * as z from "zod";
import { failureSchema } from "../../quota/failure.ts";
import { readingSchema, traceStepSchema } from "../../quota/reading.ts";

/** One kind that the address may be. */
export const probeCandidateSchema = z.object({
  kind: z.string(),
  kindName: z.string(),
  likelihood: z.enum(["certain", "likely", "possible"]),
  /** By what it was known: the host's name, the beginning of the key, or what the address answered. */
  knownBy: z.enum(["host", "key", "answer"]),
  /** As the software tells it; null where it does not. */
  version: z.string().nullable(),
  /** It is this kind, and it refused the key. */
  keyRefused: z.boolean(),
  /** The address to save. */
  baseUrl: z.string(),
  /** That address has another origin than the given one: nothing was sent to it, and the user has to agree first. */
  otherAddress: z.boolean(),
  /** Options to save with it. */
  options: z.record(z.string(), z.unknown()),
  /** What it tells; null when it was not read (an address to agree to, a refused key, no time left), or could not be. */
  reading: readingSchema.nullable(),
  failure: failureSchema.nullable(),
});
export type ProbeCandidate = z.infer<typeof probeCandidateSchema>;

/** Why it ended as it did; worded in `probe.reason.<code>`. */
export const probeReasonSchema = z.object({
  code: z.enum([
    "known-by-host",
    "known-by-key",
    "known-by-answer",
    "several-kinds",
    "only-possible",
    "other-address",
    "address-needed",
    "no-endpoint",
    "not-recognised",
    "web-page",
    "redirected",
    "refused",
    "rate-limited",
    "server-error",
    "timed-out",
    "too-slow",
    "unreachable",
    "tls-untrusted",
  ]),
  /** What the words leave open: a host name, the transport's clause. Never a secret. */
  detail: z.string().nullable(),
});
export type ProbeReason = z.infer<typeof probeReasonSchema>;

export const probeResultSchema = z.object({
  /**
   * found: the first candidate is it; ambiguous: the user has to choose, also when there is only one that is merely possible;
   * needs-other-address: it is known, and its quota is told at another address; nothing: not recognised; unreachable: no answer.
   */
  outcome: z.enum(["found", "ambiguous", "needs-other-address", "nothing", "unreachable"]),
  reason: probeReasonSchema,
  /** Best first. */
  candidates: z.array(probeCandidateSchema),
  /** Every request that was sent. */
  trace: z.array(traceStepSchema),
});
export type ProbeResult = z.infer<typeof probeResultSchema>;
