import { useApp } from "../store/context.tsx";
import { classNames } from "../theme/class-names.ts";
import { Mark } from "../ui/Mark.tsx";
import { vaultWords } from "../ui/vault-words.ts";
import { useWords } from "../words.tsx";
import styles from "./about-section.module.css";
import { Panel, Section } from "./Section.tsx";

const c = classNames(styles);

/** Which Plimsoll this is, and where what it knows lies. */
export function AboutSection() {
  const { t } = useWords();
  const host = useApp((app) => app.host);
  const vault = useApp((app) => app.vault);
  const problem = vaultWords(vault, t);
  return (
    <Section title={t("settings.about")}>
      <Panel>
        <div className={c("identity")}>
          <Mark size={52} level={50} />
          <div>
            <p className={c("name")}>{t("tray.name")}</p>
            <p className={c("version")}>{t("about.version", { version: host.version })}</p>
            <p className={c("version")}>{t("about.purpose")}</p>
          </div>
        </div>
      </Panel>
      <Panel title={t("about.where")}>
        <dl className={c("facts")}>
          <dt>{t("about.settings")}</dt>
          <dd className={c("path")}>{host.settingsPath}</dd>
          <dt>{t("about.keys")}</dt>
          <dd>
            {problem === null ? (
              vault.kind === "not-checked" ? (
                t("about.keys-not-checked")
              ) : (
                vault.backend
              )
            ) : (
              <>
                {problem.title}. {problem.why} {problem.next}
              </>
            )}
          </dd>
          <dt>{t("about.face")}</dt>
          <dd>{t(`about.face-${host.face}`, { platform: host.platform })}</dd>
          {host.attachedTo !== undefined && (
            <>
              <dt>{t("about.attached")}</dt>
              <dd>
                {t("about.attached-to", {
                  other: t(`host.face-${host.attachedTo.face}`, { pid: host.attachedTo.pid }),
                })}
              </dd>
            </>
          )}
        </dl>
      </Panel>
    </Section>
  );
}
