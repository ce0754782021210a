import { X } from "lucide-react";
import { type ReactNode, useEffect, useId, useRef } from "react";
import { classNames } from "../theme/class-names.ts";
import { useWords } from "../words.tsx";
import { IconButton } from "./Button.tsx";
import styles from "./dialog.module.css";

const c = classNames(styles);

interface DialogProps {
  readonly title: string;
  /** Escape or the cross: the owner decides whether that closes it. */
  readonly onCancel: () => void;
  readonly footer?: ReactNode;
  readonly children: ReactNode;
}

/** A native modal dialog: the rest of the page is inert, and the focus comes back when it leaves. */
export function Dialog({ title, onCancel, footer, children }: DialogProps) {
  const { t } = useWords();
  const titleId = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const body = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const element = dialog.current;
    if (element === null) return;
    const before = document.activeElement;
    element.showModal();
    // The browser would start at the cross; one comes to fill something in.
    const first = element.querySelector("[data-first]") ?? body.current?.querySelector("input, select, button");
    if (first instanceof HTMLElement) first.focus();
    return () => {
      element.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);

  return (
    <dialog
      ref={dialog}
      className={c("dialog")}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onCancel();
      }}
    >
      <header className={c("head")}>
        <h2 id={titleId} className={c("title")}>
          {title}
        </h2>
        <IconButton icon={X} label={t("action.close")} onClick={onCancel} />
      </header>
      <div className={c("body")} ref={body}>
        {children}
      </div>
      {footer !== undefined && <footer className={c("foot")}>{footer}</footer>}
    </dialog>
  );
}
