export type SessionOutcome = "granted" | "refused" | "unreachable";

/** The one-time token in a page's fragment ("#token=…"), or null. */
export function tokenOf(hash: string): string | null {
  const token = new URLSearchParams(hash.replace(/^#/, "")).get("token");
  return token === null || token === "" ? null : token;
}

/** Trades the one-time token for the session cookie. */
export async function openSession(token: string): Promise<SessionOutcome> {
  try {
    const answer = await fetch("/session", {
      method: "POST",
      credentials: "same-origin",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ token }),
    });
    return answer.ok ? "granted" : "refused";
  } catch {
    return "unreachable";
  }
}

/**
 * Whether the host still knows this page's cookie. A browser does not tell why a WebSocket was refused,
 * so this asks the same question in a way that it does tell.
 */
export async function checkSession(): Promise<SessionOutcome> {
  try {
    const answer = await fetch("/session", { method: "GET", credentials: "same-origin", cache: "no-store" });
    return answer.status === 401 || answer.status === 403 ? "refused" : "granted";
  } catch {
    return "unreachable";
  }
}
