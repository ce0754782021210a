/** One secret of the OS keyring, under our service's name. */
export interface KeyringEntry {
  getPassword(): Promise<string | null>;
  setPassword(password: string): Promise<void>;
  /** False when there was none. */
  deletePassword(): Promise<boolean>;
}

/** Opens entries by account. May throw, and on Linux may take up to two seconds when the Secret Service hangs. */
export type OpenKeyringEntry = (account: string) => KeyringEntry;

/** The keyring's native library cannot be loaded here. */
export class KeyringLibraryMissing extends Error {
  override readonly name = "KeyringLibraryMissing";
}

const SERVICE = "Plimsoll";

/**
 * Loads the native library, when it is first needed. On Linux entries are pinned to the Secret Service: left alone, the library
 * falls back to the kernel's keyutils without a word, and those forget everything at the next restart.
 */
export async function loadKeyring(): Promise<OpenKeyringEntry> {
  const library = await import("@napi-rs/keyring").catch(() => {
    throw new KeyringLibraryMissing();
  });
  return (account) => {
    const entry = new library.AsyncEntry(SERVICE, account, { linux: { store: "secret-service" } });
    return {
      getPassword: () => entry.getPassword(),
      setPassword: (password) => entry.setPassword(password),
      deletePassword: () => entry.deletePassword(),
    };
  };
}

/** What the keyring is called where the user would look for it. */
export function keyringName(platform: NodeJS.Platform): string {
  switch (platform) {
    case "darwin":
      return "Keychain";
    case "win32":
      return "Credential Manager";
    default:
      return "Secret Service";
  }
}
