import { CircleX, RefreshCw, ScanSearch, SearchX } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import type { Discovery } from "../../../app/discovery/discovery.ts";
import type { UiError } from "../../bridge/ui-bridge.ts";
import { useApp, useAppStore } from "../../store/context.tsx";
import { classNames } from "../../theme/class-names.ts";
import { takeTo } from "../../ui/attention.ts";
import { Banner } from "../../ui/Banner.tsx";
import { Button } from "../../ui/Button.tsx";
import { errorWords } from "../../ui/error-words.ts";
import { SettingsProblems } from "../../ui/SettingsProblems.tsx";
import { useWords } from "../../words.tsx";
import { goTo } from "../route.ts";
import { Section } from "../Section.tsx";
import { FindingRow } from "./FindingRow.tsx";
import styles from "./found.module.css";
import { LookedAtList } from "./LookedAtList.tsx";

const c = classNames(styles);

/** Keys that lie on this computer already: looked for when asked, added one by one. */
export function FoundSection() {
  const { t } = useWords();
  const { bridge } = useAppStore();
  const readOnly = useApp((app) => app.settingsReadOnly);
  const [scanning, setScanning] = useState(false);
  const [found, setFound] = useState<Discovery | null>(null);
  const [error, setError] = useState<UiError | null>(null);
  /** Ids of the sources made here, by finding. */
  const [added, setAdded] = useState<ReadonlyMap<string, string>>(new Map());

  async function scan(): Promise<void> {
    setScanning(true);
    setError(null);
    const result = await bridge.call("sources.discover", undefined);
    setScanning(false);
    if (result.ok) setFound(result.value);
    else setError(result.error);
  }

  // The button of the invitation is gone once something was found: the reading goes on at what was.
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (found !== null && document.activeElement === document.body) takeTo(list.current);
  }, [found]);

  const again = (
    <Button icon={RefreshCw} waiting={scanning} onClick={() => void scan()}>
      {t(scanning ? "found.scanning" : "found.scan-again")}
    </Button>
  );

  return (
    <Section title={t("found.title")} lead={t("found.lead")} action={found !== null && again}>
      <SettingsProblems />
      {error !== null && <ScanError error={error} />}
      {found === null && (
        <div className={c("invitation")}>
          <ScanSearch size={30} strokeWidth={1.6} aria-hidden="true" />
          <h2>{t("found.invite")}</h2>
          <p>{t("found.what")}</p>
          <Button variant="primary" icon={ScanSearch} waiting={scanning} onClick={() => void scan()}>
            {t(scanning ? "found.scanning" : "found.scan")}
          </Button>
        </div>
      )}
      <p role="status" className="visually-hidden">
        {found !== null && !scanning && countWords(found)}
      </p>
      {found !== null && found.findings.length === 0 && (
        <div ref={list} className={c("invitation")} tabIndex={-1}>
          <SearchX size={30} strokeWidth={1.6} aria-hidden="true" />
          <h2>{t("found.nothing")}</h2>
          <p>{t("found.nothing-next")}</p>
          <Button disabled={readOnly} onClick={() => goTo({ section: "gateways", form: { type: "add" } })}>
            {t("action.add-gateway")}
          </Button>
        </div>
      )}
      {found !== null && found.findings.length > 0 && (
        <div ref={list} tabIndex={-1}>
          <ul className={c("list")} aria-label={t("found.list")}>
            {found.findings.map((finding) => (
              <FindingRow
                key={finding.id}
                finding={finding}
                addedHere={added.get(finding.id)}
                onAdded={(sourceId) => setAdded((before) => new Map(before).set(finding.id, sourceId))}
              />
            ))}
          </ul>
        </div>
      )}
      {found !== null && <LookedAtList places={found.places} />}
    </Section>
  );

  function countWords({ findings }: Discovery): string {
    return findings.length === 0 ? t("found.nothing") : t("found.count", { count: findings.length });
  }
}

function ScanError({ error }: { readonly error: UiError }) {
  const { t } = useWords();
  const { title, detail, next } = errorWords(error, t);
  return (
    <div role="alert">
      <Banner tone="danger" icon={CircleX} title={title}>
        {detail !== null && <p>{detail}</p>}
        <p>{next}</p>
      </Banner>
    </div>
  );
}
