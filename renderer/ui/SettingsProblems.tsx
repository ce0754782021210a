import { FileLock, FileWarning } from "lucide-react";
import type { SettingsProblem } from "../../app/settings/problem.ts";
import { useApp } from "../store/context.tsx";
import { type UiTranslate, useWords } from "../words.tsx";
import { Banner } from "./Banner.tsx";

/** What is wrong with the settings file, each problem with what became of it. */
export function SettingsProblems() {
  const { t } = useWords();
  const problems = useApp((app) => app.settingsProblems);
  const readOnly = useApp((app) => app.settingsReadOnly);
  if (problems.length === 0 && !readOnly) return null;
  return (
    <Banner
      tone="warn"
      icon={readOnly ? FileLock : FileWarning}
      title={readOnly ? t("settingsProblem.read-only") : t("settingsProblem.title", { count: problems.length })}
    >
      {problems.map((problem) => (
        <p key={JSON.stringify(problem)}>{inWords(problem, t)}</p>
      ))}
    </Banner>
  );
}

function inWords(problem: SettingsProblem, t: UiTranslate): string {
  switch (problem.type) {
    case "corrupt":
      return t("settingsProblem.corrupt", { path: problem.keptAt });
    case "newer":
      return t("settingsProblem.newer", { version: problem.version });
    case "unreadable":
      return t("settingsProblem.unreadable", { detail: problem.detail });
    case "unwritable":
      return t("settingsProblem.unwritable", { detail: problem.detail });
    case "field":
      return t("settingsProblem.field", { field: problem.field, detail: problem.detail });
    case "entry":
      return t("settingsProblem.entry", { entry: problem.entry, detail: problem.detail });
    case "source":
      return t("settingsProblem.source", {
        source: problem.label ?? t("settingsProblem.source-number", { number: problem.index + 1 }),
        detail: problem.detail,
      });
  }
}
