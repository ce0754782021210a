import { CircleCheck, CircleX, Trash2, X } from "lucide-react";
import { useEffect } from "react";
import type { Toast } from "../store/app-store.ts";
import { useAppStore, usePage } from "../store/context.tsx";
import { classNames } from "../theme/class-names.ts";
import { useWords } from "../words.tsx";
import { Button, IconButton } from "./Button.tsx";
import { errorWords } from "./error-words.ts";
import styles from "./toasts.module.css";

const c = classNames(styles);

const CONFIRMATION_MS = 5_000;

/** The latest short message, at the foot of the page. An error stays until it is dismissed, an undo as long as it works. */
export function Toasts() {
  const toast = usePage((state) => state.toast);
  return (
    <div className={c("place")} role="status">
      {toast !== null && <ToastCard key={toast.id} content={toast.content} />}
    </div>
  );
}

function ToastCard({ content }: { readonly content: Toast["content"] }) {
  const { t } = useWords();
  const { dismissToast, run, showToast } = useAppStore();
  const until = content.type === "removed" ? content.undoUntil : content.type === "error" ? null : CONFIRMATION_MS;

  useEffect(() => {
    if (until === null) return;
    const wait = until === CONFIRMATION_MS ? CONFIRMATION_MS : Math.min(until - Date.now(), 2 ** 31 - 1);
    const timer = window.setTimeout(dismissToast, Math.max(0, wait));
    return () => window.clearTimeout(timer);
  }, [until, dismissToast]);

  async function restore(sourceId: string, label: string): Promise<void> {
    const result = await run("sources.restore", { id: sourceId });
    if (result.ok) showToast({ type: "restored", label });
  }

  return (
    <div className={c("toast", content.type === "error" && "error")}>
      {content.type === "error" ? (
        <CircleX size={17} strokeWidth={2.1} aria-hidden="true" />
      ) : content.type === "removed" ? (
        <Trash2 size={16} strokeWidth={2.1} aria-hidden="true" />
      ) : (
        <CircleCheck size={17} strokeWidth={2.1} aria-hidden="true" />
      )}
      <div className={c("words")}>{words()}</div>
      {content.type === "removed" && (
        <Button small autoFocus onClick={() => void restore(content.sourceId, content.label)}>
          {t("action.undo")}
        </Button>
      )}
      <IconButton small icon={X} label={t("action.dismiss")} onClick={dismissToast} />
    </div>
  );

  function words() {
    switch (content.type) {
      case "error": {
        const { title, detail, next } = errorWords(content.error, t);
        return (
          <>
            <p className={c("title")}>{title}</p>
            {detail !== null && <p>{detail}</p>}
            <p>{next}</p>
          </>
        );
      }
      case "removed":
      case "saved":
      case "restored":
        return <p className={c("title")}>{t(`toast.${content.type}`, { label: content.label })}</p>;
    }
  }
}
