/** Path of the account's routes below an address: empty where the address already ends in the account; null where nobody names one. */
export function accountPath(baseUrl: string, accountId: string): string | null {
  if (accountInAddress(baseUrl) !== null) return "";
  return accountId === "" ? null : `/client/v4/accounts/${accountId}`;
}

/** The account that an address ends in: "…/client/v4/accounts/0a1b". */
export function accountInAddress(baseUrl: string): string | null {
  return /\/accounts\/(?<id>[\w-]+)$/.exec(new URL(baseUrl).pathname)?.groups?.["id"] ?? null;
}
