import { useSyncExternalStore } from "react";

export const sections = [
  "gateways",
  "found",
  "alerts",
  "budgets",
  "history",
  "polling",
  "metrics",
  "appearance",
  "about",
] as const;
export type Section = (typeof sections)[number];

/** Where in the settings one is: a section, and over the gateways perhaps the form for a new or an existing one. */
export type Route =
  | {
      readonly section: Section;
      readonly form: null /** Of the history: the one source that is shown. */;
      readonly of?: string;
    }
  | { readonly section: "gateways"; readonly form: { readonly type: "add" } }
  | { readonly section: "gateways"; readonly form: { readonly type: "edit"; readonly sourceId: string } };

/** "#alerts", "#add", "#source=<id>" or "#history=<id>"; anything else is the list of gateways. */
export function parseRoute(hash: string): Route {
  const fragment = hash.replace(/^#/, "");
  if (fragment === "add") return { section: "gateways", form: { type: "add" } };
  const sourceId = new URLSearchParams(fragment).get("source");
  if (sourceId !== null && sourceId !== "") return { section: "gateways", form: { type: "edit", sourceId } };
  const of = new URLSearchParams(fragment).get("history");
  if (of !== null && of !== "") return { section: "history", form: null, of };
  return { section: sections.find((section) => section === fragment) ?? "gateways", form: null };
}

export function addressOf(route: Route): string {
  if (route.form === null) {
    return route.of === undefined ? `#${route.section}` : `#${route.section}=${encodeURIComponent(route.of)}`;
  }
  return route.form.type === "add" ? "#add" : `#source=${encodeURIComponent(route.form.sourceId)}`;
}

/** Goes there without leaving a step behind in the history. */
export function goTo(route: Route): void {
  location.replace(addressOf(route));
}

/** The route of the page's address. */
export function useRoute(): Route {
  return parseRoute(useSyncExternalStore(onHashChange, () => location.hash));
}

function onHashChange(listener: () => void): () => void {
  window.addEventListener("hashchange", listener);
  return () => window.removeEventListener("hashchange", listener);
}
