import type { CallError } from "../../app/contract/contract.ts";
import { type Translate, translateDynamic } from "../../app/wording/translate.ts";

/** One line for standard error: why a call was not carried out, and what to do. */
export function callErrorWords(error: CallError, t: Translate): string {
  const detail = error.detail ?? "";
  switch (error.code) {
    case "invalid-address":
      return translateDynamic(t, `addressProblem.${detail}`);
    case "plain-http-needs-consent":
      return `${t("addressProblem.plain-http")} To allow it: --allow-plain-http`;
    case "invalid-key":
      return translateDynamic(t, `keyProblem.${detail}`);
    case "invalid-options":
      return `an option of this kind is not valid: ${detail}`;
    case "invalid-input":
      return detail === "" ? "the input is not valid" : `the input is not valid: ${detail}`;
    case "key-required":
      return "the address changed to another origin, so the key has to be given again";
    case "unknown-source":
      return "there is no source with this id; `plimsoll source list` prints them";
    case "unknown-kind":
      return "this version does not know that kind of source";
    case "settings-read-only":
      return "the settings cannot be changed: they come from a newer version, or the file cannot be read";
    case "settings-not-saved":
      return `the settings could not be written (${detail}); nothing was changed`;
    case "key-not-saved":
      return "the keyring did not take the key; nothing was saved";
    case "undo-expired":
      return "it is too late to bring this source back";
    case "unknown-budget":
      return "there is no budget with this id; `plimsoll budget list` prints them";
    case "unknown-group":
      return "no source is in this group; a group is set in a source's own settings";
    case "unknown-sink":
      return "there is no sink with this id; `plimsoll sink list` prints them";
    case "history-off":
      return `no history is kept: ${detail}`;
    case "host-lost":
      return "the Plimsoll that runs on this profile ended before it answered; look whether it was done, and try again";
    case "internal":
      return "Plimsoll made a mistake; the log says more";
  }
}
