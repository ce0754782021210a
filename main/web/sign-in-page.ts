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
      <h1>${escapeHtml(t("signIn.title"))}</h1>
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

export const SIGN_IN_STYLE = `body {
  margin: 0;
  min-height: 100vh;
  display: grid;
  place-items: center;
  font: 16px/1.5 system-ui, sans-serif;
}
main {
  max-width: 32rem;
  padding: 2rem;
}
h1 {
  font-size: 1.25rem;
}
`;

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
