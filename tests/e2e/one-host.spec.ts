import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import * as z from "zod";
import { type AppState, appStateSchema, statePatchSchema } from "../../app/contract/contract.ts";
import { applyPatch } from "../../app/contract/patch.ts";
import { attachEngine } from "../../main/host/attach/attached-engine.ts";
import { findHost } from "../../main/host/attach/find-host.ts";
import { createSharedEngine } from "../../main/host/attach/shared-engine.ts";
import { createSystemClock } from "../../main/host/system-clock.ts";
import packageJson from "../../package.json" with { type: "json" };
import { type NeutralGateway, startNeutralGateway } from "../fault-gateway/neutral-gateway.ts";
import { createSmallEngine } from "../support/small-engine.ts";
import { card } from "./gateway-form.ts";
import { runCli } from "./plimsoll-cli.ts";
import { test as base, expect, type Product, signIn } from "./product-test.ts";

const KEY = "sk-one-host-0123456789";
const ENV = { ONE_HOST_KEY: KEY };

const test = base.extend<{ gateway: NeutralGateway }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from the pattern
  gateway: async ({}, use) => {
    const gateway = await startNeutralGateway(KEY);
    await use(gateway);
    await gateway.close();
  },
});

/** The environment of a product with the key in a variable. */
const withKey = (product: Product) => ({ ...product.environment, extra: ENV });

const cli = (product: Product, ...args: readonly string[]) =>
  runCli([...args, "--profile", product.profile], withKey(product));

async function addGateway(product: Product, gateway: NeutralGateway, label: string): Promise<string> {
  const address = ["--kind", "neutral", "--url", gateway.origin, "--key-env", "ONE_HOST_KEY", "--label", label];
  const added = await cli(product, "source", "add", ...address);
  expect(added.code, added.stderr).toBe(0);
  return added.stdout.trim();
}

const serve = (product: Product) => product.serve({ environment: withKey(product) });

const statusSchema = z.object({ sources: z.array(z.object({ label: z.string(), state: z.string() })) });

const doctorSchema = z.object({
  running: z
    .object({ face: z.string(), pid: z.number(), version: z.string(), faces: z.array(z.object({ face: z.string() })) })
    .nullable(),
});

test("nothing is polled twice, however many faces and commands look", async ({ product, gateway }) => {
  await addGateway(product, gateway, "Team");
  await serve(product);
  await expect.poll(() => gateway.polls).toBe(1);
  for (let run = 0; run < 5; run += 1) {
    const status = await cli(product, "status", "--json");
    expect([status.code, status.stderr]).toEqual([0, ""]);
    expect(statusSchema.parse(JSON.parse(status.stdout)).sources).toEqual([
      expect.objectContaining({ label: "Team", state: "fresh" }),
    ]);
  }
  const second = await serve(product);
  expect(second.output()).toMatch(/this profile is open in another Plimsoll \(plimsoll serve, process \d+\)/);
  const doctor = doctorSchema.parse(JSON.parse((await cli(product, "doctor", "--json")).stdout));
  expect(doctor.running).toMatchObject({ face: "web", version: packageJson.version, faces: [{ face: "web" }] });
  expect(gateway.polls).toBe(1);

  // Only whoever asks for fresh figures has them read, once each.
  gateway.use(640);
  const fresh = await cli(product, "status", "--fresh");
  expect(fresh.stdout).toContain("360 left");
  expect(gateway.polls).toBe(2);
});

test("a command that asks before the first poll has ended waits for it", async ({ product, gateway }) => {
  await addGateway(product, gateway, "Team");
  const [, status] = await Promise.all([serve(product), cli(product, "status", "--json")]);
  expect(statusSchema.parse(JSON.parse(status.stdout)).sources).toMatchObject([{ state: "fresh" }]);
  const after = await cli(product, "status", "--json");
  expect(statusSchema.parse(JSON.parse(after.stdout)).sources).toMatchObject([{ state: "fresh" }]);
});

