import { classNames } from "../../theme/class-names.ts";
import { useWords } from "../../words.tsx";
import styles from "./gateway-form.module.css";

const c = classNames(styles);

interface PlainHttpConsentProps {
  readonly checked: boolean;
  readonly onChange: (allowed: boolean) => void;
}

/** The consent to plain http, where it is needed. */
export function PlainHttpConsent({ checked, onChange }: PlainHttpConsentProps) {
  const { t } = useWords();
  return (
    <label className={c("consent")}>
      <input type="checkbox" checked={checked} onChange={(event) => onChange(event.target.checked)} />
      <span>
        <strong>{t("form.plain-http")}</strong> {t("form.plain-http-hint")}
      </span>
    </label>
  );
}
