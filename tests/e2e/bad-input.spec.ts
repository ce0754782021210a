import { en } from "../../app/locales/en.ts";
import { en as uiWords } from "../../renderer/locales/en.ts";
import { openGatewayForm } from "./gateway-form.ts";
import { runCli } from "./plimsoll-cli.ts";
import { expect, test } from "./product-test.ts";

const KEY = "sk-input-4f0a9c2e71d3";

const badAddresses: readonly (readonly [address: string, problem: keyof typeof en])[] = [
  ["llm.example.org", "addressProblem.no-scheme"],
  ["localhost:4000", "addressProblem.no-scheme"],
  ["https://me:secret@llm.example.org", "addressProblem.has-user"],
  ["https://me@llm.example.org", "addressProblem.has-user"],
  ["file:///etc/passwd", "addressProblem.scheme-not-http"],
  ["ftp://llm.example.org", "addressProblem.scheme-not-http"],
  ["javascript:alert(1)", "addressProblem.scheme-not-http"],
  ["https://llm.example.org/?key=1", "addressProblem.has-query"],
  ["https://", "addressProblem.not-a-url"],
];

test("an address that cannot be used is named at its field, and nothing is saved", async ({ product, page }) => {
  const running = await product.open(page);
  const form = await openGatewayForm(page, running.origin);
  await form.fill({ key: KEY });
  for (const [address, problem] of badAddresses) {
    await test.step(address, async () => {
      await form.fill({ address });
      await form.test();
      await expect(form.dialog.getByRole("alert")).toContainText(en[problem]);
      await expect(form.address).toHaveAttribute("aria-invalid", "true");
      await form.dialog.getByRole("button", { name: "Save anyway" }).click();
      await expect(form.dialog.getByRole("alert")).toContainText(en[problem]);
    });
  }
  await page.goto(`${running.origin}/`);
  await expect(page.getByRole("region", { name: "Demo figures" })).toBeVisible();
});

test("plain http to another computer needs a clear yes", async ({ product, page }) => {
  const running = await product.open(page);
  const form = await openGatewayForm(page, running.origin);
  // Reserved (RFC 2606): never resolves.
  await form.fill({ address: "http://gateway.invalid", key: KEY });
  const consent = form.dialog.getByRole("checkbox", { name: /^Allow plain http/ });
  await expect(consent).toHaveCount(0);
  await form.test();
  await expect(form.dialog.getByRole("alert")).toContainText(uiWords["error.plain-http-needs-consent.title"]);
  await form.dialog.getByRole("button", { name: "Save anyway" }).click();
  await expect(form.dialog).toBeVisible();
  await consent.check();
  await form.test();
  await expect(form.outcome.getByText(en["cause.unreachable.title"], { exact: true }).first()).toBeVisible();
});

const badKeys: readonly (readonly [name: string, key: string, problem: keyof typeof en])[] = [
  ["with a line break", `${KEY}\nsecond-line`, "keyProblem.has-newline"],
  ["with a tab", `${KEY}\tmore`, "keyProblem.has-control-character"],
  ["with a typographic dash", `${KEY}–more`, "keyProblem.not-ascii"],
];

test("a key that cannot be sent is named at its field", async ({ product, page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const running = await product.open(page);
  const form = await openGatewayForm(page, running.origin);
  await form.fill({ address: "https://gateway.invalid" });
  for (const [name, key, problem] of badKeys) {
    await test.step(name, async () => {
      await page.evaluate((text) => navigator.clipboard.writeText(text), key);
      await form.key.fill("");
      await form.key.focus();
      await page.keyboard.press("Control+V");
      await form.test();
      await expect(form.dialog.getByRole("alert")).toContainText(en[problem]);
      await expect(form.key).toHaveAttribute("aria-invalid", "true");
    });
  }
});

test("the command line names a bad key and a bad address, too, and saves nothing", async ({ product }) => {
  const add = (url: string, key: string) =>
    runCli(
      ["source", "add", "--kind", "neutral", "--url", url, "--key-stdin", "--label", "X", "--profile", product.profile],
      product.environment,
      key,
    );
  for (const [, key, problem] of badKeys) {
    const ended = await add("https://gateway.invalid", key);
    expect(ended.code).toBe(2);
    expect(ended.stderr).toContain(en[problem]);
    expect(ended.stdout + ended.stderr).not.toContain(KEY);
  }
  for (const [address, problem] of badAddresses) {
    const ended = await add(address, KEY);
    expect([address, ended.code]).toEqual([address, 2]);
    expect(ended.stderr).toContain(en[problem]);
  }
  const plain = await add("http://gateway.invalid", KEY);
  expect([plain.code, plain.stderr.includes("--allow-plain-http")]).toEqual([2, true]);
  const list = await runCli(["source", "list", "--json", "--profile", product.profile], product.environment);
  expect(list.stdout).not.toContain("gateway.invalid");
});
