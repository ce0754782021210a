// @vitest-environment node
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import * as z from "zod";
import { type NeutralGateway, startNeutralGateway } from "../fault-gateway/neutral-gateway.ts";
import { artefact, call, eventually, popoverVisible, setUpApps, tooltipWith } from "./app-under-test.ts";
import type { DrivenApp } from "./double/drive.ts";

const KEY = "sk-desktop-0f1e2d3c4b5a69788796a5b4c3d2e1f0";
const apps = setUpApps();
const stateAnswer = z.object({
  value: z.object({
    sources: z.array(
      z.object({
        dueReason: z.string().nullable(),
        fetchedAt: z.number().nullable(),
        nextDueAt: z.number().nullable(),
      }),
    ),
  }),
});

describe("a gateway of the user's", () => {
  let gateway: NeutralGateway;

  beforeAll(async () => {
    gateway = await startNeutralGateway(KEY);
  });
  afterAll(() => gateway.close());
  beforeEach(() => gateway.use(100));

  const draft = () => ({
    id: null,
    kind: "neutral",
    label: "Team gateway",
    baseUrl: gateway.origin,
    allowPlainHttp: false,
    key: { type: "secret", secret: KEY },
    options: {},
  });

  const focusedSource = (app: DrivenApp) =>
    app.inPage("popover.html", (page) => page.locator("[data-source]:focus").getAttribute("data-source"), null);
  const firstSource = (app: DrivenApp) =>
    app.inPage("popover.html", (page) => page.locator("[data-source]").first().getAttribute("data-source"), null);

  it("is saved with its key, warns once over a restart, and a click on the warning shows it", async () => {
    const first = apps.start();
    expect(await call(first, "sources.save", draft())).toEqual({ ok: true, value: { id: expect.any(String) } });
    await tooltipWith(first, "Team gateway: 90%");
    expect((await first.ask("tray"))?.tooltip).not.toContain("Demo");
    expect(await first.ask("notifications")).toEqual([]);

    gateway.use(850);
    expect(await call(first, "sources.refresh", { id: null })).toEqual({ ok: true, value: undefined });
    const [alert, ...more] = await eventually(
      () => first.ask("notifications"),
      (shown) => shown.length > 0,
    );
    expect(more).toEqual([]);
    expect(alert).toMatchObject({ title: "Team gateway: 15% left", body: expect.stringContaining("20%") });
    await first.inPage(
      "popover.html",
      async (page, path) => {
        await page.getByText("15%").first().waitFor();
        await page.screenshot({ path });
      },
      artefact("alert.png"),
    );

    await first.ask("press", "popover.html", "Escape");
    await first.ask("clickNotification", alert?.id ?? "");
    await popoverVisible(first, true);
    expect(await focusedSource(first)).toBe(await firstSource(first));
    expect(await first.quit()).toBe(0);

    const polls = gateway.polls;
    const second = apps.start();
    await tooltipWith(second, "Team gateway: 15%");
    expect(gateway.polls).toBeGreaterThan(polls);
    await call(second, "sources.refresh", { id: null });
    await eventually(
      async () => gateway.polls,
      (now) => now >= polls + 2,
    );
    // Lower still, but no new line is crossed.
    gateway.use(860);
    await call(second, "sources.refresh", { id: null });
    await tooltipWith(second, "Team gateway: 14%");
    expect(await second.ask("notifications")).toEqual([]);
    expect(await second.quit()).toBe(0);

    const secrets = JSON.parse(readFileSync(join(apps.profile, "secrets.json"), "utf8"));
    expect(Object.values(secrets.entries)).toEqual([
      { origin: gateway.origin, tag: "v11", ciphertext: expect.stringMatching(/^[A-Za-z0-9+/=]{40,}$/) },
    ]);
    const files = readdirSync(apps.folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    expect(files.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["secrets.json", "settings.json", "alerts.json"]),
    );
    for (const { parentPath, name } of files) {
      const content = readFileSync(join(parentPath, name));
      for (const form of [KEY, Buffer.from(KEY).toString("base64"), Buffer.from(KEY).toString("hex")]) {
        expect(content.includes(form), `the key in ${name}`).toBe(false);
      }
    }
    expect(first.output() + second.output()).not.toContain(KEY);
  });

  it("is shown by a click on its warning also when no page was open", async () => {
    const app = apps.start({ args: ["--hidden"] });
    await tooltipWith(app, "Demo");
    await app.ask("clickMenu", "Settings…");
    await call(app, "sources.save", draft(), "settings.html");
    await call(app, "sources.save", { ...draft(), label: "Second gateway" }, "settings.html");
    await tooltipWith(app, "Second gateway: 90%");
    gateway.use(950);
    await call(app, "sources.refresh", { id: null }, "settings.html");
    // Both read one key, so one of them tells of it.
    const [shown] = await eventually(
      () => app.ask("notifications"),
      (all) => all.length === 1,
    );
    await app.ask("closeWindow", "settings.html");
    expect(await app.ask("windows")).toEqual([]);
    await app.ask("clickNotification", shown?.id ?? "");
    await popoverVisible(app, true);
    await app.inPage("popover.html", (page) => page.locator("[data-source]:focus").waitFor(), null);
    const text = await app.inPage("popover.html", (page) => page.locator("[data-source]:focus").innerText(), null);
    expect(shown?.title).toMatch(/^(Team|Second) gateway: 5% left$/);
    expect(text).toContain(shown?.title.split(":")[0]);
  });

  it("is kept for the session only, and says so, where no keyring protects the key", async () => {
    const app = apps.start({ config: { safeStorage: "none" } });
    expect(await call(app, "sources.save", draft())).toMatchObject({ ok: true });
    await tooltipWith(app, "Team gateway: 90%");
    expect(await call(app, "state.get", undefined)).toMatchObject({
      value: { vault: { kind: "session-only", problem: expect.stringContaining("keyring") } },
    });
    expect(await app.quit()).toBe(0);
    expect(readdirSync(apps.profile)).not.toContain("secrets.json");

    const next = apps.start({ config: { safeStorage: "none" } });
    await tooltipWith(next, "No key is saved");
  });

  it("tells in the window what the system could not show", async () => {
    const app = apps.start({ config: { platform: "darwin", notifications: "failed" } });
    await call(app, "sources.save", draft());
    expect(await call(app, "alerts.sample", undefined)).toEqual({ ok: true, value: { shown: false } });
    gateway.use(990);
    await call(app, "sources.refresh", { id: null });
    await app.inPage("popover.html", (page) => page.getByText("at or below your line").first().waitFor(), null);
    expect(await app.ask("notifications")).toEqual([]);
  });

  it("is due as soon as its floor allows when the computer wakes up", async () => {
    const app = apps.start();
    await call(app, "sources.save", draft());
    await tooltipWith(app, "90%");
    const due = async () => {
      const { value } = stateAnswer.parse(await call(app, "state.get", undefined));
      return value.sources.map(({ dueReason, fetchedAt, nextDueAt }) => [
        dueReason,
        (nextDueAt ?? 0) - (fetchedAt ?? 0),
      ]);
    };
    expect((await due())[0]?.[0]).toBe("interval");
    await app.ask("resume");
    // It was read a moment ago: a minute has to pass. It is told by the wall clock and kept by one that nobody sets, each in whole
    // milliseconds, so one or two may lie between them.
    const [resumed] = await eventually(due, ([first]) => first?.[0] === "resumed");
    expect(resumed?.[1]).toBeGreaterThanOrEqual(60_000 - 3);
    expect(resumed?.[1]).toBeLessThan(62_000);
  });
});
