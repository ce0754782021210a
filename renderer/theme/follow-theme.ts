import { themeSchema } from "../../app/settings/schema.ts";
import type { AppStore } from "../store/app-store.ts";

const REMEMBERED = "plimsoll.theme";

/**
 * Sets the chosen theme on the document and keeps it there. It is remembered in the browser, too, so that a page does not
 * flash in the system's colours before the host has answered.
 */
export function followTheme(store: AppStore): void {
  const root = document.documentElement;
  root.dataset["theme"] = remembered() ?? "system";
  store.subscribe(({ app }) => {
    if (app === null || root.dataset["theme"] === app.preferences.theme) return;
    root.dataset["theme"] = app.preferences.theme;
    remember(app.preferences.theme);
  });
}

function remembered(): string | null {
  try {
    return themeSchema.safeParse(localStorage.getItem(REMEMBERED)).data ?? null;
  } catch {
    return null;
  }
}

function remember(theme: string): void {
  try {
    localStorage.setItem(REMEMBERED, theme);
  } catch {
    // A browser that forbids storage costs a flash, nothing more.
  }
}
