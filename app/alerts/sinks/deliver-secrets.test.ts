import { describe, expect, it } from "vitest";
import { ENV_SECRET, PATH_SECRET, sinkRigPerTest } from "../../../tests/support/sink-rig.ts";
import { sinkAddressId, sinkTokenId, type Webhook } from "../../settings/sink-settings.ts";

const rig = sinkRigPerTest();

describe("the secrets of a delivery", () => {
  it("goes nowhere else, wherever it is pointed to", async () => {
    const other = await rig.serve();
    await rig.addWebhook({ hasToken: true });
    rig.answer = (response) => {
      response.writeHead(307, { location: `${other.origin}/${PATH_SECRET}` });
      response.end();
    };
    const outcomes = await rig.deliver();
    expect(outcomes).toEqual([
      {
        sink: "sink-1",
        ok: false,
        detail: `307 from ${rig.server.origin}: it points to another address, which is not followed`,
      },
    ]);
    expect(other.seen).toEqual([]);
    rig.expectNoSecretIn(outcomes);
  });

  it("to one that cannot be reached says so, without its address", async () => {
    await rig.addWebhook();
    await rig.server.close();
    const outcomes = await rig.deliver();
    expect(outcomes).toEqual([
      { sink: "sink-1", ok: false, detail: `${rig.server.origin} cannot be reached: connection refused (4 tries)` },
    ]);
    rig.expectNoSecretIn(outcomes);
  });

  it("finds the address in a variable", async () => {
    await rig.addWebhook({ format: "ntfy", address: { type: "env", name: "NTFY_URL" } });
    rig.env["NTFY_URL"] = `${rig.server.origin}/${ENV_SECRET}\n`;
    const outcomes = await rig.deliver();
    expect(outcomes).toMatchObject([{ ok: true }]);
    expect(rig.got[0]?.body).toMatchObject({ topic: ENV_SECRET });
    rig.expectNoSecretIn(outcomes);
  });

  it.each<[string, Partial<Webhook>, Record<string, string>, string]>([
    [
      "that is not set",
      { address: { type: "env", name: "NTFY_URL" } },
      {},
      "the variable NTFY_URL with its address is not set",
    ],
    [
      "that points elsewhere by now",
      { address: { type: "env", name: "NTFY_URL" } },
      { NTFY_URL: `https://elsewhere.example/${ENV_SECRET}` },
      "save the webhook again",
    ],
    [
      "that holds no address",
      { address: { type: "env", name: "NTFY_URL" } },
      { NTFY_URL: ENV_SECRET },
      "its address cannot be used (no-scheme)",
    ],
  ])("does not go to a variable %s", async (_what, change, variables, detail) => {
    await rig.addWebhook({ ...change, hasToken: true });
    Object.assign(rig.env, variables);
    const outcomes = await rig.deliver();
    expect(outcomes).toEqual([{ sink: "sink-1", ok: false, detail: expect.stringContaining(detail) }]);
    expect(rig.got).toEqual([]);
    rig.expectNoSecretIn(outcomes);
  });

  it("says which of its secrets is missing", async () => {
    await rig.addWebhook({ hasToken: true });
    await rig.vault.delete(sinkTokenId("sink-1"));
    await rig.addWebhook();
    await rig.vault.delete(sinkAddressId("sink-2"));
    expect(await rig.deliver()).toMatchObject([
      { ok: false, detail: "its token is not saved: enter it again" },
      { ok: false, detail: "its address is not saved: enter it again" },
    ]);
    expect(rig.got).toEqual([]);
  });

  it("survives a vault that throws, without its words", async () => {
    await rig.addWebhook();
    rig.vault.get = () => Promise.reject(new Error(PATH_SECRET));
    const outcomes = await rig.deliver();
    expect(outcomes).toEqual([{ sink: "sink-1", ok: false, detail: "Plimsoll made a mistake; the log says more" }]);
    rig.expectNoSecretIn(outcomes);
  });
});
