import { isBuiltin } from "node:module";
import { posix } from "node:path";
import type { FoundImport, ImportForm, ScannedFile } from "./scan.ts";

/** What one part of the project may import. The first part whose folder holds the file applies. */
interface Part {
  readonly folder: string;
  /** Folders of the project, beside its own. */
  readonly folders: readonly string[];
  /** Folders that must not be loaded with the entry, but only by what is imported dynamically. */
  readonly lazy?: { readonly entry: string; readonly folders: readonly string[] };
  readonly packages: readonly string[];
  readonly node: boolean;
}

const HOST_PACKAGES = [
  "zod",
  "i18next",
  "undici",
  "env-paths",
  "conf",
  "@napi-rs/keyring",
  "ws",
  "@opentelemetry/api",
  "@opentelemetry/sdk-metrics",
  "@opentelemetry/resources",
  "@opentelemetry/otlp-transformer",
  "@opentelemetry/exporter-prometheus",
];

// A nested folder stands before the one that holds it.
const parts: readonly Part[] = [
  {
    folder: "app",
    folders: [],
    packages: [
      "zod",
      "i18next",
      "json-p3",
      "structured-headers",
      "shell-quote",
      "yaml",
      "temporal-polyfill",
      "papaparse",
    ],
    node: false,
  },
  {
    folder: "renderer",
    folders: ["app"],
    packages: [
      "zod",
      "i18next",
      "react",
      "react-dom",
      "zustand",
      "lucide-react",
      "@fontsource-variable/inter",
      "vite",
      "d3-scale",
      "d3-shape",
    ],
    node: false,
  },
  { folder: "main/host", folders: ["app"], packages: HOST_PACKAGES, node: true },
  { folder: "main/web", folders: ["app", "main/host"], packages: [...HOST_PACKAGES, "open"], node: true },
  {
    folder: "main/cli",
    folders: ["app", "main/host"],
    lazy: { entry: "main/cli/plimsoll.ts", folders: ["main/web"] },
    packages: [...HOST_PACKAGES, "commander", "string-width"],
    node: true,
  },
  { folder: "main/desktop/preload", folders: ["app/contract"], packages: ["electron"], node: false },
  {
    folder: "main/desktop",
    folders: ["app", "main/host"],
    packages: [...HOST_PACKAGES, "electron", "electron-store"],
    node: true,
  },
];

/** Files that may name a source by its id, with the reason why. */
export const MAY_NAME_SOURCES: readonly { readonly path: string; readonly why: string }[] = [
  { path: "main/host/demo/", why: "each demo gateway answers in the shape of one kind of source" },
];

const REGISTRY = "app/sources/registry.ts";
const SOURCE_FOLDER = /^app\/sources\/(?:gateways|providers)\/([^/]+)\//;

/** Every breach of the rule of dependence, as one readable line each. Tests may import what they like. */
export function breaches(files: readonly ScannedFile[]): string[] {
  const eager = new Set(parts.flatMap((part) => (part.lazy === undefined ? [] : loadedWith(part.lazy.entry, files))));
  return files
    .filter((file) => !file.isTest)
    .flatMap((file) =>
      file.imports.flatMap((found) => {
        const reason = judge(file.path, found, eager);
        return reason === null ? [] : [`${file.path}:${found.line} ${reason}`];
      }),
    );
}

function judge(path: string, found: FoundImport, eager: ReadonlySet<string>): string | null {
  const part = parts.find((candidate) => isBelow(path, candidate.folder));
  if (part === undefined) return "lies in no part that has a rule";
  return importFault(path, part, found, eager.has(path)) ?? sourceFault(path, found);
}

function importFault(path: string, part: Part, found: FoundImport, isEager: boolean): string | null {
  const { specifier } = found;
  if (specifier === null) return `loads a module by a computed name (${found.form})`;
  const target = targetOf(path, specifier);
  // The hosts read their own name and version from where npm has it.
  if (target === "package.json" && isBelow(path, "main")) return null;
  if (target !== null) {
    const lazy = isEager && !LOADS_LATER.has(found.form) ? [] : (part.lazy?.folders ?? []);
    const allowed = isOwn(target, part) || [...part.folders, ...lazy].some((folder) => isBelow(target, folder));
    return allowed ? null : `${part.folder} must not import ${target} (${found.form})`;
  }
  if (isBuiltin(specifier)) return part.node ? null : `${part.folder} must not import ${specifier} (${found.form})`;
  const name = packageOf(specifier);
  return part.packages.includes(name) ? null : `${part.folder} must not import the package ${name} (${found.form})`;
}

const LOADS_LATER: ReadonlySet<ImportForm> = new Set<ImportForm>(["dynamic", "type"]);

/** The entry and every file that is loaded along with it. */
function loadedWith(entry: string, files: readonly ScannedFile[]): string[] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const reached = new Set([entry]);
  for (const path of reached) {
    for (const { form, specifier } of byPath.get(path)?.imports ?? []) {
      const target = specifier === null || LOADS_LATER.has(form) ? null : targetOf(path, specifier);
      if (target !== null) reached.add(target);
    }
  }
  return [...reached];
}

/** Sources are known to the registry alone, and not to each other. */
function sourceFault(path: string, found: FoundImport): string | null {
  const target = found.specifier === null ? null : targetOf(path, found.specifier);
  const imported = target === null ? undefined : SOURCE_FOLDER.exec(target)?.[1];
  if (imported === undefined || path === REGISTRY) return null;
  const own = SOURCE_FOLDER.exec(path)?.[1];
  return own === imported ? null : `imports the source ${imported}; only ${REGISTRY} may`;
}

/** Places outside the registry and a source's own folder where its id stands as a string, a key or a member. */
export function sourceNamesOutOfPlace(files: readonly ScannedFile[]): string[] {
  const ids = sourceIds(files);
  return files
    .filter((file) => !file.isTest && file.path !== REGISTRY)
    .filter((file) => !MAY_NAME_SOURCES.some(({ path }) => file.path.startsWith(path)))
    .flatMap((file) =>
      file.words
        .filter(({ text }) => ids.has(text) && SOURCE_FOLDER.exec(file.path)?.[1] !== text)
        .map(({ text, line }) => `${file.path}:${line} names the source ${text}`),
    );
}

/** Ids that are ordinary words of any program, so that finding one says nothing. */
const ORDINARY_WORDS: ReadonlySet<string> = new Set(["headers", "merge"]);

/** The ids of all sources, which are the names of their folders. */
export function sourceIds(files: readonly ScannedFile[]): Set<string> {
  const ids = files.map((file) => SOURCE_FOLDER.exec(file.path)?.[1]).filter((id) => id !== undefined);
  return new Set(ids.filter((id) => !ORDINARY_WORDS.has(id)));
}

function targetOf(path: string, specifier: string): string | null {
  if (specifier.startsWith("/")) return specifier.slice(1);
  if (specifier.startsWith("./") || specifier.startsWith("../") || specifier === "." || specifier === "..")
    return posix.normalize(posix.join(posix.dirname(path), specifier));
  return null;
}

/** A nested part with a rule of its own is not its parent's own. */
function isOwn(target: string, part: Part): boolean {
  return parts.find((candidate) => isBelow(target, candidate.folder)) === part;
}

const isBelow = (path: string, folder: string) => path === folder || path.startsWith(`${folder}/`);

function packageOf(specifier: string): string {
  const [first = "", second = ""] = specifier.split("/");
  return first.startsWith("@") ? `${first}/${second}` : first;
}
