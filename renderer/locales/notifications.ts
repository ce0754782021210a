/** English words of the browser's own notifications. Part of the interface's catalog in en.ts. */
export const notificationsWords = {
  "browser.name": "This browser",
  "browser.unsupported": "Shows no notifications for this page. Alerts appear as banners in it.",
  "browser.not-asked":
    "May show alerts as its own notifications, also while this tab is in the background. It asks you once for each address; plimsoll serve --port keeps the address the same.",
  "browser.blocked":
    "Blocked: allow notifications for this address in the browser's settings, beside the address. Until then alerts appear as banners in the page.",
  "browser.granted": "Its own notifications, also while this tab is in the background",
  "browser.off": "Switched off. Alerts appear as banners in the page.",
  "browser.allow": "Allow…",
  "browser.shown": "The browser took it. If you see nothing, the system may be holding notifications back.",
  "browser.not-shown": "This browser lets pages show no notifications. Alerts appear as banners in the page.",
} as const;
