import { OctagonX, TriangleAlert } from "lucide-react";
import { useState } from "react";
import { isUsedUp } from "../../app/alerts/alert.ts";
import { alertWords } from "../../app/wording/alert-words.ts";
import { useApp, useAppStore, useNow } from "../store/context.tsx";
import { Banner } from "../ui/Banner.tsx";
import { Button } from "../ui/Button.tsx";
import { SnoozeMenu } from "../ui/SnoozeMenu.tsx";
import { useWords } from "../words.tsx";

/** Alerts not yet dismissed: the newest, and the others behind a button. */
export function AlertBanners() {
  const { t, f } = useWords();
  const { run } = useAppStore();
  const now = useNow();
  const alerts = useApp((app) => app.alerts);
  const [all, setAll] = useState(false);
  const shown = all ? alerts : alerts.slice(0, 1);
  const hidden = alerts.length - shown.length;

  async function dismissAll(): Promise<void> {
    for (const { id } of alerts) {
      const result = await run("alerts.dismiss", { id });
      if (!result.ok) return;
    }
  }

  return shown.map((alert, index) => {
    const { title, body } = alertWords(alert, now, f, t);
    const usedUp = isUsedUp(alert);
    const last = index === shown.length - 1 && alerts.length > 1;
    return (
      <Banner
        key={alert.id}
        tone={usedUp ? "danger" : "warn"}
        icon={usedUp ? OctagonX : TriangleAlert}
        title={title}
        dismiss={{
          label: t("alert.dismiss", { title }),
          onDismiss: () => void run("alerts.dismiss", { id: alert.id }),
        }}
        actions={
          <>
            {alert.what.type !== "back" && (
              <SnoozeMenu
                sourceId={alert.sourceId}
                meterId={alert.meterId}
                title={title}
                resets={alert.resetsAt !== null}
                onSnoozed={() => void run("alerts.dismiss", { id: alert.id })}
              />
            )}
            {last && hidden > 0 && (
              <Button small onClick={() => setAll(true)}>
                {t("alert.more", { count: hidden })}
              </Button>
            )}
            {last && (
              <Button small variant="plain" onClick={() => void dismissAll()}>
                {t("alert.dismiss-all")}
              </Button>
            )}
          </>
        }
      >
        {body}
      </Banner>
    );
  });
}
