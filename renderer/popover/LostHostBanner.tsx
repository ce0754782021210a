import { Unplug } from "lucide-react";
import { formatClock } from "../../app/wording/formats.ts";
import { useApp } from "../store/context.tsx";
import { Banner } from "../ui/Banner.tsx";
import { useWords } from "../words.tsx";

/** Says that nobody polls just now: the other Plimsoll that does is not reached, and its last figures stand. */
export function LostHostBanner() {
  const { t, f } = useWords();
  const attachedTo = useApp((app) => app.host.attachedTo);
  if (attachedTo === undefined || attachedTo.lostSince === null) return null;
  const { face, pid, lostSince } = attachedTo;
  const other = t(`host.face-${face}`, { pid });
  return (
    <Banner tone="warn" icon={Unplug} title={t("host.lost.title")}>
      <p>{t("host.lost.why", { other, time: formatClock(lostSince, Date.now(), f) })}</p>
      <p>{t("host.lost.next")}</p>
    </Banner>
  );
}
