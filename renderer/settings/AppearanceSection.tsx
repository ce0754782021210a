import { type Theme, themeSchema } from "../../app/settings/schema.ts";
import { useApp } from "../store/context.tsx";
import { classNames } from "../theme/class-names.ts";
import { useWords } from "../words.tsx";
import styles from "./appearance-section.module.css";
import { Section } from "./Section.tsx";
import { usePreferences } from "./use-preferences.ts";

const c = classNames(styles);

/** Light, dark, or as the system is. */
export function AppearanceSection() {
  const { t } = useWords();
  const [{ theme: chosen }, setPreferences] = usePreferences();
  const readOnly = useApp((app) => app.settingsReadOnly);
  return (
    <Section title={t("settings.appearance")} lead={t("appearance.lead")}>
      <fieldset className={c("themes")} disabled={readOnly}>
        <legend className="visually-hidden">{t("appearance.theme")}</legend>
        {themeSchema.options.map((theme) => (
          <label key={theme} className={c("theme")}>
            <input
              className={c("radio")}
              type="radio"
              name="theme"
              value={theme}
              checked={theme === chosen}
              onChange={() => setPreferences({ theme })}
            />
            <ThemePicture theme={theme} />
            <span className={c("name")}>{t(`appearance.${theme}`)}</span>
          </label>
        ))}
      </fieldset>
    </Section>
  );
}

/** A small popover in the theme's own colours; the system's is half of each. */
function ThemePicture({ theme }: { readonly theme: Theme }) {
  return (
    <span className={c("picture")} aria-hidden="true">
      {theme !== "dark" && <Miniature scheme="light" />}
      {theme !== "light" && <Miniature scheme="dark" />}
    </span>
  );
}

function Miniature({ scheme }: { readonly scheme: "light" | "dark" }) {
  return (
    <span className={c("miniature")} data-scheme={scheme}>
      <span className={c("card")}>
        <span className={c("bar", "long")} />
        <span className={c("bar", "short")} />
      </span>
      <span className={c("card")}>
        <span className={c("bar", "mid")} />
      </span>
    </span>
  );
}
