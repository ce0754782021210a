import { ChevronRight } from "lucide-react";
import type { LookedAt } from "../../../app/discovery/discovery.ts";
import { outcomeWords, placeWords } from "../../../app/wording/discovery-words.ts";
import { classNames } from "../../theme/class-names.ts";
import { useWords } from "../../words.tsx";
import styles from "./found.module.css";

const c = classNames(styles);

const USED: ReadonlySet<LookedAt["outcome"]> = new Set(["usable", "expired", "already-added"]);

const EMPTY: ReadonlySet<LookedAt["outcome"]> = new Set(["not-set", "no-such-file", "no-key"]);

/** Every place that was looked at, by the kind whose key it would hold, and what came of it. */
export function LookedAtList({ places }: { readonly places: readonly LookedAt[] }) {
  const { t } = useWords();
  const groups = [...Map.groupBy(places, ({ kindName }) => kindName ?? t("discovery.own-gateway"))];
  const empty = (members: readonly LookedAt[]) => members.every(({ outcome }) => EMPTY.has(outcome));
  // Where there was nothing at all is of least interest.
  groups.sort(([, a], [, b]) => Number(empty(a)) - Number(empty(b)));
  return (
    <details className={c("looked")}>
      <summary className={c("lookedTitle")}>
        <ChevronRight className={c("chevron")} size={14} strokeWidth={2.3} aria-hidden="true" />
        {t("found.looked", { count: places.length })}
      </summary>
      <dl className={c("groups")}>
        {groups.map(([name, members]) => (
          <div key={name} className={c("group")}>
            <dt className={c("groupName")}>{name}</dt>
            {members.map((looked) => {
              const where = placeWords(looked.place, t);
              return (
                <dd key={where} className={c("place")}>
                  <span className={c("path")}>
                    {looked.tool === null ? where : t("found.by", { place: where, tool: looked.tool })}
                  </span>
                  <span className={c("outcome", USED.has(looked.outcome) && "used")}>{outcomeWords(looked, t)}</span>
                </dd>
              );
            })}
          </div>
        ))}
      </dl>
    </details>
  );
}
