import { describe, expect, it } from "vitest";
import { describeFixtures } from "../../../../tests/scenarios/describe-fixtures.ts";
import type { HttpRequest, HttpTransport } from "../../../ports.ts";
import { createReadContext } from "../../read-context.ts";
import { register } from "../../register.ts";
import { mapped } from "./descriptor.ts";

const source = register(mapped);
describeFixtures(source, import.meta.url);

const NOW = Date.UTC(2026, 10, 20, 12);
const balance = { id: "left", label: "Left", remaining: "$.left", unit: "credits", window: "balance" };

/** The request that a definition sends. */
async function sent(definition: Record<string, unknown>, secrets: Record<string, string> = {}): Promise<HttpRequest> {
  const requests: HttpRequest[] = [];
  const http: HttpTransport = {
    async send(request) {
      requests.push(request);
      return { ok: true, status: 200, headers: {}, body: '{"left":5}', ms: 1, bytes: 10 };
    },
  };
  const baseUrl = "https://gateway.example/base";
  const { context } = createReadContext({
    http,
    baseUrl,
    key: "own-key-1",
    secrets,
    auth: mapped.auth,
    allowsPost: true,
    now: NOW,
  });
  const read = await source.prepare({ definition: { meters: [balance], ...definition } });
  await read(context);
  const [request] = requests;
  if (request === undefined) throw new Error("nothing was asked");
  return request;
}

describe("what a definition asks", () => {
  it("GETs the path below the address with its query, and sends the key as a bearer token", async () => {
    const request = await sent({ path: "/me", query: { range: "30 d", "a&b": "1" } });
    expect(request).toMatchObject({
      method: "GET",
      url: "https://gateway.example/base/me?range=30%20d&a%26b=1",
      secretHeaders: [{ name: "authorization", value: "Bearer own-key-1", origin: "https://gateway.example" }],
    });
  });

  it("sends the key where the definition says, and nowhere else", async () => {
    const request = await sent({ headers: { "X-Key": { secret: "key" }, "X-Team": "blue" } });
    expect(request.secretHeaders).toEqual([{ name: "x-key", value: "own-key-1", origin: "https://gateway.example" }]);
    expect(request.headers).toMatchObject({ "x-team": "blue" });
    expect(JSON.stringify(request.headers)).not.toContain("own-key");
  });

  it("sends further secrets by name, with their prefix", async () => {
    const request = await sent(
      { headers: { authorization: { secret: "key", prefix: "Token " }, "x-admin": { secret: "admin" } } },
      { admin: "admin-secret-2" },
    );
    expect(request.secretHeaders.map(({ name, value }) => `${name}: ${value}`)).toEqual([
      "authorization: Token own-key-1",
      "x-admin: admin-secret-2",
    ]);
  });

  it("fails by name where such a secret is not there", async () => {
    await expect(sent({ headers: { "x-admin": { secret: "admin" } } })).rejects.toMatchObject({
      failure: { cause: "invalid-options", detail: "there is no secret called admin" },
    });
  });

  it("POSTs its body as JSON", async () => {
    const request = await sent({ method: "POST", body: { range: { days: 30 } } });
    expect(request).toMatchObject({ method: "POST", body: '{"range":{"days":30}}' });
  });
});

describe("a definition", () => {
  const refused = (definition: unknown) =>
    source.prepare({ definition }).then(
      () => "accepted",
      (error: { failure: { cause: string; detail: string } }) => `${error.failure.cause} ${error.failure.detail}`,
    );
  const withMeter = (change: Record<string, unknown>) => ({ meters: [{ ...balance, ...change }] });

  it.each([
    ["no definition", undefined, "definition: missing"],
    ["no meter", { meters: [] }, "definition.meters: no meter is described"],
    [
      "too many",
      { meters: Array.from({ length: 17 }, (_, at) => ({ ...balance, id: `m${at}` })) },
      "definition.meters: more than 16 meters",
    ],
    ["one id twice", { meters: [balance, balance] }, "definition.meters.1.id: another meter has the same id"],
    [
      "a path without $",
      withMeter({ remaining: "left" }),
      "definition.meters.0.remaining.path: expected '$', found 'l' (at character 1)",
    ],
    [
      "a path cut short",
      withMeter({ remaining: "$.a[" }),
      "definition.meters.0.remaining.path: unclosed bracketed selection (at character 5)",
    ],
    ["no figure", withMeter({ remaining: undefined }), "definition.meters.0: needs at least one of used"],
    [
      "a percentage of money",
      withMeter({ remaining: undefined, percentUsed: "$.p" }),
      "definition.meters.0: has only a percentage",
    ],
    ["amounts in percent", withMeter({ unit: "percent" }), "definition.meters.0: counts percent"],
    ["a unit that is none", withMeter({ unit: "bananas" }), "definition.meters.0.unit"],
    ["money without currency", withMeter({ unit: "money" }), "definition.meters.0.unit: money needs either"],
    ["a scale of nothing", withMeter({ scale: 0 }), "definition.meters.0.scale: must lie between"],
    ["a misspelled field", withMeter({ remaning: "$.a" }), "definition.meters.0: Unrecognized key"],
    ["another host", { ...withMeter({}), path: "//evil.example/x" }, "definition.path: must not name a host"],
    ["a way up", { ...withMeter({}), path: "/../admin" }, "definition.path: must not hold two dots"],
    ["another method", { ...withMeter({}), method: "DELETE" }, "definition.method: neither GET nor POST"],
    [
      "a secret in plain sight",
      { ...withMeter({}), headers: { Authorization: "Bearer abc" } },
      "definition.headers.Authorization: holds a secret",
    ],
    [
      "a host header",
      { ...withMeter({}), headers: { Host: "evil.example" } },
      "definition.headers.Host: is set by the transport",
    ],
    [
      "a line break in a header",
      { ...withMeter({}), headers: { "x-a": "b\r\nc: d" } },
      "definition.headers.x-a: holds a character that a header cannot have",
    ],
    [
      "a descent in a row",
      { meters: [{ ...balance, remaining: "$..left" }], rows: "$.rows[*]" },
      'definition.meters.0.remaining: has ".."',
    ],
    [
      "a body beyond measure",
      { ...withMeter({}), method: "POST", body: "x".repeat(20_000) },
      "definition.body: longer than",
    ],
  ])("is refused by name: %s", async (_, definition, problem) => {
    expect(await refused(definition)).toContain(`invalid-options ${problem}`);
  });
});
