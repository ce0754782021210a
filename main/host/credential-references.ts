import type { CredentialReferences } from "../../app/ports.ts";
import type { Redactor } from "./redactor.ts";

/**
 * Looks keys up in environment variables and files, anew at each call. A variable that is missing or empty is "env-not-set";
 * the detail names the variable, never what it holds. A line break at the end, as `export K="$(cat file)"` variants leave
 * one, is not part of the key.
 */
export function createCredentialReferences(
  env: Readonly<Record<string, string | undefined>>,
  redactor: Pick<Redactor, "learn">,
): CredentialReferences {
  return {
    env(reference) {
      const secret = (env[reference.name] ?? "").replace(/[\r\n]+$/, "");
      if (secret.trim() === "") return { found: false, reason: "env-not-set", detail: reference.name };
      redactor.learn(secret);
      return { found: true, secret };
    },
    variable(name) {
      const text = (env[name] ?? "").trim();
      return text === "" ? null : text;
    },
    // Most users have no key in a file: what reads them is loaded when the first is asked for.
    async file(reference, now) {
      const { resolveFileReference } = await import("./file-references.ts");
      return resolveFileReference(reference, now, { env, redactor });
    },
    async filePlaces(reference, now) {
      const { resolveFilePlaces } = await import("./file-references.ts");
      return resolveFilePlaces(reference, now, { env, redactor });
    },
    async locate(path) {
      const { locateFile } = await import("./file-paths.ts");
      return locateFile(path, { env });
    },
  };
}
