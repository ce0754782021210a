import type { CallInput } from "../../app/contract/contract.ts";

type LinkId = CallInput<"shell.openLink">["link"];

/** The pages outside the app that it may open: a page names one, only this table knows the address. */
const ADDRESSES: Readonly<Record<LinkId, string>> = {
  documentation: "https://github.com/plimsoll/plimsoll#readme",
  "keyring-help": "https://github.com/plimsoll/plimsoll/blob/main/docs/platforms.md#keyring",
};

export function linkAddress(link: LinkId): string {
  return ADDRESSES[link];
}
