import type { Finding, KeyPlace, LookedAt } from "../discovery/discovery.ts";
import type { Translate } from "./translate.ts";

/** Where a key lies: "the variable X", or the file and the place in it. */
export function placeWords(place: KeyPlace, t: Translate): string {
  if (place.type === "env") return t("discovery.at-env", { name: place.name });
  if (place.pointer === "") return t("discovery.at-whole-file", { path: place.path });
  return t("discovery.at-file", { path: place.path, pointer: place.pointer });
}

/** What a finding would be: its kind, or the gateway at its address. */
export function findingName({ kindName, draft }: Finding, t: Translate): string {
  if (kindName !== null) return kindName;
  return t("discovery.gateway", { host: URL.canParse(draft.baseUrl) ? new URL(draft.baseUrl).host : draft.baseUrl });
}

/** What came of looking at a place. */
export function outcomeWords({ outcome, detail }: Pick<LookedAt, "outcome" | "detail">, t: Translate): string {
  return t(`discovery.${outcome}`, { name: detail ?? "" });
}
