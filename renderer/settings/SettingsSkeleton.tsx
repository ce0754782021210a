import { classNames } from "../theme/class-names.ts";
import { useWords } from "../words.tsx";
import { Section } from "./Section.tsx";
import { SettingsNav } from "./SettingsNav.tsx";
import styles from "./settings.module.css";

const c = classNames(styles);

/** The settings' shape while the host has not answered yet. */
export function SettingsSkeleton() {
  const { t } = useWords();
  return (
    <div className={c("window")} aria-busy="true">
      <SettingsNav current={null} />
      <main className={c("content")}>
        <Section title={t("settings.title")} lead={t("connection.connecting")} />
      </main>
    </div>
  );
}
