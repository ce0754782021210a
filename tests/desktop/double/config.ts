import * as z from "zod";

/** What the pretended computer is like. Comes to the app's process as JSON in PLIMSOLL_DOUBLE. */
export const doubleConfigSchema = z.object({
  platform: z.enum(["linux", "darwin", "win32"]).default("linux"),
  /** Electron's own default for `userData`; the app may set another. */
  userData: z.string(),
  /** Where the pretended keyring keeps its key, outside of userData. */
  keyringFile: z.string(),
  /** keyring: protects; none: Linux's built-in key; locked: encrypts and decrypts nothing; unavailable: says so. */
  safeStorage: z.enum(["keyring", "none", "locked", "unavailable"]).default("keyring"),
  notifications: z.enum(["shown", "failed", "silent", "unsupported"]).default("shown"),
  dark: z.boolean().default(true),
  packaged: z.boolean().default(true),
  version: z.string(),
  /** Where a Chromium listens that Playwright started: one for many apps, and not under the pretended platform. */
  chromium: z.string(),
});
export type DoubleConfig = z.infer<typeof doubleConfigSchema>;

export const config: DoubleConfig = doubleConfigSchema.parse(JSON.parse(process.env["PLIMSOLL_DOUBLE"] ?? "null"));
