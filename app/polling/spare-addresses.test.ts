import { describe, expect, it } from "vitest";
import { json } from "../../tests/engine/memory-ports.ts";
import { failing, MINUTE, meter, pollRig, reading, SECOND, START, source } from "../../tests/engine/poll-rig.ts";
import { add, draft, rig as engineRig, KEY, only, quota } from "../../tests/engine/rig.ts";
import type { SourceDraft } from "../contract/contract.ts";
import type { HttpRequest, HttpResult } from "../ports.ts";

const OWN = "https://own.example.org";
const SPARE = "https://spare.example.net";
const OTHER = "https://other.example.net";

describe("a source with spare addresses", () => {
  const lab = (spareBaseUrls = [SPARE]) => source("lab", { baseUrl: OWN, spareBaseUrls });

  it("is read at the next one when the first cannot be reached, and at the first again when it had its time", async () => {
    const rig = pollRig();
    let isDown = true;
    rig.answer = ({ baseUrl }) => (isDown && baseUrl === OWN ? failing("unreachable") : reading([meter(70)]));
    rig.set([lab()]);
    await rig.clock.advance(SECOND);
    expect(rig.begun.map(({ url }) => url)).toEqual([OWN, SPARE]);
    expect(rig.state()).toMatchObject({
      status: { state: "fresh" },
      servedBy: SPARE,
      dueReason: "interval",
      trace: [{ problem: "unreachable" }],
    });
    await rig.clock.advance(4 * MINUTE + 59 * SECOND);
    // Five minutes are over for the first: it is asked again, and then for ten minutes not.
    expect(rig.begun.map(({ url }) => url).slice(2)).toEqual([OWN, SPARE]);
    await rig.clock.advance(5 * MINUTE);
    expect(rig.begun.map(({ url }) => url).slice(4)).toEqual([SPARE]);
    isDown = false;
    await rig.clock.advance(10 * MINUTE);
    expect(rig.begun.map(({ url }) => url).slice(5)).toEqual([OWN, OWN]);
    expect(rig.state().servedBy).toBeUndefined();
    await rig.poller.stop();
  });

  it.each(["key-refused", "rate-limited", "not-found", "unexpected-shape"] as const)(
    "is asked nowhere else when the gateway says %s",
    async (cause) => {
      const rig = pollRig();
      rig.answer = () => failing(cause);
      rig.set([lab()]);
      await rig.clock.advance(SECOND);
      expect(rig.begun.map(({ url }) => url)).toEqual([OWN]);
      await rig.poller.stop();
    },
  );

  it("waits at all addresses when one of them asked to", async () => {
    const rig = pollRig();
    rig.answer = () => failing("server-error", START + 60 * MINUTE);
    rig.set([lab()]);
    await rig.clock.advance(59 * MINUTE);
    expect(rig.begun.map(({ url }) => url)).toEqual([OWN]);
    await rig.poller.stop();
  });

  it("fails as the first address did when none answers, keeps its figures, and shows all that was asked", async () => {
    const rig = pollRig();
    let isDown = false;
    rig.answer = ({ baseUrl }) => {
      if (!isDown) return reading([meter(70)]);
      return failing(baseUrl === OWN ? "tls-untrusted" : "unreachable");
    };
    rig.set([lab([SPARE, OTHER])]);
    await rig.clock.advance(SECOND);
    isDown = true;
    await rig.clock.advance(5 * MINUTE);
    expect(rig.begun.map(({ url }) => url)).toEqual([OWN, OWN, SPARE, OTHER]);
    const state = rig.state();
    expect(state.status).toMatchObject({ state: "stale", failure: { cause: "tls-untrusted" } });
    expect(state.trace.map(({ problem }) => problem)).toEqual(["tls-untrusted", "unreachable", "unreachable"]);
    expect(state.reading?.meters[0]?.remaining).toBe(70);
    await rig.poller.stop();
  });

  it("asks one address at a time while all cool down", async () => {
    const rig = pollRig();
    rig.answer = () => failing("unreachable");
    rig.set([lab()]);
    await rig.clock.advance(4 * MINUTE);
    const [first, second, ...later] = rig.begun;
    expect([first?.url, second?.url]).toEqual([OWN, SPARE]);
    expect(later.length).toBeGreaterThan(0);
    expect(new Set(later.map(({ at }) => at)).size).toBe(later.length);
    await rig.poller.stop();
  });
});

