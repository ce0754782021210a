import type { Fingerprints } from "../ports.ts";
import type { Reading } from "./reading.ts";

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
