import type { Fingerprints } from "../ports.ts";
import type { Meter, Scope } from "./meter.ts";
import type { Reading } from "./reading.ts";
import type { SourceState } from "./snapshot.ts";

type Subjects = NonNullable<Reading["subjects"]>;

/**
 * What a reading is about, as marks that tell nothing but equality: each of the service's own ids, and the key itself.
 * The origin goes into each mark, because two services may give out the same id.
 */
export function markSubjects(subjects: Subjects, origin: string, key: string | null, marks: Fingerprints): Subjects {
  const marked: Subjects = {};
  for (const [scope, id] of Object.entries(subjects))
    Object.assign(marked, { [scope]: marks.of(`${origin} ${scope} ${id}`) });
  if (key !== null) marked.key = marks.of(`${origin} key ${key}`);
  return marked;
}

/** By what two sources are the same thing: one key, or something above it that the service names. */
export type Sameness = "key" | Exclude<Scope, "key" | "model">;

export interface SameThing {
  readonly id: string;
  readonly label: string;
  readonly by: Sameness;
  /** Both read it in the same way, so that each figure of it counts once; two kinds tell different things of one key. */
  readonly counted: boolean;
}

type Known = Pick<SourceState, "id" | "kind" | "label" | "reading">;

/** From the narrowest to the widest: the first that two sources share is what is said of them. */
const WIDENING = ["key", "user", "team", "organization", "account"] as const;

/** For each source that reads what an earlier one in the list reads, that earlier one. Sources without figures are like no other. */
export function sameThings(sources: readonly Known[]): ReadonlyMap<string, SameThing> {
  const first = new Map<string, Known>();
  const same = new Map<string, SameThing>();
  for (const source of sources) {
    const marks = WIDENING.flatMap((by) => {
      const mark = source.reading?.subjects?.[by];
      return mark === undefined ? [] : [{ by, mark: `${by} ${mark}` }];
    });
    for (const { by, mark } of marks) {
      const earlier = first.get(mark);
      if (earlier === undefined) first.set(mark, source);
      else if (!same.has(source.id)) same.set(source.id, sameAs(earlier, source, by));
    }
  }
  return same;
}

function sameAs(earlier: Known, source: Known, by: Sameness): SameThing {
  return { id: earlier.id, label: earlier.label, by, counted: earlier.kind === source.kind };
}

/**
 * Which quantity in the world a meter shows: two meters with the same identity are one quantity that two sources tell. The kind
 * belongs to it, because another kind may count something else under the same name. Null where nothing can be said.
 */
export function meterIdentity(
  source: Pick<SourceState, "kind" | "reading">,
  meter: Pick<Meter, "id" | "scope">,
): string | null {
  const subjects = source.reading?.subjects;
  const mark = subjects?.[meter.scope] ?? subjects?.key;
  return mark === undefined ? null : `${source.kind} ${mark} ${meter.id}`;
}

/** The identities of a reading's meters, by meter id; those that are not known are left out. */
export function identitiesOf(kind: string, reading: Reading | null): ReadonlyMap<string, string> {
  return new Map(
    (reading?.meters ?? []).flatMap((meter) => {
      const identity = meterIdentity({ kind, reading }, meter);
      return identity === null ? [] : [[meter.id, identity] as const];
    }),
  );
}

/** The meters of all sources, each quantity once: where two sources tell the same one, the earlier source's counts. */
export function countedOnce<S extends Pick<SourceState, "kind" | "reading">>(
  sources: readonly S[],
): readonly { readonly source: S; readonly meter: Meter }[] {
  const seen = new Set<string>();
  return sources.flatMap((source) =>
    (source.reading?.meters ?? [])
      .filter((meter) => {
        const identity = meterIdentity(source, meter);
        if (identity === null) return true;
        if (seen.has(identity)) return false;
        seen.add(identity);
        return true;
      })
      .map((meter) => ({ source, meter })),
  );
}
