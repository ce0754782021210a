import { AppWindow } from "lucide-react";
import { useState } from "react";
import { sampleDelivery } from "../../app/alerts/sinks/sample-delivery.ts";
import { deliveryWords } from "../../app/wording/delivery-words.ts";
import { Place } from "../settings/alerts/Place.tsx";
import { usePreferences } from "../settings/use-preferences.ts";
import { useApp } from "../store/context.tsx";
import { Button } from "../ui/Button.tsx";
import { Switch } from "../ui/Switch.tsx";
import { useWords } from "../words.tsx";
import { showNotification } from "./show-notification.ts";
import { useNotificationAccess } from "./use-access.ts";

/** The browser's own notifications: whether this page may show them, whether it shall, and a test. */
export function BrowserPlace() {
  const { t, f } = useWords();
  const [access, ask] = useNotificationAccess();
  const [{ browserNotifications }, setPreferences] = usePreferences();
  const readOnly = useApp((app) => app.settingsReadOnly);
  const [outcome, setOutcome] = useState<string | null>(null);
  const name = t("browser.name");
  const isOn = access === "granted" && browserNotifications;

  async function allow(): Promise<void> {
    await ask();
    if (!browserNotifications) setPreferences({ browserNotifications: true });
  }

  function test(): void {
    const now = Date.now();
    const words = deliveryWords(sampleDelivery(now), now, f, t);
    const content = { id: "test", ...words, language: document.documentElement.lang };
    setOutcome(t(showNotification(content, () => undefined) ? "browser.shown" : "browser.not-shown"));
  }

  return (
    <Place
      icon={AppWindow}
      name={name}
      facts={access === "granted" && !browserNotifications ? t("browser.off") : t(`browser.${access}`)}
      outcome={outcome}
      waiting={false}
      {...(access === "granted" && {
        control: (
          <Switch
            label={t("places.use", { label: name })}
            checked={browserNotifications}
            disabled={readOnly}
            onChange={(on) => setPreferences({ browserNotifications: on })}
          />
        ),
      })}
      {...(access === "not-asked" && {
        control: (
          <Button small disabled={readOnly} onClick={() => void allow()}>
            {t("browser.allow")}
          </Button>
        ),
      })}
      {...(isOn && { onTest: test })}
    />
  );
}
