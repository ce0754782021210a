import type { SourceConfig } from "../settings/schema.ts";
import { uniqueLabel } from "../settings/unique-label.ts";
import { cleanText } from "../sources/clean-text.ts";
import { type Candidate, placeText } from "./candidate.ts";
import type { Discovery, Finding, KeyPlace, LookedAt } from "./discovery.ts";

/** A source that is there already, as far as it can be told from what was found. */
export interface KnownSource {
  readonly config: Pick<SourceConfig, "id" | "kind" | "label">;
  readonly origin: string | null;
  readonly spot: string | null;
  /** Fingerprint of its key; null where it was not looked up, or has none. */
  readonly mark: string | null;
}

/** One key for one kind, with every place that it was found at. */
interface Group {
  readonly first: Candidate;
  readonly mark: string | null;
  readonly places: readonly Candidate[];
}

/** What was looked at as findings: the same key for the same kind once, and known again where a source has it. */
export function foldCandidates(
  candidates: readonly Candidate[],
  known: readonly KnownSource[],
  fingerprint: (key: string) => string,
): Discovery {
  const groups: Group[] = [];
  for (const candidate of candidates) {
    if (candidate.outcome !== "usable" && candidate.outcome !== "expired") continue;
    const mark = candidate.key === null ? null : fingerprint(candidate.key);
    const index = groups.findIndex((group) => sameKey(group, candidate, mark));
    const group = groups[index];
    if (group === undefined) groups.push({ first: candidate, mark, places: [candidate] });
    else groups[index] = joined(group, candidate);
  }
  const added = new Map(groups.map((group) => [group, known.find((source) => isSame(source, group))]));
  const labels = new Set(known.map(({ config }) => config.label));
  const findings = groups.map((group): Finding => {
    const { first, places } = group;
    const source = added.get(group);
    const label = newLabel(first, labels);
    labels.add(label);
    return {
      id: findingId(first),
      kind: first.source?.id ?? null,
      kindName: first.source?.name ?? null,
      tool: first.tool,
      place: first.place,
      alsoAt: places.filter((other) => other !== first).map(({ place }) => place),
      status: first.outcome === "expired" ? "expired" : "usable",
      added: source === undefined ? null : { id: source.config.id, label: source.config.label },
      needs: [...first.needs],
      draft: {
        id: null,
        kind: first.source?.id ?? "",
        label,
        baseUrl: first.baseUrl ?? "",
        allowPlainHttp: false,
        key: first.place,
        options: {},
      },
    };
  });
  const inUse = new Set(groups.filter((group) => added.get(group) !== undefined).flatMap(({ places }) => places));
  return { findings, places: candidates.map((candidate) => lookedAt(candidate, inUse.has(candidate))) };
}

function sameKey({ first, mark, places }: Group, candidate: Candidate, candidateMark: string | null): boolean {
  if (first.source?.id !== candidate.source?.id || originOf(first) !== originOf(candidate)) return false;
  return (mark !== null && mark === candidateMark) || places.some(({ spot }) => spot === candidate.spot);
}

/** Of several ways to one file, the one without a variable is saved: another face may be started without it. */
function joined(group: Group, candidate: Candidate): Group {
  const { first } = group;
  const plainer =
    candidate.spot === first.spot && startsWithVariable(first.place) && !startsWithVariable(candidate.place);
  return { ...group, first: plainer ? candidate : first, places: [...group.places, candidate] };
}

function startsWithVariable(place: KeyPlace): boolean {
  return place.type === "file" && /^[$%]/.test(place.path);
}

function isSame({ config, origin, spot, mark }: KnownSource, group: Group): boolean {
  const { first, places } = group;
  // A gateway of one's own may have been saved as any kind: there the address decides.
  const alike = first.source === null ? origin !== null && origin === originOf(first) : config.kind === first.source.id;
  if (!alike) return false;
  return (mark !== null && mark === group.mark) || (spot !== null && places.some((other) => other.spot === spot));
}

function originOf({ baseUrl }: Candidate): string | null {
  return baseUrl === null ? null : new URL(baseUrl).origin;
}

/** The kind's name or the gateway's host; where that is taken, with what tells it apart. */
function newLabel({ source, baseUrl, tool, place }: Candidate, taken: ReadonlySet<string>): string {
  const name = source?.name ?? (baseUrl === null ? "" : new URL(baseUrl).host);
  if (!taken.has(name)) return cleanText(name);
  const apart = tool ?? (place.type === "env" ? place.name : place.path);
  return uniqueLabel(cleanText(`${name} (${apart})`), taken);
}

function lookedAt({ source, tool, place, outcome, detail }: Candidate, added: boolean): LookedAt {
  return {
    kind: source?.id ?? null,
    kindName: source?.name ?? null,
    tool,
    place,
    outcome: added ? "already-added" : outcome,
    detail: detail === null ? null : cleanText(detail),
  };
}

/** Short enough to type, and made of the kind and the place alone. */
function findingId({ source, place }: Candidate): string {
  return `${source?.id ?? "gateway"}-${hash(placeText(place))}`;
}

/** FNV-1a, 32 bits. */
function hash(text: string): string {
  let value = 0x811c9dc5;
  for (const character of text) value = Math.imul(value ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return (value >>> 0).toString(16).padStart(8, "0");
}
