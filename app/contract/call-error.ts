import * as z from "zod";

/** Why a call was not carried out: closed, worded in `error.<code>`. `detail` is one plain clause without secrets. */
export const callErrorSchema = z.object({
  code: z.enum([
    "invalid-input",
    "invalid-address",
    "plain-http-needs-consent",
    "invalid-key",
    "key-required",
    "unknown-source",
    "unknown-kind",
    "invalid-options",
    "settings-read-only",
    "settings-not-saved",
    "key-not-saved",
    "undo-expired",
    "unknown-budget",
    "unknown-group",
    "unknown-sink",
    "history-off",
    /** The host that does the work ended, or did not answer in time: whether it was done is not known. */
    "host-lost",
    "internal",
  ]),
  detail: z.string().nullable(),
});
export type CallError = z.infer<typeof callErrorSchema>;
