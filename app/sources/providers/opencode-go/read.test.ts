import { describe, expect, it } from "vitest";
import { describeFixtures } from "../../../../tests/scenarios/describe-fixtures.ts";
import { loadScenarios } from "../../../../tests/scenarios/scenario.ts";
import { cannedTransport } from "../../../../tests/support/canned-transport.ts";
import { withoutApiPath } from "../../../settings/base-url.ts";
import { createReadContext } from "../../read-context.ts";
import { register } from "../../register.ts";
import { opencodeGo } from "./descriptor.ts";

const source = register(opencodeGo);

describeFixtures(source, import.meta.url);

async function poll(fixture: string, url = "https://opencode.ai") {
  const answer = loadScenarios(new URL("fixtures/", import.meta.url)).get(fixture)?.answers["GET /zen/go/v1/usage"];
  const http = cannedTransport({ "/zen/go/v1/usage": { body: JSON.stringify(answer?.body) } });
  const baseUrl = withoutApiPath(url, opencodeGo.apiPaths ?? []);
  const { context } = createReadContext({
    http,
    baseUrl,
    key: "k",
    auth: source.auth,
    now: Date.UTC(2026, 10, 20, 12),
  });
  const read = await source.prepare({});
  return read(context);
}

describe("the OpenCode Go reader", () => {
  it("takes percent for what is used", async () => {
    expect((await poll("typical")).meters.map(({ used, remaining }) => [used, remaining])).toEqual([
      [18, 82],
      [44, 56],
      [61, 39],
    ]);
  });

  it("takes a rate-limited window for a reading, not for a failure", async () => {
    expect((await poll("used-up")).meters[2]).toMatchObject({ id: "month", remaining: 0 });
  });

  it("says which resets the service told, and which follow from its calendar", async () => {
    const basis = async (fixture: string) =>
      (await poll(fixture)).meters.flatMap(({ window }) => (window.kind === "calendar" ? [window.resetBasis] : []));
    expect(await basis("typical")).toEqual(["reported"]);
    expect(await basis("partly-missing")).toEqual(["derived"]);
  });

  it("knows user and workspace", async () => {
    expect((await poll("typical")).subjects).toEqual({ user: "usr_1", team: "wrk_1" });
    expect((await poll("partly-missing")).subjects).toEqual({});
  });

  it.each(["https://opencode.ai/zen/go/v1", "https://opencode.ai/zen", "https://opencode.ai/zen/v1"])(
    "finds the route of %s",
    async (url) => expect((await poll("typical", url)).meters).toHaveLength(3),
  );
});
