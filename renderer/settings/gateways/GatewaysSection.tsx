import { FlaskConical, KeyRound, Lock, Plus, Server } from "lucide-react";
import { useApp, useAppStore } from "../../store/context.tsx";
import { classNames } from "../../theme/class-names.ts";
import { Banner } from "../../ui/Banner.tsx";
import { Button } from "../../ui/Button.tsx";
import { SettingsProblems } from "../../ui/SettingsProblems.tsx";
import { vaultWords } from "../../ui/vault-words.ts";
import { useWords } from "../../words.tsx";
import { goTo } from "../route.ts";
import { Section } from "../Section.tsx";
import { GatewayList } from "./GatewayList.tsx";
import styles from "./gateways.module.css";
import { RemovedGateways } from "./RemovedGateways.tsx";

const c = classNames(styles);

/** The user's own gateways in their order, those just removed, and what is to know about settings and keys. */
export function GatewaysSection() {
  const { t } = useWords();
  const { run } = useAppStore();
  const configs = useApp((app) => app.configs);
  const demo = useApp((app) => app.demo);
  const vault = useApp((app) => app.vault);
  const readOnly = useApp((app) => app.settingsReadOnly);
  const vaultProblem = vaultWords(vault, t);
  const add = (
    <Button
      variant="primary"
      icon={Plus}
      disabled={readOnly}
      onClick={() => goTo({ section: "gateways", form: { type: "add" } })}
    >
      {t("action.add-gateway")}
    </Button>
  );
  return (
    <Section title={t("settings.gateways")} lead={t("gateways.lead")} action={configs.length > 0 && add}>
      <SettingsProblems />
      {vaultProblem !== null && (
        <Banner tone="warn" icon={vault.kind === "session-only" ? KeyRound : Lock} title={vaultProblem.title}>
          <p>{vaultProblem.why}</p>
          <p>{vaultProblem.next}</p>
        </Banner>
      )}
      {configs.length === 0 ? (
        <div className={c("empty")}>
          <Server size={30} strokeWidth={1.6} aria-hidden="true" />
          <h2>{t("empty.title")}</h2>
          <p>{t("gateways.empty")}</p>
          {add}
          <Button variant="plain" onClick={() => goTo({ section: "found", form: null })}>
            {t("found.invite")}
          </Button>
        </div>
      ) : (
        <GatewayList configs={configs} readOnly={readOnly} />
      )}
      <RemovedGateways />
      {demo !== "none" && (
        <Banner
          tone="info"
          icon={FlaskConical}
          title={t(`gateways.demo-${demo}`)}
          actions={
            <Button
              small
              disabled={readOnly}
              onClick={() => void run("preferences.set", { demoHidden: demo === "shown" })}
            >
              {t(demo === "shown" ? "demo.hide-long" : "demo.show")}
            </Button>
          }
        >
          {t("gateways.demo-hint")}
        </Banner>
      )}
    </Section>
  );
}
