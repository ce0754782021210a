import type { CallParsedInput, KeyInput, ProbeReply } from "./contract/contract.ts";
import { CallFailure } from "./contract/host.ts";
import type { Ports, SecretLookup } from "./ports.ts";
import { markSubjects } from "./quota/same-thing.ts";
import { parseBaseUrl } from "./settings/base-url.ts";
import { checkKey } from "./settings/key-format.ts";
import { credentialSchema } from "./settings/schema.ts";
import { understandPaste } from "./sources/probe/pasted.ts";
import type { PastedKey } from "./sources/probe/pasted-found.ts";
import { probe } from "./sources/probe/probe.ts";
import type { ProbeResult } from "./sources/probe/result.ts";
import { sources as registry } from "./sources/registry.ts";
import type { RegisteredSource } from "./sources/source.ts";
import { maySendTo, ownersOf, toolFileReference } from "./sources/tool-files.ts";
import { serviceWithoutEndpoint } from "./sources/without-endpoint.ts";

type ProbeCallPorts = Pick<Ports, "http" | "clock" | "references" | "fingerprints" | "logger">;

/**
 * Answers `sources.probe`: judges address and key as a draft's would be, finds the key where it is only referred to, and asks.
 * Throws CallFailure: invalid-address (detail: a BaseUrlProblem), plain-http-needs-consent, invalid-key, key-required.
 */
export async function answerProbe(
  { address, key, allowPlainHttp }: CallParsedInput<"sources.probe">,
  ports: ProbeCallPorts,
): Promise<ProbeReply> {
  const given = await withPasted(address, key);
  const origin = given.address === "" ? null : originOf(given.address, allowPlainHttp);
  const found = await lookUp(given.key, origin, ports);
  if (!found.lookup.found) return { type: "needs-key", reason: found.lookup.reason, detail: found.lookup.detail };
  const checked = checkKey(found.lookup.secret);
  if (!checked.ok) {
    if (given.key.type === "secret") throw new CallFailure("invalid-key", checked.problem);
    return { type: "needs-key", reason: "malformed", detail: null };
  }
  const result = await probe(
    {
      baseUrl: given.address === "" ? (found.home ?? "") : given.address,
      allowPlainHttp,
      key: checked.key,
      facts: found.lookup.facts ?? {},
    },
    {
      http: ports.http,
      clock: ports.clock,
      serviceWithoutEndpoint: (hostname) => serviceWithoutEndpoint(hostname)?.name ?? null,
      onCrash: (kind, error) =>
        ports.logger.log("error", "probe-crashed", { kind, error: error instanceof Error ? error.name : typeof error }),
    },
    found.kinds,
  );
  return { type: "result", result: withKeyMarks(result, checked.key, ports) };
}

/** Marks what was read with the key that it was read with, so that one that is here already can be told. */
function withKeyMarks(result: ProbeResult, key: string, { fingerprints }: ProbeCallPorts): ProbeResult {
  const candidates = result.candidates.map((candidate) => {
    const { baseUrl, reading } = candidate;
    if (reading === null) return candidate;
    const subjects = markSubjects({}, new URL(baseUrl).origin, key, fingerprints);
    return { ...candidate, reading: { ...reading, subjects } };
  });
  return { ...result, candidates };
}

/** What was pasted as one text is taken apart; a key of its own field goes before one in the text. */
async function withPasted(
  text: string,
  key: KeyInput | null,
): Promise<{ readonly address: string; readonly key: KeyInput }> {
  const address = text.trim();
  // The page of a gateway is often pasted with what its browser put behind it, which is no part of the address.
  if (key !== null && !/\s/.test(address)) return { address: address.replace(/[?#].*$/s, ""), key };
  const pasted = await understandPaste(address);
  if (!pasted.ok) throw new CallFailure("invalid-address", "not-a-url");
  const own = key ?? keyInputOf(pasted.key);
  if (own === null) throw new CallFailure("key-required");
  return { address: pasted.baseUrl ?? "", key: own };
}

function keyInputOf(key: PastedKey | null): KeyInput | null {
  return key === null ? null : { ...key };
}

function originOf(address: string, allowPlainHttp: boolean): string {
  const parsed = parseBaseUrl(address, { allowPlainHttp });
  if (parsed.ok) return parsed.origin;
  const code = parsed.problem === "plain-http" ? "plain-http-needs-consent" : "invalid-address";
  throw new CallFailure(code, parsed.problem);
}

interface FoundKey {
  readonly lookup: SecretLookup;
  /** The kinds that this key may be for: those of the tool whose file it lies in, else all. */
  readonly kinds: readonly RegisteredSource[];
  /** The address that its place in a tool's file is of; null where nothing says so. */
  readonly home: string | null;
}

async function lookUp(key: KeyInput, origin: string | null, ports: ProbeCallPorts): Promise<FoundKey> {
  switch (key.type) {
    case "secret":
      return { lookup: { found: true, secret: key.secret }, kinds: registry, home: null };
    case "env": {
      const reference = credentialSchema.safeParse({ type: "env", name: key.name.trim() });
      if (!reference.success || reference.data.type !== "env")
        throw new CallFailure("invalid-key", "bad-variable-name");
      return { lookup: ports.references.env(reference.data), kinds: registry, home: null };
    }
    case "file":
      return fromFile({ path: key.path.trim(), pointer: key.pointer.trim() }, origin, ports);
    case "keep":
      throw new CallFailure("key-required");
  }
}

/** A tool's token goes to that tool's service, also while it is not known yet what answers at the address. */
async function fromFile(
  place: { readonly path: string; readonly pointer: string },
  origin: string | null,
  ports: ProbeCallPorts,
): Promise<FoundKey> {
  const reference = credentialSchema.safeParse({ type: "file", ...place, origin: origin ?? "" });
  if (!reference.success) throw new CallFailure("invalid-key", "bad-file-reference");
  const owners = await ownersOf(place, registry, ports.references.locate);
  if (origin !== null && !maySendTo(owners, origin)) {
    const lookup = {
      found: false as const,
      reason: "not-for-this-address" as const,
      detail: owners[0]?.file.tool ?? null,
    };
    return { lookup, kinds: [], home: null };
  }
  const lookup = await ports.references.file(toolFileReference(place, owners[0]?.file), ports.clock.now());
  return {
    lookup,
    kinds: owners.length === 0 ? registry : owners.map(({ source }) => source),
    home: owners[0]?.home ?? null,
  };
}
