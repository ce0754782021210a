import { t } from "./words.ts";

/*
 * All that a browser without a session gets. It holds no data and does one thing: it takes the one-time token out of
 * the fragment (which no server, proxy or log ever sees), trades it for the session cookie and loads the page again.
 */

export const SIGN_IN_SCRIPT_PATH = "/sign-in.js";
export const SIGN_IN_STYLE_PATH = "/sign-in.css";

const MESSAGES = {
  working: t("signIn.working"),
  none: t("signIn.none"),
  refused: t("signIn.refused"),
  "too-many": t("signIn.tooMany"),
  unreachable: t("signIn.unreachable"),
  blocked: t("signIn.blocked"),
} as const;

/** The Plimsoll mark: a ring with a bar across it. */
const MARK =
  '<svg viewBox="0 0 32 32" fill="none" stroke="currentColor" aria-hidden="true">' +
  '<circle cx="16" cy="16" r="10" stroke-width="3"/><path d="M2 16h28" stroke-width="3" stroke-linecap="round"/></svg>';

/** The page that is shown in place of any page of the UI while there is no session. */
export function signInPage(): string {
  const messages = Object.entries(MESSAGES)
    .map(([id, text]) => `<p id="${id}" hidden>${escapeHtml(text)}</p>`)
    .join("\n        ");
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <link rel="icon" href="data:,">
    <link rel="stylesheet" href="${SIGN_IN_STYLE_PATH}">
    <script src="${SIGN_IN_SCRIPT_PATH}" defer></script>
    <title>${escapeHtml(t("signIn.title"))}</title>
  </head>
  <body>
    <main>
      <h1>${MARK}${escapeHtml(t("signIn.title"))}</h1>
      <div role="status">
        ${messages}
      </div>
      <p id="next" hidden>${escapeHtml(t("signIn.next"))}</p>
      <p id="blocked-next" hidden>${escapeHtml(t("signIn.blockedNext"))}</p>
      <noscript><p>${escapeHtml(t("signIn.noScript"))}</p></noscript>
    </main>
  </body>
</html>
`;
}

export const SIGN_IN_SCRIPT = `"use strict";
const show = (id) => {
  for (const paragraph of document.querySelectorAll("main p[id]")) paragraph.hidden = true;
  document.getElementById(id).hidden = false;
  if (id === "working") return;
  document.getElementById(id === "blocked" ? "blocked-next" : "next").hidden = false;
};

const outcomeOf = (status) => (status === 429 ? "too-many" : status === 204 ? "signed-in" : "refused");

const trade = async (token) => {
  try {
    const answer = await fetch("/session", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ token }),
    });
    const outcome = outcomeOf(answer.status);
    if (outcome !== "signed-in") return outcome;
    // Without this a browser that keeps no cookies would load this page for ever.
    return (await fetch("/session")).ok ? "signed-in" : "blocked";
  } catch {
    return "unreachable";
  }
};

const start = async () => {
  const token = new URLSearchParams(location.hash.slice(1)).get("token");
  if (!token) {
    show("none");
    return;
  }
  show("working");
  // The token must not stay in the address bar or the history.
  history.replaceState(null, "", location.pathname + location.search);
  const outcome = await trade(token);
  if (outcome === "signed-in") location.reload();
  else show(outcome);
};

// A new link pasted over this page's address changes the fragment only and loads nothing.
addEventListener("hashchange", start);
start();
`;

/** The look of the UI without its files: the same paper, ink and type sizes. */
export const SIGN_IN_STYLE = `:root {
  color-scheme: light dark;
  background: light-dark(#edf1f4, #0a141d);
  color: light-dark(#0d2030, #e7eef3);
}
body {
  margin: 0;
  min-height: 100vh;
  display: grid;
  place-items: center;
  font: 0.9375rem/1.5 system-ui, sans-serif;
}
main {
  box-sizing: border-box;
  width: min(26rem, calc(100vw - 2rem));
  padding: 1.5rem 1.75rem;
  border: 1px solid light-dark(#dce4ea, #22343f);
  border-radius: 12px;
  background: light-dark(#ffffff, #152430);
}
h1 {
  display: flex;
  align-items: center;
  gap: 0.5rem;
  margin: 0 0 0.75rem;
  font-size: 1.1875rem;
}
h1 svg {
  width: 1.75rem;
  height: 1.75rem;
}
p {
  margin: 0.5rem 0 0;
}
#next,
#blocked-next {
  color: light-dark(#455a6b, #abbcc9);
}
`;

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
