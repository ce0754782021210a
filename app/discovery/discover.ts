import { lookUpAll } from "../polling/look-up-secrets.ts";
import { NOTHING_GIVEN, pollTarget } from "../polling/poll-target.ts";
import type { Ports } from "../ports.ts";
import { parseBaseUrl } from "../settings/base-url.ts";
import type { SourceConfig } from "../settings/schema.ts";
import { kindsOfKey } from "../sources/probe/clues.ts";
import type { RegisteredSource } from "../sources/source.ts";
import type { Candidate } from "./candidate.ts";
import type { Discovery } from "./discovery.ts";
import { foldCandidates, type KnownSource } from "./fold.ts";
import { lookAt, lookForGateway } from "./look.ts";
import { GATEWAY_VARIABLES, planPlaces } from "./plan.ts";

type DiscoverPorts = Pick<Ports, "references" | "fingerprints" | "vault" | "clock">;

/**
 * Looks at every place where a known tool may keep a key, and says what of it could be used. Sends nothing, changes nothing, saves
 * nothing; no key is in what it gives. Only to be called when somebody asked for it.
 */
export async function discover(
  configs: readonly SourceConfig[],
  sources: readonly RegisteredSource[],
  ports: DiscoverPorts,
): Promise<Discovery> {
  const now = ports.clock.now();
  const gateways = GATEWAY_VARIABLES.map((variables) => lookForGateway(variables, ports.references, sources));
  const tools: Candidate[] = [];
  for (const planned of planPlaces(sources)) tools.push(...(await lookAt(planned, ports.references, now)));
  const candidates = [...tools.map((candidate) => leaveToOwner(candidate, gateways, sources)), ...gateways];
  const known: KnownSource[] = [];
  for (const config of configs) known.push(await knowSource(config, candidates, sources, ports));
  return foldCandidates(candidates, known, (text) => ports.fingerprints.of(text));
}

/** A variable whose key is for a gateway is not offered for the service that it is named after, nor a key for another kind's. */
function leaveToOwner(
  candidate: Candidate,
  gateways: readonly Candidate[],
  sources: readonly RegisteredSource[],
): Candidate {
  const { source, key, place } = candidate;
  if (source === null || key === null) return candidate;
  const elsewhere = (detail: string): Candidate => ({ ...candidate, outcome: "other-service", detail, key: null });
  const gateway = gateways.find((other) => other.outcome === "usable" && other.spot === candidate.spot);
  if (place.type === "env" && gateway !== undefined && gateway.baseUrl !== null) {
    return elsewhere(new URL(gateway.baseUrl).host);
  }
  const owners = kindsOfKey(sources, key);
  const [owner] = owners;
  return owner === undefined || owners.includes(source) ? candidate : elsewhere(owner.name);
}

/** What tells that a source is there already: its place, and its key where something like it was found. */
async function knowSource(
  config: SourceConfig,
  candidates: readonly Candidate[],
  sources: readonly RegisteredSource[],
  ports: DiscoverPorts,
): Promise<KnownSource> {
  const { credential } = config;
  const address = parseBaseUrl(config.baseUrl, { allowPlainHttp: true });
  const origin = address.ok ? address.origin : null;
  const spot =
    credential.type === "env"
      ? credential.name
      : credential.type === "file"
        ? `${(await ports.references.locate(credential.path)) ?? credential.path}#${credential.pointer}`
        : null;
  const descriptor = sources.find(({ id }) => id === config.kind);
  // The keyring is only asked for keys that there is something to compare with.
  const alike = candidates.some(
    ({ source, baseUrl, key }) =>
      key !== null && (source?.id === config.kind || (baseUrl !== null && new URL(baseUrl).origin === origin)),
  );
  const none: KnownSource = { config, origin, spot, mark: null };
  if (!alike || descriptor === undefined || origin === null) return none;
  const found = await lookUpAll(pollTarget(config, NOTHING_GIVEN), descriptor, origin, ports).catch(() => null);
  return found?.ok === true ? { ...none, mark: ports.fingerprints.of(found.key) } : none;
}
