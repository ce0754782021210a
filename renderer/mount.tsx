import "./theme/base.css";
import { type ReactNode, StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { connectToHost } from "./bridge/connect.ts";
import { createAppStore } from "./store/app-store.ts";
import { StoreProvider } from "./store/context.tsx";
import { followTheme } from "./theme/follow-theme.ts";
import { chooseLanguage, createWords, WordsProvider } from "./words.tsx";

/** Connects to the host and shows a page. */
export function mountPage(page: ReactNode): void {
  const root = document.getElementById("root");
  if (root === null) throw new Error("the page has no #root");
  const store = createAppStore(connectToHost());
  const language = chooseLanguage(navigator.languages);
  document.documentElement.lang = language;
  document.documentElement.dataset["face"] = store.bridge.face;
  followTheme(store);
  createRoot(root).render(
    <StrictMode>
      <WordsProvider words={createWords(language)}>
        <StoreProvider store={store}>{page}</StoreProvider>
      </WordsProvider>
    </StrictMode>,
  );
}
