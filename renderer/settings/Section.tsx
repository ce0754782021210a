import { type ReactNode, useId } from "react";
import { classNames } from "../theme/class-names.ts";
import styles from "./section.module.css";

const c = classNames(styles);

interface SectionProps {
  readonly title: string;
  readonly lead?: string;
  /** What stands at the right of the title. */
  readonly action?: ReactNode;
  readonly children?: ReactNode;
}

/** One page of the settings. */
export function Section({ title, lead, action, children }: SectionProps) {
  return (
    <div className={c("section")}>
      <header className={c("head")}>
        <div className={c("words")}>
          <h1 className={c("title")}>{title}</h1>
          {lead !== undefined && <p className={c("lead")}>{lead}</p>}
        </div>
        {action}
      </header>
      {children}
    </div>
  );
}

interface PanelProps {
  readonly title?: string;
  readonly hint?: string;
  /** A control at the right of the title, for a panel that is one setting. */
  readonly control?: ReactNode;
  readonly children?: ReactNode;
}

/** A group of settings that belong together. */
export function Panel({ title, hint, control, children }: PanelProps) {
  const titleId = useId();
  return (
    <section className={c("panel")} aria-labelledby={title === undefined ? undefined : titleId}>
      {title !== undefined && (
        <div className={c("panelHead")}>
          <div className={c("words")}>
            <h2 id={titleId} className={c("panelTitle")}>
              {title}
            </h2>
            {hint !== undefined && <p className={c("hint")}>{hint}</p>}
          </div>
          {control}
        </div>
      )}
      {children}
    </section>
  );
}
