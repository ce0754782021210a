import { type KeyboardEvent, useEffect, useRef } from "react";
import type { SameThing } from "../../app/quota/same-thing.ts";
import type { SourceState } from "../../app/quota/snapshot.ts";
import { usePage } from "../store/context.tsx";
import { classNames } from "../theme/class-names.ts";
import { useWords } from "../words.tsx";
import { SourceCard } from "./SourceCard.tsx";
import styles from "./source-card.module.css";

const c = classNames(styles);

interface SourceListProps {
  readonly sources: readonly SourceState[];
  /** By source id: the source that reads the same thing. */
  readonly same: ReadonlyMap<string, SameThing>;
}

/** The cards. Arrow keys, Home and End go from card to card, so that 200 of them are not 600 tab stops away. */
export function SourceList({ sources, same }: SourceListProps) {
  const { t } = useWords();
  const list = useRef<HTMLUListElement>(null);
  const shown = usePage((state) => state.shown);

  useEffect(() => {
    if (shown === null) return;
    const card = cardsOf(list.current).find((candidate) => candidate.dataset["source"] === shown.sourceId);
    card?.scrollIntoView({ block: "nearest" });
    card?.focus();
  }, [shown]);

  return (
    <ul className={c("list")} ref={list} aria-label={t("sources.list")} onKeyDown={moveFocus}>
      {sources.map((source) => (
        <SourceCard key={source.id} source={source} same={same.get(source.id)} />
      ))}
    </ul>
  );

  function moveFocus(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const cards = cardsOf(list.current);
    const here = cards.findIndex((card) => card.contains(document.activeElement));
    const target = targetOf(event.key, here, cards.length);
    if (target === null) return;
    event.preventDefault();
    cards[target]?.focus();
  }
}

function targetOf(key: string, here: number, count: number): number | null {
  switch (key) {
    case "ArrowDown":
      return Math.min(count - 1, here + 1);
    case "ArrowUp":
      return Math.max(0, here - 1);
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return null;
  }
}

function cardsOf(list: HTMLUListElement | null): HTMLElement[] {
  return [...(list?.children ?? [])].filter((child) => child instanceof HTMLElement);
}
