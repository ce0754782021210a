import type { InterfaceConfidence, RegisteredSource } from "../app/sources/source.ts";
import type { ServiceWithoutEndpoint } from "../app/sources/without-endpoint.ts";

type Listed = Pick<
  RegisteredSource,
  | "id"
  | "name"
  | "group"
  | "reads"
  | "keyNote"
  | "confidence"
  | "minIntervalSeconds"
  | "defaultBaseUrl"
  | "otherBaseUrls"
  | "known"
>;

const LEGEND: Readonly<Record<InterfaceConfidence, string>> = {
  DOC: "the service's official documentation",
  SRC: "the service's own source code",
  RE: "other people's clients; the service may change it without notice",
  "RE*": "other people's clients, which disagree with each other or guess a part of it",
};

const GROUPS = [
  { group: "gateway", title: "Gateways" },
  { group: "provider", title: "Providers" },
] as const;

/** The text of docs/sources.md: every kind of source in the order of the registry, then the services that have none. */
export function sourcesText(sources: readonly Listed[], without: readonly ServiceWithoutEndpoint[]): string {
  return `${[
    "# Sources",
    "<!-- Made by `npm run sources-doc` from app/sources. Do not edit. -->",
    "Every kind of gateway and provider that Plimsoll reads. The id is what `--kind`, settings and JSON call it. Plimsoll only asks; " +
      "it changes nothing at a service and buys nothing.",
    ...GROUPS.flatMap(({ group, title }) => {
      const members = sources.filter((source) => source.group === group);
      return [`## ${title}`, table(HEADINGS, members.map(sourceRow))];
    }),
    "## Known from",
    "How sure the way of asking is:",
    Object.entries(LEGEND)
      .map(([code, meaning]) => `- \`${code}\`: ${meaning}`)
      .join("\n"),
    "## Keys that may already be there",
    "Only looked for when you ask Plimsoll to look around, and used only after you say so. A file is read at each poll and never " +
      "written; its token is never renewed.",
    table(["source", "environment variables", "files"], sources.filter(hasPlaces).map(placesRow)),
    "## Services without a quota to ask for",
    "Plimsoll has no kind for these, because a key may ask them nothing, or too little.",
    table(
      ["service", "why", "instead"],
      without.map(({ name, why, instead }) => [name, why, instead]),
    ),
  ].join("\n\n")}\n`;
}

const HEADINGS = ["name", "id", "reads", "with", "known from", "asked at most every", "address"];

function sourceRow(source: Listed): readonly string[] {
  const { name, id, reads, keyNote, confidence, minIntervalSeconds, defaultBaseUrl, otherBaseUrls = [] } = source;
  const addresses = [...(defaultBaseUrl === null ? [] : [defaultBaseUrl]), ...otherBaseUrls].map(code);
  return [
    name,
    code(id),
    reads,
    keyNote,
    confidence,
    interval(minIntervalSeconds),
    addresses.length === 0 ? "your own" : addresses.join(", "),
  ];
}

function hasPlaces({ known }: Listed): boolean {
  return (known?.env ?? []).length > 0 || (known?.files ?? []).length > 0;
}

function placesRow({ name, known }: Listed): readonly string[] {
  const files = (known?.files ?? []).map(({ tool, paths }) => `${tool}: ${paths.map(code).join(", ")}`);
  return [name, (known?.env ?? []).map(code).join(", "), files.join("; ")];
}

function interval(seconds: number): string {
  if (seconds % 3600 === 0) return `${seconds / 3600} h`;
  return seconds % 60 === 0 ? `${seconds / 60} min` : `${seconds} s`;
}

function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(" | ")} |`;
  return [line(headings), line(headings.map(() => "---")), ...rows.map(line)].join("\n");
}

/** A text of a cell: a bar would end it, a line break the row, and a bare asterisk could begin to stress. */
function cell(text: string): string {
  const flat = text.replace(/\s+/g, " ").trim().replaceAll("|", "\\|");
  return flat.includes("`") ? flat : flat.replace(/[*_<]/g, "\\$&");
}

function code(text: string): string {
  return `\`${text}\``;
}
