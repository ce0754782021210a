import { CircleCheck, ClockAlert, KeyRound } from "lucide-react";
import type { Finding } from "../../../app/discovery/discovery.ts";
import { classNames } from "../../theme/class-names.ts";
import styles from "../../ui/status-sign.module.css";
import { useWords } from "../../words.tsx";

const c = classNames(styles);

const LOOKS = {
  usable: { icon: KeyRound, tone: "calm" },
  expired: { icon: ClockAlert, tone: "warn" },
  "already-added": { icon: CircleCheck, tone: "good" },
} as const;

/** How a finding stands, as shape and words. */
export function FindingSign({ state }: { readonly state: Finding["status"] | "already-added" }) {
  const { t } = useWords();
  const { icon: Icon, tone } = LOOKS[state];
  return (
    <span className={c("sign", tone)}>
      <Icon size={14} strokeWidth={2.2} aria-hidden="true" />
      {t(`discovery.${state}`)}
    </span>
  );
}
