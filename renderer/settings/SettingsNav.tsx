import {
  ArrowLeft,
  Bell,
  ChartLine,
  Gauge,
  Info,
  type LucideIcon,
  PiggyBank,
  ScanSearch,
  Server,
  SunMoon,
  Timer,
} from "lucide-react";
import { useAppStore } from "../store/context.tsx";
import { classNames } from "../theme/class-names.ts";
import { Mark } from "../ui/Mark.tsx";
import { useWords } from "../words.tsx";
import { addressOf, type Section, sections } from "./route.ts";
import styles from "./settings.module.css";

const c = classNames(styles);

const icons: Readonly<Record<Section, LucideIcon>> = {
  gateways: Server,
  found: ScanSearch,
  alerts: Bell,
  budgets: PiggyBank,
  history: ChartLine,
  polling: Timer,
  metrics: Gauge,
  appearance: SunMoon,
  about: Info,
};

export function SettingsNav({ current }: { readonly current: Section | null }) {
  const { t } = useWords();
  const { bridge } = useAppStore();
  return (
    <nav className={c("nav")} aria-label={t("settings.title")}>
      <span className={c("brand")}>
        <Mark size={24} level={50} />
        {t("tray.name")}
      </span>
      <ul className={c("links")}>
        {sections.map((section) => {
          const Icon = icons[section];
          return (
            <li key={section}>
              <a
                className={c("link")}
                href={addressOf({ section, form: null })}
                aria-current={section === current ? "page" : undefined}
              >
                <Icon size={16} strokeWidth={2} aria-hidden="true" />
                {t(`settings.${section}`)}
              </a>
            </li>
          );
        })}
      </ul>
      {bridge.face === "web" && (
        <a className={c("link", "back")} href="./popover.html">
          <ArrowLeft size={16} strokeWidth={2} aria-hidden="true" />
          {t("settings.back")}
        </a>
      )}
    </nav>
  );
}
