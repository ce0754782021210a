import * as z from "zod";
import { findSource, sources } from "../../app/sources/registry.ts";
import { type MeterJson, meterJson } from "../../main/cli/status-json.ts";
import { canRunSecretService, withSecretService } from "../keyring/secret-service.ts";
import { readScenario } from "../scenarios/read-scenario.ts";
import { loadScenarios, type Scenario } from "../scenarios/scenario.ts";
import { type ScenarioServer, serveScenario } from "../scenarios/scenario-server.ts";
import { card } from "./gateway-form.ts";
import { runCli } from "./plimsoll-cli.ts";
import { expect, test } from "./product-test.ts";

/** Gateways that are known by what they answer. The others are known by their host alone, or described by the user. */
const gateways = sources.filter(({ group, recognition }) => group === "gateway" && recognition?.load !== undefined);

/** The figures of a meter that do not depend on when the test runs; windows of the fixtures may have ended since. */
const FIGURES = ["id", "unit", "limit", "used", "remaining"] as const;

interface Known {
  readonly id: string;
  readonly name: string;
  readonly key: string;
  readonly scenario: Scenario;
  readonly server: ScenarioServer;
}

/** A server for each gateway that answers as it is documented to. Ended after the test. */
async function serveAll(): Promise<readonly Known[]> {
  return Promise.all(
    gateways.map(async ({ id, name, auth, recognition }) => {
      const fixtures = new URL(`../../app/sources/gateways/${id}/fixtures/`, import.meta.url);
      const scenario = loadScenarios(fixtures).get("typical");
      if (scenario === undefined) throw new Error(`${id} has no typical fixture`);
      const key = `${recognition?.keyPrefixes?.[0] ?? "sk-"}every-gateway-5c1f0e7d9b2a4466`;
      return { id, name, key, scenario, server: await serveScenario(scenario, auth, key) };
    }),
  );
}

/**
 * What the answers say today: some of their windows have ended since the moment for which the fixture was written, and what an ended
 * window used is not told any more. At that moment it is what the fixture expects (tests/conformance/fixtures.test.ts).
 */
async function metersToday({ id, scenario }: Pick<Known, "id" | "scenario">): Promise<readonly MeterJson[]> {
  const source = findSource(id);
  if (source === undefined) throw new Error(`no ${id}`);
  const outcome = await readScenario(source, { ...scenario, now: new Date().toISOString() });
  if (!outcome.ok) throw new Error(outcome.cause);
  return outcome.reading.meters.map(meterJson);
}

const figuresOf = (meter: MeterJson) => Object.fromEntries(FIGURES.map((name) => [name, meter[name]]));

const meterSchema = z.object({
  id: z.string(),
  unit: z.string(),
  limit: z.unknown(),
  used: z.unknown(),
  remaining: z.unknown(),
});
const statusSchema = z.object({
  sources: z.array(z.object({ label: z.string(), kind: z.string(), meters: z.array(meterSchema) })),
});

test("every gateway is found out and saved by the terminal, with the right figures", async ({ product }) => {
  test.skip(!canRunSecretService(), "needs a Secret Service");
  test.setTimeout(180_000);
  const known = await serveAll();
  try {
    await withSecretService(async ({ env }) => {
      const environment = { home: env["HOME"] ?? "", extra: env };
      for (const { id, key, server } of known) {
        const args = ["source", "add", "--url", server.baseUrl, "--key-stdin", "--label", id];
        const added = await runCli([...args, "--profile", product.profile], environment, key);
        expect([id, added.code, added.stderr], added.stderr).toEqual([id, 0, added.stderr]);
        expect(added.stdout).toMatch(/^[\w-]{36}\n$/);
        expect(added.stdout + added.stderr).not.toContain(key);
      }
      const status = await runCli(["status", "--json", "--profile", product.profile], environment);
      const { sources: polled } = statusSchema.parse(JSON.parse(status.stdout));
      const expected = await Promise.all(
        known.map(async (one) => ({ label: one.id, kind: one.id, meters: (await metersToday(one)).map(figuresOf) })),
      );
      expect(polled.map(({ label, kind, meters }) => ({ label, kind, meters }))).toEqual(expected);
    });
  } finally {
    await Promise.all(known.map(({ server }) => server.close()));
  }
});

test("every gateway is found out and saved in the settings window, with the right figures", async ({
  product,
  page,
}) => {
  test.setTimeout(180_000);
  const known = await serveAll();
  try {
    const running = await product.open(page);
    for (const { id, name, key, server } of known) {
      await test.step(name, async () => {
        await page.goto(`${running.origin}/settings.html#add`);
        const dialog = page.getByRole("dialog", { name: "Add a gateway" });
        await dialog.getByLabel("Paste an address, a curl command or a config snippet").fill(server.baseUrl);
        await dialog.getByLabel("Key to paste").fill(key);
        await dialog.getByRole("button", { name: "Find out" }).click();
        const outcome = dialog.getByRole("region", { name: "What answers there" });
        await expect(outcome).toContainText(name, { timeout: 15_000 });
        await dialog.getByLabel("Name", { exact: true }).fill(id);
        await dialog.getByRole("button", { name: /^Save/ }).click();
        await expect(page.getByText(`${id} is saved.`)).toBeVisible();
        await page.goto("about:blank");
      });
    }
    await page.goto(`${running.origin}/popover.html`);
    for (const one of known) {
      const shown = card(page, one.id);
      const more = shown.getByRole("button", { name: /more quota/ });
      if ((await more.count()) > 0) await more.click();
      const words = (await metersToday(one)).flatMap(leftInWords);
      expect(words, one.id).not.toEqual([]);
      for (const word of words) await expect(shown, one.id).toContainText(word);
    }
  } finally {
    await Promise.all(known.map(({ server }) => server.close()));
  }
});

/** What is left, as the popover words it: what a user would compare with the gateway's own page. */
function leftInWords({ unit, currency, remaining }: MeterJson): string[] {
  if (typeof remaining !== "number" || remaining < 0) return [];
  // A share is never rounded up to what is not there.
  if (unit === "percent") return [`${Math.trunc(remaining)}%`];
  const style: Intl.NumberFormatOptions =
    unit === "money"
      ? { style: "currency", currency: currency ?? "USD", minimumFractionDigits: 2, maximumFractionDigits: 2 }
      : { maximumFractionDigits: 2, ...shortened(remaining) };
  return [new Intl.NumberFormat("en-US", style).format(remaining)];
}

function shortened(value: number): Intl.NumberFormatOptions {
  return value >= 100_000 ? { notation: "compact", maximumSignificantDigits: 3 } : {};
}
