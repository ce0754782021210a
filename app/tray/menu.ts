import type { Translate } from "../wording/translate.ts";
import type { TrayModel } from "./model.ts";

export type TrayAction = "open" | "refresh" | "settings" | "quit";

/** One entry of the tray's menu, as data: a face turns it into its platform's menu. */
export type TrayMenuItem =
  | { readonly type: "action"; readonly action: TrayAction; readonly label: string }
  /** A source's line; choosing it shows that source. */
  | { readonly type: "source"; readonly sourceId: string; readonly label: string }
  /** Text that cannot be chosen. */
  | { readonly type: "note"; readonly label: string }
  | { readonly type: "separator" };

/** The menu. "Open" comes first: on Linux the menu may be the only thing that a click on the icon gives. */
export function trayMenu(model: TrayModel, t: Translate): readonly TrayMenuItem[] {
  return [
    { type: "action", action: "open", label: t("tray.open") },
    { type: "separator" },
    ...model.lines.map((line) => ({ type: "source", sourceId: line.sourceId, label: line.text }) as const),
    ...model.notes.map((label) => ({ type: "note", label }) as const),
    { type: "separator" },
    { type: "action", action: "refresh", label: t("tray.refresh") },
    { type: "action", action: "settings", label: t("tray.settings") },
    { type: "separator" },
    { type: "action", action: "quit", label: t("tray.quit") },
  ];
}
