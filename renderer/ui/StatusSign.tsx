import type { SourceState } from "../../app/quota/snapshot.ts";
import { useNow } from "../store/context.tsx";
import { classNames } from "../theme/class-names.ts";
import { useWords } from "../words.tsx";
import { statusLook } from "./status-look.ts";
import styles from "./status-sign.module.css";

const c = classNames(styles);

/** A source's state as shape and word. A good one is told quietly. */
export function StatusSign({ source }: { readonly source: SourceState }) {
  const { t } = useWords();
  const { icon: Icon, tone, wordKey } = statusLook(source, useNow());
  return (
    <span className={c("sign", tone)}>
      <Icon size={14} strokeWidth={2.2} aria-hidden="true" />
      {t(wordKey)}
    </span>
  );
}
