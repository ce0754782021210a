import { createHash } from "node:crypto";
import type { Alert } from "../../app/alerts/alert.ts";
import { type AlertLedger, EMPTY_LEDGER } from "../../app/alerts/ledger.ts";
import { EMPTY_BOOK, type SpendBook } from "../../app/budgets/spend-book.ts";
import { noHistory } from "../../app/history/no-history.ts";
import { noMetrics } from "../../app/no-metrics.ts";
import type { KeptWait } from "../../app/polling/kept-waits.ts";
import type {
  AlertSink,
  Clock,
  DemoGateways,
  HttpRequest,
  HttpResult,
  Ports,
  SecretVault,
  SettingsFileRead,
} from "../../app/ports.ts";
import { expandPattern, leavesMore, resolvePointer } from "../../app/settings/json-pointer.ts";

/** Ports in memory, with everything that went through them to look at. A restart is a second engine on the same ones. */
export interface MemoryPorts extends Ports {
  readonly requests: HttpRequest[];
  readonly shown: Alert[];
  readonly logged: string[];
  /** Programs that were run, with their arguments. */
  readonly ranCommands: (readonly string[])[];
  readonly secrets: Map<string, { origin: string; secret: string }>;
  readonly env: Map<string, string>;
  /** Text by path, as file references name it. */
  readonly files: Map<string, string>;
  file: SettingsFileRead;
  readonly asides: string[];
  alertLedger: AlertLedger;
  spendBook: SpendBook;
  keptWaits: readonly KeptWait[];
  demoRunning: boolean;
  /** Set to make the disk refuse. */
  failWrites: boolean;
}

export function createMemoryPorts(
  clock: Clock,
  answer: (request: HttpRequest) => HttpResult | Promise<HttpResult>,
  demoSources: Awaited<ReturnType<DemoGateways["start"]>> = [],
): MemoryPorts {
  const requests: HttpRequest[] = [];
  const shown: Alert[] = [];
  const logged: string[] = [];
  const ranCommands: (readonly string[])[] = [];
  const secrets = new Map<string, { origin: string; secret: string }>();
  const env = new Map<string, string>();
  const files = new Map<string, string>();
  let ids = 0;
  const vault: SecretVault = {
    status: async () => ({ kind: "os-keyring", backend: "test", problem: null }),
    get: async (id, origin) => {
      const found = secrets.get(id);
      if (found === undefined) return { found: false, reason: "not-saved", detail: null };
      if (found.origin !== origin) return { found: false, reason: "other-origin", detail: found.origin };
      return { found: true, secret: found.secret };
    },
    set: async (id, origin, secret) => {
      secrets.set(id, { origin, secret });
    },
    delete: async (id) => {
      secrets.delete(id);
    },
  };
  const alerts: AlertSink = {
    show: async ({ alerts: several }) => {
      shown.push(...several);
      return { sink: "native", ok: true, detail: null };
    },
  };
  const ports: MemoryPorts = {
    requests,
    shown,
    logged,
    ranCommands,
    secrets,
    env,
    files,
    asides: [],
    file: { kind: "absent" },
    alertLedger: EMPTY_LEDGER,
    spendBook: EMPTY_BOOK,
    keptWaits: [],
    demoRunning: false,
    failWrites: false,
    clock,
    random: {
      next: () => 0.5,
      id: () => {
        ids += 1;
        return `id-${ids}`;
      },
    },
    http: {
      send: async (request) => {
        requests.push(request);
        return answer(request);
      },
    },
    vault,
    references: {
      env: ({ name }) => {
        const secret = env.get(name);
        return secret === undefined ? { found: false, reason: "env-not-set", detail: name } : { found: true, secret };
      },
      variable: (name) => env.get(name) ?? null,
      file: async ({ path, pointer }) => {
        const text = files.get(path);
        if (text === undefined) return { found: false, reason: "file-not-found", detail: path };
        const secret = resolvePointer(JSON.parse(text), pointer);
        return typeof secret === "string"
          ? { found: true, secret, facts: {} }
          : { found: false, reason: "pointer-not-found", detail: path };
      },
      filePlaces: async (reference, now) => {
        const { path, pointer: pattern } = reference;
        const text = files.get(path);
        const pointers = text === undefined ? [] : expandPattern(JSON.parse(text), pattern);
        return Promise.all(
          (pointers.length === 0 ? [pattern] : pointers).map(async (pointer) => ({
            pointer,
            isCut: text !== undefined && leavesMore(JSON.parse(text), pattern),
            lookup: await ports.references.file({ ...reference, pointer }, now),
          })),
        );
      },
      locate: async (path) => path,
    },
    fingerprints: { of: (text) => createHash("sha256").update(text).digest("hex").slice(0, 16) },
    settings: {
      path: "/profile/settings.json",
      read: () => ports.file,
      writeProblem: () => null,
      write: async (value) => {
        if (ports.failWrites) throw Object.assign(new Error("disk full"), { code: "ENOSPC" });
        ports.file = { kind: "text", text: JSON.stringify(value) };
      },
      exclusively: (work) => {
        if (ports.failWrites) return Promise.reject(Object.assign(new Error("disk full"), { code: "ENOSPC" }));
        return work();
      },
      keepAside: async () => {
        if (ports.file.kind === "text") ports.asides.push(ports.file.text);
        ports.file = { kind: "absent" };
        return "/profile/settings.corrupt.json";
      },
    },
    spend: {
      read: async () => ports.spendBook,
      write: async (book) => {
        if (ports.failWrites) throw Object.assign(new Error("disk full"), { code: "ENOSPC" });
        ports.spendBook = book;
      },
    },
    waits: {
      read: async () => ports.keptWaits,
      write: async (waits) => {
        if (ports.failWrites) throw Object.assign(new Error("disk full"), { code: "ENOSPC" });
        ports.keptWaits = waits;
      },
    },
    ledger: {
      read: async () => ports.alertLedger,
      write: async (ledger) => {
        ports.alertLedger = ledger;
      },
    },
    alerts,
    commands: {
      run: async ({ argv }) => {
        ranCommands.push(argv);
        return { ok: true, detail: "ended with status 0" };
      },
    },
    history: noHistory,
    metrics: noMetrics,
    logger: {
      log: (level, event, fields) => {
        logged.push(JSON.stringify({ level, event, ...fields }));
      },
    },
    demo: {
      start: async () => {
        ports.demoRunning = true;
        return demoSources;
      },
      stop: async () => {
        ports.demoRunning = false;
      },
    },
  };
  return ports;
}

/** A 200 answer with a JSON body. */
export function json(body: unknown, status = 200, headers: Record<string, string> = {}): HttpResult {
  const text = JSON.stringify(body);
  return {
    ok: true,
    status,
    headers: { "content-type": "application/json", ...headers },
    body: text,
    ms: 5,
    bytes: text.length,
  };
}
