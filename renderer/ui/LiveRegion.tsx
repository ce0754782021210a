import { deliveryWords } from "../../app/wording/delivery-words.ts";
import type { Announcement } from "../store/app-store.ts";
import { usePage } from "../store/context.tsx";
import { useWords } from "../words.tsx";

/** Says politely what changed without the reader's doing, or what came of what the reader did. */
export function LiveRegion() {
  const words = useWords();
  const announcement = usePage((state) => state.announcement);
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
        const { title, body } = deliveryWords(value.delivery, value.delivery.alerts[0]?.firedAt ?? 0, f, t);
        return `${title}. ${body}`;
      }
    }
  }
}
