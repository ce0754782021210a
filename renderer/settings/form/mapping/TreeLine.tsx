import { Check, ChevronRight } from "lucide-react";
import { classNames } from "../../../theme/class-names.ts";
import { useWords } from "../../../words.tsx";
import type { Assigned, Place } from "./places.ts";
import styles from "./sample-tree.module.css";
import type { TreeRow } from "./tree-rows.ts";

const c = classNames(styles);

interface TreeLineProps {
  readonly row: TreeRow;
  readonly assigned: readonly Assigned[];
  readonly open: boolean;
  readonly onPress: () => void;
}

/** One line of the sample, as one button. */
export function TreeLine({ row, assigned, open, onPress }: TreeLineProps) {
  const { t } = useWords();
  const { place } = row;
  // Deep answers would otherwise run out of the window.
  const indent = { paddingInlineStart: `${Math.min(Math.max(0, place.length - 1), 8) * 14 + 6}px` };
  const name = <span className={c("name")}>{nameOf(place)}</span>;
  switch (row.kind) {
    case "group":
      return (
        <button type="button" className={c("line", "group")} style={indent} aria-expanded={row.open} onClick={onPress}>
          <ChevronRight className={c("chevron")} size={13} strokeWidth={2.4} aria-hidden="true" />
          {name}
          <span className={c("size")}>{t(row.list ? "mapping.entries" : "mapping.members", { count: row.size })}</span>
        </button>
      );
    case "more":
      return (
        <button type="button" className={c("line", "more")} style={indent} onClick={onPress}>
          {t("mapping.more", { count: row.hidden })}
        </button>
      );
    case "value":
      return (
        <button
          type="button"
          className={c("line", assigned.length > 0 && "assigned")}
          style={indent}
          aria-expanded={open}
          data-place={row.key}
          onClick={onPress}
        >
          {name}
          <span className={c("value", kindOf(row.value))}>{shown(row.value)}</span>
          {assigned.map(({ meter, role }) => (
            <span key={`${meter?.id ?? ""} ${role}`} className={c("tag")}>
              <Check size={11} strokeWidth={3} aria-hidden="true" />
              {meter === null ? t(`mapping.role-${role}`) : `${meter.label}: ${t(`mapping.role-${role}`)}`}
            </span>
          ))}
        </button>
      );
  }
}

function nameOf(place: Place): string {
  const last = place.at(-1);
  return last === undefined ? "$" : typeof last === "number" ? `[${last}]` : shortened(last);
}

type Scalar = string | number | boolean | null;

function kindOf(value: Scalar): "text" | "figure" | "word" {
  return typeof value === "string" ? "text" : typeof value === "number" ? "figure" : "word";
}

function shown(value: Scalar): string {
  return typeof value === "string" ? JSON.stringify(shortened(value)) : String(value);
}

function shortened(text: string): string {
  // No character that turns the direction of what follows, nor one that cannot be seen.
  const flat = text.replace(/[\p{Cc}\p{Cf}]/gu, "�");
  return flat.length > 120 ? `${flat.slice(0, 119)}…` : flat;
}
