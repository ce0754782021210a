import { useLayoutEffect, useRef } from "react";
import type { SourceConfig } from "../../../app/settings/schema.ts";
import { useAppStore } from "../../store/context.tsx";
import { classNames } from "../../theme/class-names.ts";
import { useWords } from "../../words.tsx";
import { GatewayRow } from "./GatewayRow.tsx";
import styles from "./gateways.module.css";
import { moveId } from "./move.ts";

const c = classNames(styles);

interface GatewayListProps {
  readonly configs: readonly SourceConfig[];
  readonly readOnly: boolean;
}

/** The gateways in the user's order. A row that was moved keeps the focus on the button that moved it. */
export function GatewayList({ configs, readOnly }: GatewayListProps) {
  const { t } = useWords();
  const { run, announce } = useAppStore();
  const list = useRef<HTMLUListElement>(null);
  const moved = useRef<{ readonly id: string; readonly by: -1 | 1 } | null>(null);

  // The browser drops the focus of an element that changes its place in the document.
  useLayoutEffect(() => {
    const last = moved.current;
    if (last === null || configs.length === 0) return;
    moved.current = null;
    const row = [...(list.current?.children ?? [])].find(
      (child) => child instanceof HTMLElement && child.dataset["gateway"] === last.id,
    );
    const wanted = row?.querySelector<HTMLButtonElement>(`button[data-move="${last.by}"]`);
    const other = row?.querySelector<HTMLButtonElement>(`button[data-move="${-last.by}"]`);
    (wanted?.disabled === false ? wanted : other)?.focus();
  }, [configs]);

  async function move(config: SourceConfig, by: -1 | 1): Promise<void> {
    const ids = moveId(
      configs.map(({ id }) => id),
      config.id,
      by,
    );
    moved.current = { id: config.id, by };
    const result = await run("sources.reorder", { ids });
    if (result.ok) {
      announce({ type: "moved", label: config.label, position: ids.indexOf(config.id) + 1, total: ids.length });
    }
  }

  return (
    <ul className={c("list")} ref={list} aria-label={t("settings.gateways")}>
      {configs.map((config, index) => (
        <GatewayRow
          key={config.id}
          config={config}
          first={index === 0}
          last={index === configs.length - 1}
          readOnly={readOnly}
          onMove={(by) => void move(config, by)}
        />
      ))}
    </ul>
  );
}
