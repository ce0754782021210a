import { describe, expect, it } from "vitest";
import * as z from "zod";
import { type CannedTransport, cannedTransport } from "../../../tests/support/canned-transport.ts";
import { register } from "../register.ts";
import type { RegisteredSource, SourceDescriptor } from "../source.ts";
import { planAttempts } from "./attempts.ts";
import { hostFits } from "./clues.ts";
import type { Fingerprint, Recognized } from "./fingerprint.ts";
import { probe } from "./probe.ts";

const KEY = "sk-0123456789abcdef";

interface Script extends Partial<Omit<SourceDescriptor, "load" | "recognition">> {
  readonly path?: string | ((baseUrl: string) => string | null);
  readonly request?: Fingerprint["request"];
  readonly says?: Recognized | null | (() => never);
  readonly hosts?: readonly string[];
  readonly keyPrefixes?: readonly string[];
  readonly lastResort?: boolean;
  /** Further paths that the reader asks. */
  readonly reads2?: readonly string[];
}

const CERTAIN: Recognized = { likelihood: "certain", version: "1.2.3" };

/** A kind whose fingerprint recognises `{"kind":"<id>"}` at its path, and whose reader asks that path again. */
function kind(id: string, script: Script = {}): RegisteredSource {
  const { path, says = CERTAIN, request, hosts, keyPrefixes, lastResort, reads2 = [], ...descriptor } = script;
  const fingerprint: Fingerprint = {
    path: typeof path === "function" ? path : () => path ?? `/${id}`,
    ...(request !== undefined && { request }),
    recognize({ body }) {
      if (!z.object({ kind: z.literal(id) }).safeParse(body).success) return null;
      return typeof says === "function" ? says() : says;
    },
  };
  return register({
    id,
    name: id.toUpperCase(),
    group: "gateway",
    defaultBaseUrl: null,
    confidence: "DOC",
    reads: "x",
    keyNote: "x",
    minIntervalSeconds: 60,
    auth: { header: "authorization", prefix: "Bearer " },
    optionsSchema: z.object({}),
    optionFields: [],
    ...descriptor,
    recognition: {
      ...(hosts !== undefined && { hosts }),
      ...(keyPrefixes !== undefined && { keyPrefixes }),
      ...(lastResort !== undefined && { lastResort }),
      ...(path !== "" && { load: async () => fingerprint }),
    },
    load: async () => async (context) => {
      const own = fingerprint.path(context.baseUrl) ?? "/";
      for (const asked of [own === "" ? "/" : own, ...reads2]) await context.getJson(asked, z.unknown());
      return { meters: [], account: `read as ${id}`, notices: [] };
    },
  });
}

const answer = (id: string) => ({ body: JSON.stringify({ kind: id }) });
const asked = ({ requests }: CannedTransport) => requests.map(({ url }) => new URL(url).pathname);
const clock = { now: () => 1_000 };

function run(kinds: readonly RegisteredSource[], http: CannedTransport, baseUrl = "http://127.0.0.1:4000", key = KEY) {
  return probe({ baseUrl, key }, { http, clock }, kinds);
}

async function orderOf(kinds: readonly RegisteredSource[], url: string, key = KEY): Promise<string[]> {
  const guessable = await Promise.all(
    kinds.map(async (source) => {
      const fingerprint = await source.recognition?.load?.();
      if (fingerprint === undefined) throw new Error("no fingerprint");
      return { source, fingerprint };
    }),
  );
  return planAttempts(guessable, url, key).map((group) => group.map(({ source }) => source.id).join("+"));
}

