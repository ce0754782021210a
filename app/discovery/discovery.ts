import * as z from "zod";

/** Where a key lies: what a source saves as its reference. Never the key itself. */
export const keyPlaceSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("env"), name: z.string() }),
  z.object({ type: z.literal("file"), path: z.string(), pointer: z.string() }),
]);
export type KeyPlace = z.infer<typeof keyPlaceSchema>;

/** What came of looking at a place; worded in `discovery.<outcome>`. */
export const outcomeSchema = z.enum([
  "usable",
  /** A token whose file says that it has ended: good again as soon as the tool that owns it renews it. */
  "expired",
  "already-added",
  /** The variable is not set, or the one that the path begins with. */
  "not-set",
  "no-such-file",
  /** No permission, larger than a megabyte, or no regular file. */
  "not-readable",
  "not-json",
  /** The file is there, and holds nothing that could be a key at that place. */
  "no-key",
  /** What stands there holds a character that no request can carry, or is too long for a key. */
  "not-sendable",
  /** Of a file: it holds more entries than were looked at. */
  "too-many",
  /** A key for another service; `detail` names it. */
  "other-service",
  /** Of an address: it is the service's own, so that there is no gateway of one's own to add. */
  "own-address",
  /** Of an address: it cannot be used. */
  "bad-address",
]);
export type Outcome = z.infer<typeof outcomeSchema>;

/** What is missing before a finding can be saved as it is: which kind it is, where it runs, its options, a yes to plain http. */
const needSchema = z.enum(["kind", "address", "options", "plain-http"]);
export type Need = z.infer<typeof needSchema>;

/** A key that could be used, and the source that it would make. */
export const findingSchema = z.object({
  /** The same at each scan of the same places. */
  id: z.string(),
  /** Null for a gateway of one's own: what runs at its address, only asking it can tell. */
  kind: z.string().nullable(),
  kindName: z.string().nullable(),
  /** The tool that keeps the key; null for variables. */
  tool: z.string().nullable(),
  place: keyPlaceSchema,
  /** Further places that hold the same key. */
  alsoAt: z.array(keyPlaceSchema),
  status: z.enum(["usable", "expired"]),
  /** The source that uses this key already. */
  added: z.object({ id: z.string(), label: z.string() }).nullable(),
  needs: z.array(needSchema),
  /** As `sources.save` takes it, but for what `needs` names. It refers to the key and does not hold it. */
  draft: z.object({
    id: z.null(),
    kind: z.string(),
    label: z.string(),
    baseUrl: z.string(),
    allowPlainHttp: z.boolean(),
    key: keyPlaceSchema,
    options: z.record(z.string(), z.unknown()),
  }),
});
export type Finding = z.infer<typeof findingSchema>;

/** One place, and why what is there was or was not used. */
export const lookedAtSchema = z.object({
  kind: z.string().nullable(),
  kindName: z.string().nullable(),
  tool: z.string().nullable(),
  place: keyPlaceSchema,
  outcome: outcomeSchema,
  detail: z.string().nullable(),
});
export type LookedAt = z.infer<typeof lookedAtSchema>;

/** What a scan of this computer found, and every place that it looked at. */
export const discoverySchema = z.object({ findings: z.array(findingSchema), places: z.array(lookedAtSchema) });
export type Discovery = z.infer<typeof discoverySchema>;
