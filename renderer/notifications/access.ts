/** Whether this page may show notifications. `unsupported`: this browser has none for it. */
export type NotificationAccess = "unsupported" | "not-asked" | "granted" | "blocked";

/** What a browser says, as far as access to notifications goes. */
export interface AccessBrowser {
  readonly Notification?: {
    readonly permission: NotificationPermission;
    requestPermission(): Promise<NotificationPermission>;
  };
  readonly permissions?: Pick<Permissions, "query">;
}

export interface AccessWatch {
  current(): NotificationAccess;
  /** Hears each change, also one made in the browser's own settings; returns the function that stops listening. */
  subscribe(listener: () => void): () => void;
  /** Makes the browser ask its user. To be called from a click only: browsers hold anything else against a page. */
  ask(): Promise<void>;
}

/** Follows whether the page may show notifications. Never asks by itself. */
export function watchAccess(browser: AccessBrowser): AccessWatch {
  const listeners = new Set<() => void>();
  let status: PermissionStatus | null = null;

  const current = (): NotificationAccess => {
    switch (browser.Notification?.permission) {
      case undefined:
        return "unsupported";
      case "granted":
        return "granted";
      case "denied":
        return "blocked";
      case "default":
        return "not-asked";
    }
  };
  const tell = (): void => {
    for (const listener of [...listeners]) listener();
  };
  /** Browsers without this tell of a change at the next look only. */
  const listen = async (): Promise<void> => {
    try {
      status ??= (await browser.permissions?.query({ name: "notifications" })) ?? null;
    } catch {
      return;
    }
    status?.addEventListener("change", tell);
  };

  return {
    current,
    subscribe(listener) {
      if (listeners.size === 0) void listen();
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) status?.removeEventListener("change", tell);
      };
    },
    async ask() {
      await browser.Notification?.requestPermission();
      tell();
    },
  };
}
