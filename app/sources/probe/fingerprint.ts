import type { JudgedAnswer, RequestOptions } from "../source.ts";

/**
 * How sure a fingerprint is.
 * certain: nothing else answers like this; likely: it fits, and others could; possible: a last resort.
 */
export type Likelihood = "certain" | "likely" | "possible";

/** What one answer says about the software behind an address. */
export interface Recognized {
  readonly likelihood: Likelihood;
  /** As the software tells it; null where it does not. */
  readonly version: string | null;
  /** The answer also says that the key was refused: the kind is known, and the key is wrong. */
  readonly keyRefused?: boolean;
  /** Options to save with the source, where the answer or the address tells them. */
  readonly options?: Readonly<Record<string, unknown>>;
}

/** The one cheap request by which a kind is known, and how to read its answer. */
export interface Fingerprint {
  /**
   * Below the address with the descriptor's `apiPaths` cut off. Kinds that ask the same path the same way share one request.
   * Null when this address cannot be this kind.
   */
  path(baseUrl: string): string | null;
  /** `secrets: []` asks without the key, for routes that are public. Left out, the key goes where the descriptor says. */
  readonly request?: Pick<RequestOptions, "headers" | "secrets" | "query">;
  /** Sees every answer, also refusals; null when this is not the kind. Never throws. */
  recognize(answer: JudgedAnswer): Recognized | null;
}