describe("the order of attempts", () => {
  const hosted = kind("hosted", { defaultBaseUrl: "https://hosted.example" });
  const prefixed = kind("prefixed", { keyPrefixes: ["sk-pf-"] });
  const prefixedHosted = kind("prefixed-hosted", { keyPrefixes: ["pfh_"], defaultBaseUrl: "https://pfh.example" });
  const last = kind("last", { lastResort: true });
  const named = kind("named", { path: (url) => (url.includes("/accounts/") ? "/balance" : null) });
  const own = kind("own", { defaultBaseUrl: "https://own.example", apiPaths: ["/own/v1"] });
  const vendor = kind("vendor", { group: "provider", defaultBaseUrl: "https://vendor.example" });
  const any = kind("any", { apiPaths: ["/v1"] });
  const all = [vendor, last, prefixedHosted, prefixed, hosted, own, named, any];

  it.each<[string, string, string, readonly string[]]>([
    [
      "an unknown address and key",
      "http://127.0.0.1:1",
      KEY,
      ["any", "hosted", "own", "last", "prefixed", "prefixed-hosted", "vendor"],
    ],
    [
      "a key that one kind gives out",
      "http://127.0.0.1:1",
      "pfh_123",
      ["prefixed-hosted", "any", "hosted", "own", "last", "prefixed", "vendor"],
    ],
    [
      "a path that names an account",
      "http://127.0.0.1:1/accounts/7",
      KEY,
      ["named", "any", "any", "hosted", "own", "last", "prefixed", "prefixed-hosted", "vendor"],
    ],
    [
      "an end that one API has",
      "http://127.0.0.1:1/own/v1",
      KEY,
      ["own", "any", "any", "hosted", "last", "prefixed", "prefixed-hosted", "vendor"],
    ],
    [
      "an end that many APIs have",
      "http://127.0.0.1:1/v1",
      KEY,
      ["any", "hosted", "own", "last", "prefixed", "prefixed-hosted", "vendor"],
    ],
  ])("follows %s", async (_, url, key, expected) => {
    expect(await orderOf(all, url, key)).toEqual(expected);
  });

  it("joins those that ask the same in the same way, at the place of the first", async () => {
    const one = kind("one", { path: "/status", request: { secrets: [] } });
    const two = kind("two", { path: "/status", request: { secrets: [] }, defaultBaseUrl: "https://two.example" });
    const withKey = kind("with-key", { path: "/status" });
    const otherHeader = kind("other-header", { path: "/status", auth: { header: "x-key", prefix: "" } });
    const query = kind("query", { path: "/status", request: { query: { a: "1" } } });
    expect(await orderOf([one, withKey, otherHeader, query, two], "http://127.0.0.1:1")).toEqual([
      "one+two",
      "with-key",
      "other-header",
      "query",
    ]);
  });
});

