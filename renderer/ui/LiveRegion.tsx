import { alertWords } from "../../app/wording/alert-words.ts";
import type { Announcement } from "../store/app-store.ts";
import { usePage } from "../store/context.tsx";
import { useWords } from "../words.tsx";

/** Says politely what changed without the reader's doing, or what came of what the reader did. */
export function LiveRegion() {
  const words = useWords();
  const announcement = usePage((state) => state.announcement);
  const alerts = usePage((state) => state.app?.alerts);
  return (
    <div className="visually-hidden" role="status" aria-live="polite">
      {announcement !== null && <span key={announcement.id}>{inWords(announcement.value)}</span>}
    </div>
  );

  function inWords(value: Announcement): string {
    const { t, f } = words;
    switch (value.type) {
      case "refreshed":
        return value.outOfDate === 0
          ? t("announce.refreshed", { count: value.total })
          : t("announce.refreshed-some", { count: value.outOfDate });
      case "moved":
        return t("announce.moved", { ...value });
      case "alert": {
        const alert = alerts?.find(({ id }) => id === value.alertId);
        if (alert === undefined) return "";
        const { title, body } = alertWords(alert, alert.firedAt, f, t);
        return `${title}. ${body}`;
      }
    }
  }
}
