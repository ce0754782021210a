import { describe, expect, it } from "vitest";
import { describeFixtures } from "../../../../tests/scenarios/describe-fixtures.ts";
import { cannedTransport } from "../../../../tests/support/canned-transport.ts";
import { createReadContext } from "../../read-context.ts";
import { register } from "../../register.ts";
import { copilot } from "./descriptor.ts";

const NOW = Date.UTC(2026, 10, 20, 12);
const source = register(copilot);

describeFixtures(source, import.meta.url);

async function poll(body: unknown, facts: Readonly<Record<string, string>> = {}) {
  const http = cannedTransport({ "/copilot_internal/user": { body: JSON.stringify(body) } });
  const baseUrl = "https://api.github.com";
  const { context } = createReadContext({ http, baseUrl, key: "gho_x", auth: source.auth, facts, now: NOW });
  const read = await source.prepare({});
  return { http, reading: await read(context) };
}

describe("the Copilot reader", () => {
  it("shows the token as GitHub's own scheme, and asks as an editor does", async () => {
    const { http } = await poll({ copilot_plan: "individual" });
    expect(http.requests[0]).toMatchObject({
      headers: { "user-agent": expect.stringMatching(/^GitHubCopilotChat\//), "editor-version": expect.any(String) },
      secretHeaders: [{ name: "authorization", value: "token gho_x" }],
    });
  });

  it("takes limited_user_quotas for what remains, not for what is used", async () => {
    const { reading } = await poll({ monthly_quotas: { chat: 50 }, limited_user_quotas: { chat: 45 } });
    expect(reading.meters).toMatchObject([{ id: "chat", limit: 50, used: 5, remaining: 45 }]);
  });

  it("believes unlimited before an entitlement beside it", async () => {
    const chat = { unlimited: true, entitlement: 300, remaining: 0 };
    expect((await poll({ quota_snapshots: { chat } })).reading.meters).toMatchObject([{ limit: "unlimited" }]);
  });

  it.each([
    ["quota_reset_date", "2026-12-01", Date.UTC(2026, 11, 1), "reported"],
    ["quota_reset_date_utc", "2026-12-01T00:00:00.000Z", Date.UTC(2026, 11, 1), "reported"],
    ["limited_user_reset_date", "2026-12-09", Date.UTC(2026, 11, 9), "reported"],
    ["quota_reset_date", "soon", Date.UTC(2026, 11, 1), "derived"],
  ])("reads %s of %s in UTC", async (field, date, resetsAt, resetBasis) => {
    const { reading } = await poll({ [field]: date, quota_snapshots: { chat: { entitlement: 5, remaining: 1 } } });
    expect(reading.meters[0]?.window).toMatchObject({ kind: "calendar", timeZone: "UTC", resetsAt, resetBasis });
  });

  it("knows the user by the answer, else by the file", async () => {
    expect((await poll({ copilot_plan: "x", login: "octo" }, { user: "file" })).reading.subjects).toEqual({
      user: "octo",
    });
    expect((await poll({ copilot_plan: "x" }, { user: "file" })).reading.account).toBe("file");
    expect((await poll({ copilot_plan: "x" })).reading.subjects).toBeUndefined();
  });
});
