import { FlaskConical, KeyRound, Lock } from "lucide-react";
import { useApp, useAppStore } from "../store/context.tsx";
import { Banner } from "../ui/Banner.tsx";
import { Button } from "../ui/Button.tsx";
import { SettingsLink } from "../ui/SettingsLink.tsx";
import { SettingsProblems } from "../ui/SettingsProblems.tsx";
import { vaultWords } from "../ui/vault-words.ts";
import { useWords } from "../words.tsx";
import { AlertBanners } from "./AlertBanners.tsx";
import { LostHostBanner } from "./LostHostBanner.tsx";

/** What to know before the figures: alerts, that they are a demo's, and what is wrong with settings or keys. */
export function PopoverBanners() {
  const { t } = useWords();
  const { run } = useAppStore();
  const demo = useApp((app) => app.demo);
  const vault = useApp((app) => app.vault);
  const savedKeys = useApp((app) => app.configs.some(({ credential }) => credential.type === "vault"));
  const vaultProblem = vaultWords(vault, t);
  return (
    <>
      <AlertBanners />
      <LostHostBanner />
      <SettingsProblems />
      {vaultProblem !== null && savedKeys && (
        <Banner tone="warn" icon={vault.kind === "session-only" ? KeyRound : Lock} title={vaultProblem.title}>
          <p>{vaultProblem.why}</p>
          <p>{vaultProblem.next}</p>
        </Banner>
      )}
      {demo === "shown" && (
        <Banner
          tone="info"
          compact
          icon={FlaskConical}
          title={t("demo.title")}
          actions={
            <>
              <SettingsLink place={{ type: "add" }} small variant="primary">
                {t("demo.add")}
              </SettingsLink>
              <Button small variant="plain" onClick={() => void run("preferences.set", { demoHidden: true })}>
                {t("demo.hide")}
              </Button>
            </>
          }
        >
          {t("demo.body")}
        </Banner>
      )}
    </>
  );
}
