import { randomBytes } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { startNeutralGateway } from "../fault-gateway/neutral-gateway.ts";
import { findInFiles, watchForLeaks } from "./leak-watch.ts";
import { expect, signIn, test } from "./product-test.ts";

const newKey = () => `sk-e2e-${randomBytes(18).toString("hex")}`;

test("keys that are here already are found when asked, and one is added and read without a copy", async ({
  product,
  page,
}) => {
  const own = newKey();
  const token = newKey();
  const home = product.environment.home;
  const codex = join(home, ".codex", "auth.json");
  const content = JSON.stringify({ tokens: { access_token: token, account_id: "acc-1" } });
  await mkdir(join(home, ".codex"));
  await writeFile(codex, content);
  const gateway = await startNeutralGateway(own);
  try {
    const extra = { OPENAI_BASE_URL: `${gateway.origin}/v1`, OPENAI_API_KEY: own };
    const running = await product.serve({ environment: { home, extra } });
    const watch = watchForLeaks(page.context());
    await signIn(page, running);
    await page.goto(`${running.origin}/settings.html#found`);
    await page.getByRole("button", { name: "Look for keys" }).click();

    const found = page.getByRole("list", { name: "Found keys" });
    await expect(found).toContainText("~/.codex/auth.json, at /tokens/access_token");
    const row = found.getByRole("listitem").filter({ hasText: "OPENAI_API_KEY" });
    await row.getByRole("button", { name: "Add" }).click();
    await expect(row).toContainText("now in up to 12 requests, to learn what runs there");
    expect(gateway.polls).toBe(0);
    await row.getByRole("button", { name: "Add" }).click();
    await expect(row).toContainText("Already added");
    await expect.poll(() => gateway.polls).toBeGreaterThan(0);
    await page.goto(`${running.origin}/popover.html`);
    await expect(page.getByRole("meter").first()).toHaveAttribute("aria-valuenow", "90");

    const settings = await readFile(join(product.profile, "settings.json"), "utf8");
    expect(settings).toContain('"OPENAI_API_KEY"');
    expect(await watch.find("OPENAI_API_KEY")).not.toEqual([]);
    expect(await readFile(codex, "utf8")).toBe(content);
    for (const key of [own, token]) {
      expect(await watch.find(key)).toEqual([]);
      expect((await findInFiles(product.profile, key)).found).toEqual([]);
      expect(running.output()).not.toContain(key);
    }
  } finally {
    await gateway.close();
  }
});
