import * as z from "zod";

/**
 * Why a poll gave no reading: a closed set. Each has wording and a next step in app/locales
 * (`cause.<id>.title`, `cause.<id>.next`).
 */
export const failureCauseSchema = z.enum([
  "key-refused",
  "key-lacks-permission",
  "quota-used-up",
  "rate-limited",
  "not-found",
  "unexpected-shape",
  "challenge-page",
  "tls-untrusted",
  "timed-out",
  "unreachable",
  "answer-too-large",
  "redirected-elsewhere",
  "server-error",
  // The four below come from our own side: nothing was sent.
  "unknown-kind",
  "invalid-address",
  "invalid-options",
  "internal",
]);
export type FailureCause = z.infer<typeof failureCauseSchema>;

/** Why there is no key to poll with. Wording in `needsKey.<id>`. */
export const missingKeySchema = z.enum([
  /** Never saved, or saved for the last session only. */
  "not-saved",
  "env-not-set",
  /** Saved for another origin than the address that the source has now. */
  "other-origin",
  /** The keyring did not answer, is locked, or cannot decrypt. */
  "keyring-unavailable",
  /** There is one, but it holds something that cannot be sent in a header, such as a line break. */
  "malformed",
  "file-not-found",
  /** No permission, too large, or no regular file. */
  "file-not-readable",
  "file-not-json",
  /** The file is there, but holds no text at the pointer: signed out, or another kind of sign-in. */
  "pointer-not-found",
  /** The file's own date says that its token has ended; only the tool that owns it may renew it. */
  "expired-in-file",
  /** The file belongs to a vendor's tool, and the address is not the vendor's. */
  "not-for-this-address",
]);
export type MissingKey = z.infer<typeof missingKeySchema>;

export const failureSchema = z.object({
  cause: failureCauseSchema,
  /** One plain clause for people ("cost.limit is not a number"), never a value from the body, never a key. */
  detail: z.string().nullable(),
  status: z.number().nullable(),
  /** Epoch milliseconds before which the server asked not to be called again. */
  retryAt: z.number().nullable(),
});
export type Failure = z.infer<typeof failureSchema>;

/** Thrown by a source's `read` (and by the context it reads through) to end a poll with a named cause. */
export class ReadError extends Error {
  override readonly name = "ReadError";
  readonly failure: Failure;

  constructor(cause: FailureCause, options: { detail?: string; status?: number; retryAt?: number } = {}) {
    super(options.detail === undefined ? cause : `${cause}: ${options.detail}`);
    this.failure = {
      cause,
      detail: options.detail ?? null,
      status: options.status ?? null,
      retryAt: options.retryAt ?? null,
    };
  }
}
