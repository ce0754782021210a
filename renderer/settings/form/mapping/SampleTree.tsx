import { useRef, useState } from "react";
import { classNames } from "../../../theme/class-names.ts";
import { useWords } from "../../../words.tsx";
import { assign, unassign } from "./assign.ts";
import { assignedAt } from "./places.ts";
import styles from "./sample-tree.module.css";
import { TreeLine } from "./TreeLine.tsx";
import { siblingsAt, type TreeRow, treeRows } from "./tree-rows.ts";
import type { MappingModel } from "./use-mapping.ts";
import { ValuePanel } from "./ValuePanel.tsx";

const c = classNames(styles);

interface SampleTreeProps {
  readonly body: unknown;
  readonly at: number;
  readonly mapping: MappingModel;
}

/** The sample as a tree of buttons: groups open and close, values are asked what they are. */
export function SampleTree({ body, at, mapping }: SampleTreeProps) {
  const { t } = useWords();
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
  const [whole, setWhole] = useState<ReadonlySet<string>>(new Set());
  const [asked, setAsked] = useState<string | null>(null);
  const list = useRef<HTMLUListElement>(null);
  const { definition, change } = mapping;

  /** Back to the value that was asked about. */
  function close(key: string): void {
    setAsked(null);
    const button = list.current?.querySelector(`[data-place="${CSS.escape(key)}"]`);
    if (button instanceof HTMLElement) button.focus();
  }

  function press(row: TreeRow): void {
    switch (row.kind) {
      case "group":
        setToggled(
          new Set(toggled.has(row.key) ? [...toggled].filter((key) => key !== row.key) : [...toggled, row.key]),
        );
        return;
      case "more":
        setWhole(new Set([...whole, row.key.slice(0, -1)]));
        return;
      case "value":
        setAsked(asked === row.key ? null : row.key);
    }
  }

  return (
    <ul ref={list} className={c("tree")} aria-label={t("mapping.tree")}>
      {treeRows(body, { toggled, whole }).map((row) => {
        const assigned = row.kind === "value" ? assignedAt(definition, row.place) : [];
        const open = row.kind === "value" && asked === row.key;
        return (
          <li key={row.key} className={c("item", open && "open")}>
            <TreeLine row={row} assigned={assigned} open={open} onPress={() => press(row)} />
            {row.kind === "value" && open && (
              <ValuePanel
                place={row.place}
                value={row.value}
                siblings={siblingsAt(body, row.place)}
                body={body}
                at={at}
                definition={definition}
                assigned={assigned}
                onAssign={(assignment) => {
                  change(assign(definition, row.place, row.value, assignment));
                  close(row.key);
                }}
                onIgnore={() => {
                  if (assigned.length > 0) change(unassign(definition, row.place));
                  close(row.key);
                }}
                onClose={() => close(row.key)}
              />
            )}
          </li>
        );
      })}
    </ul>
  );
}
