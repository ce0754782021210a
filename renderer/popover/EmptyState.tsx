import { Plus } from "lucide-react";
import { useApp, useAppStore } from "../store/context.tsx";
import { classNames } from "../theme/class-names.ts";
import { Button } from "../ui/Button.tsx";
import { Mark } from "../ui/Mark.tsx";
import { SettingsLink } from "../ui/SettingsLink.tsx";
import { useWords } from "../words.tsx";
import styles from "./empty-state.module.css";

const c = classNames(styles);

/** Nothing to show yet: what Plimsoll would show, and the one thing to do. */
export function EmptyState() {
  const { t } = useWords();
  const { run } = useAppStore();
  const demo = useApp((app) => app.demo);
  return (
    <section className={c("empty")}>
      <Mark size={64} level={50} />
      <h2 className={c("title")}>{t("empty.title")}</h2>
      <p className={c("body")}>{t("empty.body")}</p>
      <SettingsLink place={{ type: "add" }} variant="primary" icon={Plus}>
        {t("action.add-gateway")}
      </SettingsLink>
      {demo === "hidden" && (
        <Button variant="plain" onClick={() => void run("preferences.set", { demoHidden: false })}>
          {t("demo.show")}
        </Button>
      )}
    </section>
  );
}
