import type { App, Session, WebContents } from "electron";
import type { Logger } from "../../app/ports.ts";
import { isOurs } from "./identity.ts";

/**
 * Takes from every page what it does not need: permissions, devices, the network, downloads, navigation, other windows.
 * Installed on `app` before the first session or page exists, so that none is ever without them.
 */
export function installGuards(app: App, logger: Logger): void {
  app.on("session-created", (session) => guardSession(session, logger));
  app.on("web-contents-created", (_event, contents) => guardPage(contents, logger));
  // A certificate that does not verify stays refused; the listener is here so that nobody adds a laxer one unseen.
  app.on("certificate-error", (_event, _contents, address, error, _certificate, callback) => {
    logger.log("warn", "certificate-refused", { host: hostOf(address), error });
    callback(false);
  });
}

/** Denies permissions and devices, cancels every request but those for our own files, and every download. */
export function guardSession(session: Session, logger: Logger): void {
  session.setPermissionRequestHandler((_contents, permission, callback) => {
    logger.log("warn", "permission-denied", { permission });
    callback(false);
  });
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.webRequest.onBeforeRequest((details, callback) => {
    const cancel = !isOurs(details.url) && !isDevTools(details.url);
    if (cancel) logger.log("warn", "request-cancelled", { host: hostOf(details.url), type: details.resourceType });
    callback({ cancel });
  });
  session.on("will-download", (event) => {
    logger.log("warn", "download-cancelled");
    event.preventDefault();
  });
}

function guardPage(contents: WebContents, logger: Logger): void {
  const deny = (what: string) => (event: { preventDefault(): void }) => {
    logger.log("warn", what);
    event.preventDefault();
  };
  // Our pages move by the history alone; a page is loaded only from here.
  contents.on("will-navigate", deny("navigation-denied"));
  contents.on("will-frame-navigate", deny("frame-navigation-denied"));
  contents.on("will-redirect", deny("redirect-denied"));
  contents.on("will-attach-webview", deny("webview-denied"));
  contents.setWindowOpenHandler(({ url }) => {
    logger.log("warn", "window-open-denied", { host: hostOf(url) });
    return { action: "deny" };
  });
}

/** Developer tools exist in unpackaged runs only; their own pages have this scheme. */
function isDevTools(address: string): boolean {
  return address.startsWith("devtools://");
}

function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).host : "";
}