describe("the key of a spare address", () => {
  const spareKey = "sk-spare-0123456789abcdef";
  const sentTo = (requests: readonly HttpRequest[]) =>
    requests.map(({ url, secretHeaders }) => [new URL(url).origin, secretHeaders[0]?.value, secretHeaders[0]?.origin]);
  const down: HttpResult = { ok: false, failure: { kind: "unreachable", detail: "refused" }, ms: 1, bytes: 0 };
  const withSpare = (key: NonNullable<SourceDraft["spares"]>[number]["key"], change: Partial<SourceDraft> = {}) =>
    draft({ baseUrl: OWN, spares: [{ baseUrl: SPARE, key }], ...change });

  it("is one of its own where it has another origin, and the source's is never sent there", async () => {
    const rig = await engineRig();
    rig.answer = ({ url }) => (url.startsWith(OWN) ? down : quota(30));
    const id = await add(rig.engine, withSpare({ type: "secret", secret: spareKey }));
    await rig.clock.advance(SECOND);
    expect(sentTo(rig.ports.requests)).toEqual([
      [OWN, `Bearer ${KEY}`, OWN],
      [SPARE, `Bearer ${spareKey}`, SPARE],
    ]);
    expect(only(rig.engine)).toMatchObject({ status: { state: "fresh" }, servedBy: SPARE });
    expect([...rig.ports.secrets.keys()].toSorted()).toEqual([id, `${id}@${SPARE}`]);
    const said = JSON.stringify([rig.engine.state(), rig.ports.file, rig.ports.logged]);
    for (const key of [KEY, spareKey]) expect(said).not.toContain(key);
    await rig.engine.handle("sources.remove", { id });
    await rig.engine.forgetRemoved();
    expect(rig.ports.secrets.size).toBe(0);
  });

  it("is the source's where both have one origin", async () => {
    const rig = await engineRig();
    rig.answer = ({ url }) => (url.startsWith(`${OWN}/a`) ? json({}, 502) : quota(30));
    await add(rig.engine, {
      ...withSpare({ type: "keep" }, { baseUrl: `${OWN}/a`, spares: [{ baseUrl: `${OWN}/b`, key: { type: "keep" } }] }),
    });
    await rig.clock.advance(SECOND);
    expect(sentTo(rig.ports.requests)).toEqual([
      [OWN, `Bearer ${KEY}`, OWN],
      [OWN, `Bearer ${KEY}`, OWN],
    ]);
    expect(only(rig.engine).servedBy).toBe(`${OWN}/b`);
  });

  it("can be a variable, which is then sent there, too", async () => {
    const rig = await engineRig();
    rig.ports.env.set("LAB_KEY", "sk-env-0123456789abcdef");
    rig.answer = ({ url }) => (url.startsWith(OWN) ? down : quota(30));
    const key = { type: "env", name: "LAB_KEY" } as const;
    await add(rig.engine, withSpare(key, { key }));
    await rig.clock.advance(SECOND);
    expect(sentTo(rig.ports.requests).map(([, value]) => value)).toEqual([
      "Bearer sk-env-0123456789abcdef",
      "Bearer sk-env-0123456789abcdef",
    ]);
  });

  it("is asked for when the spare is new, kept when it is not, and asked for when it moves", async () => {
    const rig = await engineRig();
    const refused = await rig.engine.handle("sources.save", withSpare({ type: "keep" }));
    expect(refused).toMatchObject({ ok: false, error: { code: "key-required", detail: SPARE } });
    const id = await add(rig.engine, withSpare({ type: "secret", secret: spareKey }));
    const keep = { id, key: { type: "keep" } } as const;
    // A form that knows nothing of spares leaves them alone.
    expect(await rig.engine.handle("sources.save", draft({ ...keep, baseUrl: OWN, label: "New" }))).toMatchObject({
      ok: true,
    });
    expect(rig.engine.state().configs[0]).toMatchObject({ label: "New", spareBaseUrls: [SPARE] });
    expect(await rig.engine.handle("sources.save", withSpare({ type: "keep" }, keep))).toMatchObject({ ok: true });
    const moved = withSpare({ type: "keep" }, { ...keep, spares: [{ baseUrl: OTHER, key: { type: "keep" } }] });
    expect(await rig.engine.handle("sources.save", moved)).toMatchObject({
      ok: false,
      error: { code: "key-required", detail: OTHER },
    });
    expect(await rig.engine.handle("sources.save", withSpare({ type: "keep" }, { ...keep, spares: [] }))).toMatchObject(
      {
        ok: true,
      },
    );
    expect([...rig.ports.secrets.keys()]).toEqual([id]);
  });

  it("that is not there leaves the source to its own address", async () => {
    const rig = await engineRig();
    rig.answer = () => down;
    const id = await add(rig.engine, withSpare({ type: "secret", secret: spareKey }));
    rig.ports.secrets.delete(`${id}@${SPARE}`);
    await rig.clock.advance(30 * MINUTE);
    expect(only(rig.engine).status).toMatchObject({ state: "failed", failure: { cause: "unreachable" } });
    expect(new Set(rig.ports.requests.map(({ url }) => new URL(url).origin))).toEqual(new Set([OWN]));
  });

  it.each([
    ["no address at all", "not an address", "it has no scheme such as https://"],
    ["plain http to another computer", "http://spare.example.net", "plain http to another computer was not allowed"],
  ])("is not even asked for at %s", async (_name, baseUrl, detail) => {
    const rig = await engineRig();
    const bad = draft({ baseUrl: OWN, spares: [{ baseUrl, key: { type: "secret", secret: spareKey } }] });
    expect(await rig.engine.handle("sources.save", bad)).toMatchObject({
      ok: false,
      error: { code: "invalid-input", detail: `spare address 1: ${detail}` },
    });
    expect(rig.ports.secrets.size).toBe(0);
  });

  it("does not stand in for further secrets, which go to the source's own origin only", async () => {
    const rig = await engineRig();
    const bad = withSpare(
      { type: "secret", secret: spareKey },
      { secrets: { team: { type: "secret", secret: spareKey } } },
    );
    expect(await rig.engine.handle("sources.save", bad)).toMatchObject({ error: { code: "invalid-input" } });
  });
});
