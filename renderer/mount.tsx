import "./theme/base.css";
import { type ReactNode, StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { connectToHost } from "./bridge/connect.ts";
import { mayNotify } from "./notifications/may-notify.ts";
import { type AppStore, createAppStore } from "./store/app-store.ts";
import { StoreProvider } from "./store/context.tsx";
import { followTheme } from "./theme/follow-theme.ts";
import { chooseLanguage, createWords, type Words, WordsProvider } from "./words.tsx";

/** What shows notifications is loaded with the first alert. */
function notifyOfAlerts(store: AppStore, words: Words, language: string): void {
  store.bridge.on("alerts.raised", (delivery) => {
    // Judged when it comes, not when the rest is loaded.
    if (!mayNotify(delivery, store)) return;
    import("./notifications/notify-of-alerts.ts").then(
      ({ notifyOfAlert }) => notifyOfAlert(delivery, store, words, language),
      // The host of these files is gone; the banner shows the alert.
      () => undefined,
    );
  });
}

/** Connects to the host and shows a page. */
export function mountPage(page: ReactNode): void {
  const root = document.getElementById("root");
  if (root === null) throw new Error("the page has no #root");
  const store = createAppStore(connectToHost());
  const language = chooseLanguage(navigator.languages);
  document.documentElement.lang = language;
  document.documentElement.dataset["face"] = store.bridge.face;
  followTheme(store);
  const words = createWords(language);
  // On the desktop the host itself shows notifications.
  if (store.bridge.face === "web") notifyOfAlerts(store, words, language);
  createRoot(root).render(
    <StrictMode>
      <WordsProvider words={words}>
        <StoreProvider store={store}>{page}</StoreProvider>
      </WordsProvider>
    </StrictMode>,
  );
}
