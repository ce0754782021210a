/** Cookies do not tell ports apart, so each host's has its port in its name: two hosts then do not sign each other out. */
function cookieName(port: number): string {
  return `plimsoll-${port}`;
}

/** The Set-Cookie value of a new session. It ends with the browser's own session, and no script can read it. */
export function sessionCookie(port: number, secret: string): string {
  return `${cookieName(port)}=${secret}; Path=/; HttpOnly; SameSite=Strict`;
}

/** The session's secret in a Cookie header; null when there is none, or more than one. */
export function sessionSecret(port: number, header: string | undefined): string | null {
  const prefix = `${cookieName(port)}=`;
  const own = (header ?? "")
    .split(";")
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(prefix));
  const [only, ...more] = own;
  return only === undefined || more.length > 0 ? null : only.slice(prefix.length);
}
