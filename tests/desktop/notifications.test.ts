// @vitest-environment node
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import * as z from "zod";
import { type NeutralGateway, startNeutralGateway } from "../fault-gateway/neutral-gateway.ts";
import { call, eventually, setUpApps, tooltipWith } from "./app-under-test.ts";
import type { DrivenApp } from "./double/drive.ts";

const KEY = "sk-desktop-0f1e2d3c4b5a69788796a5b4c3d2e1f0";
const HOUR = 3_600_000;
const apps = setUpApps();

const stateSchema = z.object({
  value: z.object({
    sources: z.array(z.object({ id: z.string() })),
    snoozes: z.array(z.object({ sourceId: z.string(), meterId: z.string(), until: z.number() })),
  }),
});
const stateOf = async (app: DrivenApp) => stateSchema.parse(await call(app, "state.get", undefined)).value;

describe("a notification", () => {
  let gateway: NeutralGateway;
  beforeAll(async () => {
    gateway = await startNeutralGateway(KEY);
  });
  afterAll(() => gateway.close());
  beforeEach(() => gateway.use(100));

  async function warned(app: DrivenApp) {
    await call(app, "sources.save", {
      id: null,
      kind: "neutral",
      label: "Team gateway",
      baseUrl: gateway.origin,
      allowPlainHttp: false,
      key: { type: "secret", secret: KEY },
      options: {},
    });
    await tooltipWith(app, "Team gateway: 90%");
    gateway.use(850);
    await call(app, "sources.refresh", { id: null });
    const [shown] = await eventually(
      () => app.ask("notifications"),
      (all) => all.length === 1,
    );
    return shown;
  }

  it.each(["darwin", "win32"] as const)("on %s has buttons that hold its meter's alerts back", async (platform) => {
    const app = apps.start({ config: { platform } });
    const shown = await warned(app);
    expect(shown).toMatchObject({
      title: "Team gateway: 15% left",
      actions: ["Snooze for 1 hour", "Snooze until it resets", "Snooze until tomorrow"],
    });
    const before = Date.now();
    await app.ask("pressNotification", shown?.id ?? "", "Snooze for 1 hour");
    const { snoozes, sources } = await eventually(
      () => stateOf(app),
      (state) => state.snoozes.length > 0,
    );
    expect(snoozes).toHaveLength(1);
    expect(snoozes[0]?.sourceId).toBe(sources[0]?.id);
    expect(snoozes[0]?.until).toBeGreaterThanOrEqual(before + HOUR);
    expect(snoozes[0]?.until).toBeLessThanOrEqual(Date.now() + HOUR);
  });

  it("on Linux has none, and gives way to one of the same id", async () => {
    const app = apps.start();
    for (let count = 1; count <= 2; count += 1) {
      expect(await call(app, "alerts.sample", undefined)).toEqual({ ok: true, value: { shown: true } });
    }
    const shown = await app.ask("notifications");
    expect(shown.map(({ title, actions }) => [title, actions])).toEqual([
      ["Demo: Plimsoll: 9% left", []],
      ["Demo: Plimsoll: 9% left", []],
    ]);
    expect(new Set(shown.map(({ id }) => id)).size).toBe(1);
    expect((await app.ask("facts")).notificationsOnScreen).toBe(1);
  });

  it.each([
    ["failed", "win32"],
    ["silent", "linux"],
    ["unsupported", "linux"],
  ] as const)("that the system does not show (%s) is told as such", async (notifications, platform) => {
    const app = apps.start({ config: { notifications, platform } });
    expect(await call(app, "alerts.sample", undefined)).toEqual({ ok: true, value: { shown: false } });
  });
});
