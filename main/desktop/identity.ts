/** Equal to `appId` in electron-builder.yml: Windows ties notifications and the taskbar to it. */
export const APP_ID = "io.github.plimsoll.Plimsoll";
/** The installed desktop file: Wayland's app id and the portals' identity. Equal to `desktopName` in package.json. */
export const DESKTOP_NAME = `${APP_ID}.desktop`;

export const UI_SCHEME = "app";
export const UI_HOST = "ui";
/** Where the pages live. Not a URL origin that Node computes: it knows no origin for schemes of our own. */
export const UI_ORIGIN = `${UI_SCHEME}://${UI_HOST}`;

/** Whether an address is one of our pages or their files. */
export function isOurs(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  return (
    url.protocol === `${UI_SCHEME}:` &&
    url.host === UI_HOST &&
    url.username === "" &&
    url.password === "" &&
    url.port === ""
  );
}
