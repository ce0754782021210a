import type { LucideIcon } from "lucide-react";
import { X } from "lucide-react";
import type { ReactNode } from "react";
import { classNames } from "../theme/class-names.ts";
import { IconButton } from "./Button.tsx";
import styles from "./banner.module.css";

const c = classNames(styles);

interface BannerProps {
  readonly tone: "info" | "warn" | "danger";
  readonly icon: LucideIcon;
  readonly title: string;
  readonly children?: ReactNode;
  /** Buttons below the words. */
  readonly actions?: ReactNode;
  /** Title and buttons share a line, the words go below. */
  readonly compact?: boolean;
  readonly dismiss?: { readonly label: string; readonly onDismiss: () => void };
}

/** Something to know before reading on: what, why, and what to do about it. */
export function Banner({ tone, icon: Icon, title, children, actions, compact = false, dismiss }: BannerProps) {
  return (
    <section className={c("banner", tone, compact && "compact")} aria-label={title}>
      <Icon className={c("sign")} size={17} strokeWidth={2.1} aria-hidden="true" />
      <div className={c("words")}>
        <p className={c("title")}>{title}</p>
        {children !== undefined && <div className={c("body")}>{children}</div>}
        {actions !== undefined && <div className={c("actions")}>{actions}</div>}
      </div>
      {dismiss !== undefined && <IconButton small icon={X} label={dismiss.label} onClick={dismiss.onDismiss} />}
    </section>
  );
}
