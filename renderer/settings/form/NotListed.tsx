import { ChevronRight } from "lucide-react";
import { servicesWithoutEndpoint } from "../../../app/sources/without-endpoint.ts";
import { classNames } from "../../theme/class-names.ts";
import { useWords } from "../../words.tsx";
import styles from "./not-listed.module.css";

const c = classNames(styles);

/** Services that nobody will find among the kinds, with the reason and what to do instead. Closed until asked for. */
export function NotListed() {
  const { t } = useWords();
  return (
    <details className={c("notListed")}>
      <summary className={c("title")}>
        <ChevronRight className={c("chevron")} size={13} strokeWidth={2.3} aria-hidden="true" />
        {t("form.not-listed")}
      </summary>
      <div className={c("panel")}>
        <p className={c("intro")}>{t("form.not-listed-intro")}</p>
        {/* It scrolls, so the keyboard must get to it. */}
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region without a control inside is reached by Tab */}
        <section className={c("scroll")} tabIndex={0} aria-label={t("form.not-listed-services")}>
          <dl className={c("services")}>
            {servicesWithoutEndpoint.map(({ name, why, instead }) => (
              <div key={name} className={c("service")}>
                <dt>{name}</dt>
                <dd>{why}</dd>
                <dd className={c("instead")}>{instead}</dd>
              </div>
            ))}
          </dl>
        </section>
      </div>
    </details>
  );
}
