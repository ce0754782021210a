/**
 * Why the keyring could not be used. The first three mean that there is none here; the others that there is one which does not
 * serve right now, and may hold keys.
 */
export type KeyringProblem = "no-library" | "no-service" | "no-collection" | "locked" | "timed-out" | "failed";

/** Whether keys can lie in a keyring that is only out of reach for now. */
export function mayHoldKeys(problem: KeyringProblem): boolean {
  switch (problem) {
    case "no-library":
    case "no-service":
    case "no-collection":
      return false;
    case "locked":
    case "timed-out":
    case "failed":
      return true;
  }
}

/** A plain clause for people. */
export function keyringProblemText(problem: KeyringProblem, platform: NodeJS.Platform): string {
  switch (problem) {
    case "no-library":
      return "the keyring library does not run on this system";
    case "no-service":
      return platform === "linux"
        ? "no Secret Service (such as GNOME Keyring or KWallet) answers on this session's D-Bus"
        : "this system has no keyring";
    case "no-collection":
      return "the Secret Service has no default keyring yet";
    case "locked":
      return "the keyring is locked";
    case "timed-out":
      return "the keyring does not answer";
    case "failed":
      return "the keyring refused the request";
  }
}

/**
 * Names an error of the keyring library. It tells its causes only in words, those of the keyring-core crates and their stores
 * (dbus-secret-service, Security.framework, wincred); the words themselves go no further.
 */
export function classifyKeyringError(error: unknown): KeyringProblem {
  const text = error instanceof Error ? error.message : "";
  if (/prompt (was )?dismissed|object locked|is locked|interaction is not allowed|-25308|-25293/i.test(text))
    return "locked";
  if (/did not receive a reply|timed? ?out|NoReply/i.test(text)) return "timed-out";
  if (/no result found/i.test(text)) return "no-collection";
  if (/DBus|D-Bus|secret service provider|no default store/i.test(text)) return "no-service";
  return "failed";
}
