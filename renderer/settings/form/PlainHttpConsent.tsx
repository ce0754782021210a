import { classNames } from "../../theme/class-names.ts";
import { useWords } from "../../words.tsx";
import styles from "./gateway-form.module.css";
import type { GatewayFormModel } from "./use-gateway-form.ts";

const c = classNames(styles);

/** The consent to plain http, once it is needed. */
export function PlainHttpConsent({ form }: { readonly form: GatewayFormModel }) {
  const { t } = useWords();
  const { values, set } = form;
  if (!form.needsConsent) return null;
  return (
    <label className={c("consent")}>
      <input
        type="checkbox"
        checked={values.allowPlainHttp}
        onChange={(event) => set({ ...values, allowPlainHttp: event.target.checked })}
      />
      <span>
        <strong>{t("form.plain-http")}</strong> {t("form.plain-http-hint")}
      </span>
    </label>
  );
}
