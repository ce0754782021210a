import type { CredentialReferences } from "../ports.ts";
import { parseBaseUrl } from "../settings/base-url.ts";
import { isFilePlace } from "../settings/schema.ts";
import { isKnownHost, kindsOfKey } from "../sources/probe/clues.ts";
import type { RegisteredSource } from "../sources/source.ts";
import { homeOfPlace, NOWHERE, toolFileReference } from "../sources/tool-files.ts";
import { type Candidate, judgeLookup } from "./candidate.ts";
import type { Need } from "./discovery.ts";
import type { GatewayVariables, PlannedPlace } from "./plan.ts";

/** Looks at one planned place: a candidate for each key that it can hold, at least one; none where it is a place of another platform. */
export async function lookAt(
  planned: PlannedPlace,
  references: CredentialReferences,
  now: number,
): Promise<readonly Candidate[]> {
  const { source } = planned;
  const common = { source, baseUrl: source.defaultBaseUrl, needs: needsOf(source), detail: null };
  if (planned.type === "env") {
    const place = { type: "env", name: planned.name } as const;
    const judged = judgeLookup(references.env(place), true);
    return [leaveOtherKeys({ ...common, ...judged, tool: null, place, spot: planned.name })];
  }
  const { file, path } = planned;
  const located = await references.locate(path);
  // A path of Windows says nothing to anybody elsewhere, where its variable is not set.
  if (located === null && path.startsWith("%")) return [];
  const reference = toolFileReference({ path, pointer: file.pointer }, file);
  const found = await references.filePlaces(reference, now);
  // Members that cannot be named in the settings are not offered.
  const nameable = found.filter(({ pointer }) => isFilePlace({ path, pointer }));
  const rest = { pointer: file.pointer, lookup: { found: false, reason: "pointer-not-found", detail: null } } as const;
  const candidates = (nameable.length === 0 ? [rest] : nameable).map(({ pointer, lookup }) => {
    const judged = judgeLookup(lookup, located !== null);
    const place = { type: "file", path, pointer } as const;
    const candidate = { ...common, ...judged, tool: file.tool, place, spot: `${located ?? path}#${pointer}` };
    return leaveOtherKeys(atHome(candidate, homeOfPlace(file, pointer)));
  });
  if (!found.some(({ isCut }) => isCut === true)) return candidates;
  const place = { type: "file", path, pointer: file.pointer } as const;
  const spot = `${located ?? path}#${file.pointer}`;
  return [...candidates, { ...common, outcome: "too-many", key: null, tool: file.tool, place, spot }];
}

/** At the address that its place is of, and not at all where that is none of the service's. */
function atHome<C extends Candidate & { readonly source: RegisteredSource }>(candidate: C, home: string | null): C {
  if (home === null || !["usable", "expired"].includes(candidate.outcome)) return candidate;
  if (home === NOWHERE) return { ...candidate, outcome: "no-key", key: null };
  const { hostname } = new URL(home);
  if (isKnownHost(candidate.source, hostname)) return { ...candidate, baseUrl: home };
  return { ...candidate, outcome: "other-service", detail: hostname, key: null };
}

/** A key that begins as those do which the service refuses is none for it. */
function leaveOtherKeys<C extends Candidate & { readonly source: RegisteredSource }>(candidate: C): C {
  const { source, key } = candidate;
  const others = Object.entries(source.known?.otherKeys ?? {});
  const other = key === null ? undefined : others.find(([prefix]) => key.startsWith(prefix));
  return other === undefined ? candidate : { ...candidate, outcome: "other-service", detail: other[1], key: null };
}

function needsOf(source: RegisteredSource): readonly Need[] {
  return [
    ...(source.defaultBaseUrl === null ? (["address"] as const) : []),
    ...(needsOptions(source) ? (["options"] as const) : []),
  ];
}

function needsOptions({ optionFields, known }: RegisteredSource): boolean {
  return optionFields.some(({ required }) => required === true) || (known?.needsOptions ?? []).length > 0;
}

/**
 * Looks for a gateway of one's own in a pair of variables, an address and its key. The kind is known where the address's host or the
 * key's beginning tells it; else it is left open. Nothing is asked of the address.
 */
export function lookForGateway(
  { addresses, keys, ownHosts }: GatewayVariables,
  references: CredentialReferences,
  sources: readonly RegisteredSource[],
): Candidate {
  const at = (name: string) => ({ place: { type: "env", name } as const, spot: name });
  const nothing = (name: string, outcome: Candidate["outcome"]): Candidate => ({
    ...at(name),
    source: null,
    tool: null,
    baseUrl: null,
    needs: [],
    outcome,
    detail: null,
    key: null,
  });
  const [usual = "", ...others] = addresses;
  const addressName = [usual, ...others].find((name) => references.variable(name) !== null);
  if (addressName === undefined) return nothing(usual, "not-set");
  const text = references.variable(addressName) ?? "";
  const address = parseBaseUrl(text, { allowPlainHttp: true });
  if (!address.ok) return nothing(addressName, "bad-address");
  const { hostname } = new URL(address.url);
  if (ownHosts.includes(hostname)) return nothing(addressName, "own-address");
  const keyName = keys.find((name) => references.env({ type: "env", name }).found) ?? keys[0] ?? "";
  const { outcome, key } = judgeLookup(references.env({ type: "env", name: keyName }), true);
  const hosts = sources.filter((source) => isKnownHost(source, hostname));
  const [source = null, ...rivals] = key === null || hosts.length <= 1 ? hosts : narrowed(hosts, key);
  const known = rivals.length === 0 ? source : null;
  const consent = !parseBaseUrl(text, { allowPlainHttp: false }).ok;
  return {
    ...at(keyName),
    source: known,
    tool: null,
    baseUrl: address.url,
    needs: [
      ...(known === null ? (["kind"] as const) : needsOf(known).filter((need) => need !== "address")),
      ...(consent ? (["plain-http"] as const) : []),
    ],
    outcome,
    detail: null,
    key,
  };
}

function narrowed(hosts: readonly RegisteredSource[], key: string): readonly RegisteredSource[] {
  const byKey = kindsOfKey(hosts, key);
  return byKey.length === 0 ? hosts : byKey;
}
