import { ownHosts } from "./policy.ts";

/** Sent with every answer. No CORS header is ever among them: no other site has a reason to read any of this. */
export function baseHeaders(): Record<string, string> {
  return {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
  };
}

/** The policy of every page: its own files, its own socket, and nothing else. */
export function contentSecurityPolicy(port: number): string {
  // Older Safari does not count a WebSocket of the same host as 'self', so the sockets are spelled out.
  const sockets = ownHosts(port).map((host) => `ws://${host}`);
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self' ${sockets.join(" ")}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}