describe("the probe", () => {
  it("stops at what is certain, reads it, and asks nothing twice", async () => {
    const http = cannedTransport({ "/b": answer("b"), "/more": { body: "{}" } });
    const kinds = [kind("a"), kind("b", { reads2: ["/more"] }), kind("c"), kind("d"), kind("e")];
    const result = await run(kinds, http);
    expect(result).toMatchObject({
      outcome: "found",
      reason: { code: "known-by-answer" },
      candidates: [{ kind: "b", kindName: "B", version: "1.2.3", reading: { account: "read as b" }, failure: null }],
    });
    expect(asked(http).filter((path) => path === "/b")).toHaveLength(1);
    expect(asked(http)).not.toContain("/e");
  });

  it("sends at most twelve requests, reading included", async () => {
    const many = Array.from({ length: 30 }, (_, index) =>
      kind(`k${index}`, { says: { likelihood: "likely", version: null } }),
    );
    const nothing = cannedTransport(Object.fromEntries(many.map(({ id }) => [`/${id}`, { status: 404, body: "{}" }])));
    expect((await run(many, nothing)).outcome).toBe("nothing");
    expect(nothing.requests).toHaveLength(12);

    const early = cannedTransport({
      ...Object.fromEntries(many.map(({ id }) => [`/${id}`, { status: 404, body: "{}" }])),
      "/k3": answer("k3"),
    });
    const result = await run(many, early);
    expect(result).toMatchObject({
      outcome: "found",
      candidates: [{ kind: "k3", reading: { account: "read as k3" } }],
    });
    expect(early.requests.length).toBeLessThanOrEqual(12);
  });

  it("says that the key was refused where all but one route are not there", async () => {
    const none: Recognized | null = null;
    const many = Array.from({ length: 12 }, (_, index) => kind(`k${index}`, { says: none }));
    const http = cannedTransport(
      Object.fromEntries(many.map(({ id }, index) => [`/${id}`, { status: index === 4 ? 401 : 404, body: "{}" }])),
    );
    expect(await run(many, http)).toMatchObject({ outcome: "nothing", reason: { code: "refused" } });
  });

  it("takes a key that was refused for what it is", async () => {
    const http = cannedTransport({ "/a": { ...answer("a"), status: 401 } });
    const refusing = kind("a", { says: { likelihood: "certain", version: null, keyRefused: true } });
    expect(await run([refusing], http)).toMatchObject({
      outcome: "found",
      candidates: [{ kind: "a", keyRefused: true, reading: null, failure: null }],
    });
    expect(http.requests).toHaveLength(1);
  });

  it("offers a choice where several fit, and takes the only one that gives figures", async () => {
    const likely: Recognized = { likelihood: "likely", version: null };
    const http = cannedTransport({ "/a": answer("a"), "/b": answer("b") });
    const both = [kind("a", { says: likely }), kind("b", { says: likely })];
    expect(await run(both, http)).toMatchObject({ outcome: "ambiguous", reason: { code: "several-kinds" } });
    const oneReads = [kind("a", { says: likely, reads2: ["/gone"] }), kind("b", { says: likely })];
    expect(await run(oneReads, http)).toMatchObject({ outcome: "found", candidates: [{ kind: "b" }, { kind: "a" }] });
  });

  it("never takes what is merely possible without being told", async () => {
    const http = cannedTransport({ "/a": answer("a") });
    const result = await run([kind("a", { lastResort: true, says: { likelihood: "possible", version: null } })], http);
    expect(result).toMatchObject({
      outcome: "ambiguous",
      reason: { code: "only-possible" },
      candidates: [{ kind: "a" }],
    });
  });

  it("reads a known host at once, without guessing", async () => {
    const http = cannedTransport({ "/": { body: "{}" } });
    const known = kind("known", { path: "", hosts: ["api.known.example"], apiPaths: ["/v1"] });
    const result = await run([kind("a"), known], http, "https://api.known.example/v1/chat/completions");
    expect(result).toMatchObject({
      outcome: "found",
      reason: { code: "known-by-host" },
      candidates: [{ kind: "known", likelihood: "certain", baseUrl: "https://api.known.example" }],
    });
    expect(asked(http)).toEqual(["/"]);
  });

  it("proposes the address that tells the quota, and sends nothing there", async () => {
    const http = cannedTransport({});
    const known = kind("known", { hosts: ["router.known.example"], defaultBaseUrl: "https://api.known.example" });
    const result = await run([known], http, "https://router.known.example/v1");
    expect(result).toMatchObject({
      outcome: "needs-other-address",
      reason: { code: "other-address", detail: "https://api.known.example" },
      candidates: [{ kind: "known", baseUrl: "https://api.known.example", otherAddress: true, reading: null }],
    });
    expect(http.requests).toEqual([]);
  });

  it("tells kinds at one host apart by the key, else by what they tell", async () => {
    const hosts = ["api.shared.example"];
    const admin = kind("admin", { hosts, keyPrefixes: ["adm-"] });
    const plan = kind("plan", { hosts });
    const http = cannedTransport({ "/plan": answer("plan"), "/admin": { status: 403, body: "{}" } });
    const byKey = await run([admin, plan], http, "https://api.shared.example", "adm-0123456789");
    expect(byKey.candidates.map(({ kind }) => kind)).toEqual(["admin"]);
    const otherKey = await run([admin, plan], http, "https://api.shared.example");
    expect(otherKey.candidates.map(({ kind }) => kind)).toEqual(["plan"]);
    const ordinary = kind("admin", { hosts });
    expect(await run([ordinary, plan], http, "https://api.shared.example")).toMatchObject({
      outcome: "found",
      candidates: [{ kind: "plan" }, { kind: "admin", failure: { cause: "key-lacks-permission" } }],
    });
  });

  it("asks a place of the service's own where it is, and proposes the nearest home to others", async () => {
    const regional = kind("regional", {
      hosts: ["*.known.example", "known.cn"],
      defaultBaseUrl: "https://api.known.example",
      otherBaseUrls: ["https://open.known.cn"],
    });
    const http = cannedTransport({ "/regional": answer("regional") });
    expect(await run([regional], http, "https://eu.known.example")).toMatchObject({
      outcome: "found",
      candidates: [{ baseUrl: "https://eu.known.example", otherAddress: false }],
    });
    expect(await run([regional], http, "https://known.cn")).toMatchObject({
      candidates: [{ baseUrl: "https://open.known.cn", otherAddress: true }],
    });
  });

  it("proposes a home for a key that came alone", async () => {
    const http = cannedTransport({});
    const known = kind("known", { keyPrefixes: ["kn-"], defaultBaseUrl: "https://api.known.example" });
    expect(await run([kind("a"), known], http, " ", "kn-0123456789")).toMatchObject({
      outcome: "needs-other-address",
      reason: { code: "known-by-key" },
      candidates: [{ kind: "known", baseUrl: "https://api.known.example", otherAddress: true }],
    });
    expect(await run([known], http, "", "x-0123456789")).toMatchObject({
      outcome: "nothing",
      reason: { code: "address-needed" },
    });
    expect(http.requests).toEqual([]);
  });

  it("says so where a service is known to tell no quota", async () => {
    const http = cannedTransport({});
    const serviceWithoutEndpoint = (host: string) => (host === "api.mute.example" ? "Mute" : null);
    const result = await probe(
      { baseUrl: "https://api.mute.example/v1", key: KEY },
      { http, clock, serviceWithoutEndpoint },
      [kind("a")],
    );
    expect(result).toMatchObject({ outcome: "nothing", reason: { code: "no-endpoint", detail: "Mute" } });
    expect(http.requests).toEqual([]);
  });

  it("outlives a fingerprint that breaks its word, and tells of it", async () => {
    const crashed: string[] = [];
    const http = cannedTransport({ "/same": answer("b") });
    const broken = kind("b", {
      path: "/same",
      says: () => {
        throw new Error(KEY);
      },
    });
    const result = await probe(
      { baseUrl: "http://127.0.0.1:1", key: KEY },
      { http, clock, onCrash: (id) => crashed.push(id) },
      [broken, kind("a")],
    );
    expect(result.outcome).toBe("nothing");
    expect(crashed).toEqual(["b"]);
    expect(JSON.stringify(result)).not.toContain(KEY);
  });

  it("posts nothing, and leaves such a kind to the test before saving", async () => {
    const http = cannedTransport({ "/a": answer("a") });
    const source = kind("a", { allowsPost: true });
    const posting: RegisteredSource = {
      ...source,
      prepare: async () => async (context) => {
        await context.postJson("/a", {}, z.unknown());
        return { meters: [], account: null, notices: [] };
      },
    };
    expect(await run([posting], http)).toMatchObject({
      outcome: "found",
      candidates: [{ reading: null, failure: null }],
    });
    expect(http.requests.map(({ method }) => method)).toEqual(["GET"]);
  });

  it("says so where it answers too slowly, and not that it is unknown or broken", async () => {
    const slow = { failure: { kind: "timed-out" } as const };
    const some = cannedTransport({ "/a": { status: 404, body: "{}" }, "/b": slow, "/c": slow });
    const kinds = [kind("a"), kind("b"), kind("c")];
    expect(await run(kinds, some)).toMatchObject({ outcome: "nothing", reason: { code: "too-slow" } });
    let now = 0;
    const late = cannedTransport({ "/a": { status: 404, body: "{}" }, "/b": { status: 404, body: "{}" } });
    const passing = { now: () => (late.requests.length < 2 ? now++ : 9_000) };
    const result = await probe({ baseUrl: "http://127.0.0.1:1", key: KEY }, { http: late, clock: passing }, kinds);
    expect(result).toMatchObject({ outcome: "nothing", reason: { code: "too-slow" } });
    const broken = { status: 502, body: "{}" };
    const mostly = cannedTransport({ "/a": broken, "/b": broken, "/c": slow });
    expect(await run(kinds, mostly)).toMatchObject({ reason: { code: "server-error" } });
  });

  it("leaves what it had no time to read to the test before saving", async () => {
    const http = cannedTransport({ "/a": answer("a"), "/more": { failure: { kind: "timed-out" } } });
    expect(await run([kind("a", { reads2: ["/more"] })], http)).toMatchObject({
      outcome: "found",
      candidates: [{ kind: "a", reading: null, failure: null }],
    });
  });

  it.each([
    ["https://h.example/llm/ui/login", "/llm/a"],
    ["https://h.example/llm/ui/models/x", "/llm/a"],
    ["https://ui/x", "/x/a"],
  ])("asks %s before the page of its interface", async (url, path) => {
    const http = cannedTransport({ [path]: answer("a") });
    const result = await run([kind("a", { path: "/a", apiPaths: ["/ui"] })], http, url);
    expect(result).toMatchObject({ outcome: "found" });
    expect(asked(http)[0]).toBe(path);
  });

  it("keeps the key out of a version that echoes it", async () => {
    const http = cannedTransport({ "/a": answer("a") });
    const result = await run([kind("a", { says: { likelihood: "certain", version: `v1 ${KEY}` } })], http);
    expect(result.candidates[0]?.version).toBe("v1 …");
  });
});

describe("hostFits", () => {
  it.each<[string, string, boolean]>([
    ["api.example.com", "API.example.com", true],
    ["api.example.com", "xapi.example.com", false],
    ["*.example.com", "eu.example.com", true],
    ["*.example.com", "example.com", false],
    ["*.example.com", "notexample.com", false],
    ["*.example.com", ".example.com", false],
  ])("%s and %s: %s", (pattern, host, fits) => {
    expect(hostFits(pattern, host)).toBe(fits);
  });
});