test("settings are written by the host alone, whoever changes them, and every page shows them", async ({
  product,
  gateway,
  page,
}) => {
  const first = await serve(product);
  const second = await serve(product);
  await signIn(page, second);
  await expect(page.getByRole("region", { name: "Demo figures" })).toBeVisible();
  // The demo that the host shows is not the user's: a command does not print it for them.
  const none = await cli(product, "status", "--json");
  expect(statusSchema.parse(JSON.parse(none.stdout)).sources).toEqual([]);

  const id = await addGateway(product, gateway, "Added in a terminal");
  await expect(card(page, "Added in a terminal")).toBeVisible();
  // A key that is typed reaches the process that uses it, also where nothing else could keep it.
  const typed = ["--kind", "neutral", "--url", gateway.origin, "--key-stdin", "--label", "Typed"];
  const added = await runCli(["source", "add", ...typed, "--profile", product.profile], withKey(product), KEY);
  expect(added.code, added.stderr).toBe(0);
  expect(added.stderr).toContain("the key is kept only as long as Plimsoll");
  expect(added.stdout + added.stderr).not.toContain(KEY);
  await expect(card(page, "Typed")).toContainText("900 left");
  const list = await cli(product, "source", "list");
  expect(list.stdout).toContain("Typed");
  const tested = await cli(product, "source", "test", id);
  expect([tested.code, tested.stderr]).toEqual([0, ""]);

  const removed = await cli(product, "source", "remove", id);
  expect(removed.stderr).toContain("Removed Added in a terminal. For a minute");
  await expect(card(page, "Added in a terminal")).toHaveCount(0);
  const saved = z
    .object({ sources: z.array(z.object({ label: z.string() })) })
    .parse(JSON.parse(await readFile(join(product.profile, "settings.json"), "utf8")));
  expect(saved.sources.map(({ label }) => label)).toEqual(["Typed"]);

  // The host ends; the page of the other one goes on, and can change things.
  await first.stop();
  await expect.poll(() => second.output()).toContain("this one polls from now on");
  await addGateway(product, gateway, "After the change of hosts");
  await expect(card(page, "After the change of hosts")).toContainText("900 left");
});

test("a host that is killed is followed by one that was attached, which polls nothing before its time", async ({
  product,
  gateway,
  page,
}) => {
  await addGateway(product, gateway, "Team");
  const first = await serve(product);
  await expect.poll(() => gateway.polls).toBe(1);
  const second = await serve(product);
  await signIn(page, second);
  await expect(card(page, "Team")).toContainText("900 left");
  first.kill();
  await expect.poll(() => second.output()).toContain("this one polls from now on");
  await expect(card(page, "Team")).toContainText("900 left");
  const status = await cli(product, "status", "--json");
  expect(statusSchema.parse(JSON.parse(status.stdout)).sources).toMatchObject([{ state: "fresh" }]);
  expect(gateway.polls).toBe(1);
  gateway.use(640);
  await page.getByRole("button", { name: "Refresh all" }).click();
  await expect(card(page, "Team")).toContainText("360 left");
  expect(gateway.polls).toBe(2);
});

test("a host that starts while a command waits for its input takes up what that saves", async ({
  product,
  gateway,
  page,
}) => {
  const { promise: typed, resolve: type } = Promise.withResolvers<string>();
  const args = ["source", "add", "--kind", "neutral", "--paste", "--key-env", "ONE_HOST_KEY", "--label", "Late"];
  const adding = runCli([...args, "--profile", product.profile], withKey(product), typed);
  const host = await serve(product);
  await signIn(page, host);
  await expect(page.getByRole("region", { name: "Demo figures" })).toBeVisible();
  type(gateway.origin);
  const added = await adding;
  expect(added.code, added.stderr).toBe(0);
  await expect(card(page, "Late")).toContainText("900 left");
});

test("a key in a variable that the host does not have is pointed out", async ({ product, gateway }) => {
  await product.serve();
  const address = ["--kind", "neutral", "--url", gateway.origin, "--key-env", "ONE_HOST_KEY"];
  const added = await cli(product, "source", "add", ...address);
  expect(added.stderr).toContain("ONE_HOST_KEY is not set where Plimsoll");
  expect(added.stderr).not.toContain(KEY);
});

