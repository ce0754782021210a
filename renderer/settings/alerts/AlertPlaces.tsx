import { BellRing, Globe, Plus, SquareTerminal } from "lucide-react";
import { useState } from "react";
import type { SinkConfig } from "../../../app/settings/sink-settings.ts";
import { BrowserPlace } from "../../notifications/BrowserPlace.tsx";
import { useApp, useAppStore } from "../../store/context.tsx";
import { classNames } from "../../theme/class-names.ts";
import { Button } from "../../ui/Button.tsx";
import { Switch } from "../../ui/Switch.tsx";
import { useWords } from "../../words.tsx";
import { Panel } from "../Section.tsx";
import styles from "./alert-places.module.css";
import { Place } from "./Place.tsx";
import { WebhookForm } from "./WebhookForm.tsx";

const c = classNames(styles);

/** Where alerts go: this computer, webhooks, programs; each with a test of its own. */
export function AlertPlaces() {
  const { t } = useWords();
  const { bridge } = useAppStore();
  const sinks = useApp((app) => app.sinks);
  const readOnly = useApp((app) => app.settingsReadOnly);
  const [edited, setEdited] = useState<Extract<SinkConfig, { type: "webhook" }> | "new" | null>(null);
  return (
    <Panel title={t("places.title")} hint={t("places.hint")}>
      <ul className={c("places")} aria-label={t("places.title")}>
        <ThisComputer />
        {bridge.face === "web" && <BrowserPlace />}
        {sinks.map((sink) => (
          <SinkPlace
            key={sink.id}
            sink={sink}
            readOnly={readOnly}
            {...(sink.type === "webhook" && { onEdit: () => setEdited(sink) })}
          />
        ))}
      </ul>
      <div>
        <Button icon={Plus} disabled={readOnly} onClick={() => setEdited("new")}>
          {t("places.add-webhook")}
        </Button>
      </div>
      <p className={c("note")}>{t("places.command-note")}</p>
      {edited !== null && <WebhookForm webhook={edited === "new" ? null : edited} onClose={() => setEdited(null)} />}
    </Panel>
  );
}

/** The notifications of this computer, and how they look. */
function ThisComputer() {
  const { t } = useWords();
  const { bridge, run } = useAppStore();
  const [outcome, setOutcome] = useState<string | null>(null);
  const [waiting, setWaiting] = useState(false);

  async function test(): Promise<void> {
    setOutcome(null);
    setWaiting(true);
    const result = await run("alerts.sample", undefined);
    setWaiting(false);
    if (result.ok) setOutcome(result.value.shown ? t("places.shown") : t(`places.not-shown-${bridge.face}`));
  }

  return (
    <Place
      icon={BellRing}
      name={t(`places.here-${bridge.face}`)}
      facts={t(`places.here-${bridge.face}-facts`)}
      outcome={outcome}
      waiting={waiting}
      onTest={() => void test()}
    />
  );
}

interface SinkPlaceProps {
  readonly sink: SinkConfig;
  readonly readOnly: boolean;
  readonly onEdit?: () => void;
}

function SinkPlace({ sink, readOnly, onEdit }: SinkPlaceProps) {
  const { t } = useWords();
  const { run } = useAppStore();
  const [outcome, setOutcome] = useState<string | null>(null);
  const [waiting, setWaiting] = useState(false);
  const { id, label, enabled } = sink;
  const facts =
    sink.type === "webhook"
      ? t("places.webhook-facts", { format: t(`webhook.format.${sink.format}`), origin: sink.origin })
      : sink.argv.join(" ");

  async function test(): Promise<void> {
    setOutcome(null);
    setWaiting(true);
    const result = await run("alerts.testSink", { id });
    setWaiting(false);
    if (!result.ok) return;
    const { ok, detail } = result.value;
    if (ok) setOutcome(t("places.sent"));
    else setOutcome(detail === null ? t("places.not-sent") : t("places.not-sent-because", { detail }));
  }

  return (
    <Place
      icon={sink.type === "webhook" ? Globe : SquareTerminal}
      name={label}
      facts={facts}
      outcome={outcome}
      waiting={waiting}
      onTest={() => void test()}
      control={
        <Switch
          label={t("places.use", { label })}
          checked={enabled}
          disabled={readOnly}
          onChange={(on) => void run("sinks.adjust", { id, enabled: on })}
        />
      }
      {...(onEdit !== undefined && { onEdit })}
      onRemove={() => void run("sinks.remove", { id })}
      readOnly={readOnly}
    />
  );
}
