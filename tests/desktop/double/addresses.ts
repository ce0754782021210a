/**
 * Chromium alone refuses schemes that it does not know, so a page of app://ui is shown at an https origin of its own. No
 * name below .test can exist (RFC 6761), and every request is answered by the double before it reaches the network.
 */
const SUFFIX = ".app.electron-double.test";

/** The address Chromium is sent to for one that the app names. */
export function toChromium(address: string): string {
  const url = new URL(address);
  return url.protocol === "app:" ? `https://${url.host}${SUFFIX}${url.pathname}${url.search}${url.hash}` : address;
}

/** The address as the app would see it for one that Chromium uses. */
export function toApp(address: string): string {
  if (!URL.canParse(address)) return address;
  const url = new URL(address);
  return url.protocol === "https:" && url.host.endsWith(SUFFIX)
    ? `app://${url.host.slice(0, -SUFFIX.length)}${url.pathname}${url.search}${url.hash}`
    : address;
}