test("a host of another version is named: what reads does it by itself, what would write does not", async ({
  product,
  gateway,
}) => {
  const id = await addGateway(product, gateway, "Team");
  const info = { face: "desktop", version: "99.0.0", platform: "test", settingsPath: "" } as const;
  const other = createSharedEngine({
    profileDir: product.profile,
    info,
    openEngine: async () => ({
      engine: createSmallEngine({ info, clock: createSystemClock() }),
      diagnose: () => Promise.reject(new Error("not asked for")),
      close: async () => undefined,
    }),
    shell: { openSettings: () => undefined },
    logger: { log: () => undefined },
  });
  await other.start();
  try {
    const named = `Plimsoll 99.0.0 runs on this profile (desktop app, process ${process.pid}); that is newer than this one`;
    const status = await cli(product, "status", "--json");
    expect(statusSchema.parse(JSON.parse(status.stdout)).sources).toMatchObject([{ label: "Team", state: "fresh" }]);
    expect(status.stderr).toContain(named);
    expect(status.stderr).toContain("This command did it by itself.");
    expect(gateway.polls).toBe(1);
    for (const args of [
      ["source", "remove", id],
      ["serve", "--no-open"],
    ]) {
      const refused = await cli(product, ...args);
      expect([refused.code, refused.stdout]).toEqual([1, ""]);
      expect(refused.stderr).toContain(named);
      expect(refused.stderr).toContain("Update this one, or quit the other");
    }
    expect((await cli(product, "source", "list")).stdout).toContain("Team");
  } finally {
    await other.stop();
  }
});

/** What a page got over its socket: the states that its patches lead to. */
function followStates(page: Page): { readonly states: AppState[]; readonly gaps: string[] } {
  const states: AppState[] = [];
  const gaps: string[] = [];
  page.on("websocket", (socket) =>
    socket.on("framereceived", ({ payload }) => {
      const frame: unknown = JSON.parse(payload.toString());
      const answer = z.object({ result: z.object({ value: appStateSchema }) }).safeParse(frame);
      if (answer.success) states.push(answer.data.result.value);
      const event = z.object({ event: z.literal("state.changed"), value: statePatchSchema }).safeParse(frame);
      const before = states.at(-1);
      if (!event.success || before === undefined) return;
      const next = applyPatch(before, event.data.value);
      if (next !== null) states.push(next);
      else if (event.data.value.revision > before.revision) gaps.push(`${before.revision} → ${event.data.value.base}`);
    }),
  );
  return { states, gaps };
}

test("two popovers and a command that watch one host see equal states under the same revisions", async ({
  product,
  gateway,
  page,
  browser,
}) => {
  const ids = await Promise.all(["one", "two", "three"].map((label) => addGateway(product, gateway, label)));
  const host = await serve(product);
  const attached = await serve(product);
  const otherPage = await (await browser.newContext()).newPage();
  const [mine, others] = [followStates(page), followStates(otherPage)];
  await signIn(page, host);
  await signIn(otherPage, attached);
  const found = await findHost(product.profile, {
    face: "cli",
    pid: process.pid,
    version: packageJson.version,
    stay: "lasting",
  });
  if (found.type !== "running") throw new Error("no host runs");
  const command = await attachEngine(found.connection, () => ({
    face: "cli",
    version: packageJson.version,
    platform: "test",
    settingsPath: "",
  }));
  const watched: AppState[] = [command.state()];
  command.onState((state) => watched.push(state));

  // Everybody changes something at once, while the host polls.
  await Promise.all([
    cli(product, "status", "--fresh"),
    command.handle("sources.adjust", { id: ids[0], label: "one, renamed" }),
    command.handle("sources.adjust", { id: ids[1], paused: true }),
    command.handle("preferences.set", { theme: "dark" }),
    cli(product, "source", "remove", ids[2] ?? ""),
    addGateway(product, gateway, "four"),
    page.getByRole("button", { name: "Refresh all" }).click(),
    otherPage.getByRole("button", { name: "Refresh all" }).click(),
  ]);
  await expect(card(page, "one, renamed")).toBeVisible();
  await expect(card(otherPage, "four")).toContainText("900 left");
  const last = () => [mine, others].map(({ states }) => states.at(-1)?.revision).concat(watched.at(-1)?.revision);
  await expect.poll(() => new Set(last()).size).toBe(1);

  const views = [mine.states, others.states, watched];
  const byRevision = new Map<number, unknown>();
  let shared = 0;
  for (const view of views) {
    expect(view.length).toBeGreaterThan(4);
    for (const { host: _host, ...state } of view) {
      const plain = JSON.parse(JSON.stringify(state));
      const known = byRevision.get(state.revision);
      if (known === undefined) byRevision.set(state.revision, plain);
      else {
        shared += 1;
        expect(plain).toEqual(known);
      }
    }
  }
  expect(shared).toBeGreaterThan(8);
  expect([...mine.gaps, ...others.gaps]).toEqual([]);
  expect(others.states.at(-1)?.host.attachedTo).toMatchObject({ face: "web" });
  expect(mine.states.at(-1)?.host.attachedTo).toBeUndefined();
  command.close();
});
