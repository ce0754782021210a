import type { SettingsProblem } from "../../app/settings/problem.ts";

/** One line for standard error: what is wrong with the settings file, what was done, what to do. */
export function settingsProblemWords(problem: SettingsProblem): string {
  switch (problem.type) {
    case "corrupt":
      return `the settings file is not valid; it was kept as ${problem.keptAt}, and defaults are in use`;
    case "newer":
      return `the settings file comes from a newer version (format ${problem.version}); it is read but not changed. Update Plimsoll to change settings`;
    case "unreadable":
      return `the settings file cannot be read (${problem.detail}); defaults are in use and nothing is saved`;
    case "unwritable":
      return `settings cannot be saved (${problem.detail}); choose another folder with --profile, or change its permissions`;
    case "field":
      return `the setting ${problem.field} is not valid (${problem.detail}); its default is in use`;
    case "entry":
      return `the setting ${problem.entry} is not valid (${problem.detail}); it is kept in the file and not used`;
    case "source":
      return `source ${problem.index + 1}${problem.label === null ? "" : ` (${problem.label})`} in the settings file is not valid (${problem.detail}); it is kept in the file and not polled`;
  }
}
