import type { Page } from "@playwright/test";
import type { KindInfo } from "../../app/contract/contract.ts";
import type { FakeHost } from "./fake-host.ts";
import { expect } from "./ui-test.ts";

export const mapped: KindInfo = {
  id: "mapped",
  name: "Mapped gateway",
  group: "gateway",
  defaultBaseUrl: null,
  otherBaseUrls: [],
  reads: "what you point out in the answer of any JSON endpoint",
  keyNote: "whatever key the endpoint takes",
  minIntervalSeconds: 60,
  optionFields: [
    {
      name: "definition",
      labelKey: "option.definition.label",
      hintKey: "option.definition.hint",
      placeholder: "",
      required: true,
      editor: "mapping",
    },
  ],
};

const DECEMBER = Math.floor(Date.UTC(2036, 11, 1) / 1000);

const answer = {
  success: true,
  data: {
    team: "aurora",
    tokens: { used: 730_000, quota: 2_000_000, renews_at: DECEMBER },
    spend: { cents: 1175, budget_usd: 40, currency: "USD" },
    session: { utilization: 0.27 },
    models: [
      { name: "Swift 2", requests_used: 40, requests_limit: 1000 },
      { name: "Deep 4", requests_used: 180, requests_limit: 200 },
    ],
  },
};

/** The form of a new mapped gateway, filled in as far as a sample needs it. */
export async function openForm(
  host: FakeHost,
  open: (host: FakeHost, name: "settings", hash: string) => Promise<Page>,
) {
  host.answer({
    "sources.kinds": () => [mapped],
    "sources.sample": () => ({
      outcome: { type: "answer", body: answer },
      trace: [
        { method: "GET", url: "https://llm.example.org/api/usage", status: 200, ms: 80, bytes: 400, problem: null },
      ],
    }),
  });
  const page = await open(host, "settings", "#add");
  await page.getByRole("button", { name: "Choose the kind yourself" }).click();
  await page.getByRole("textbox", { name: "Address", exact: true }).fill("https://llm.example.org");
  await page.getByLabel("Key to paste").fill("sk-test-0123456789");
  await expect(page.getByRole("group", { name: "What to read" })).toBeVisible();
  return page;
}

export async function fetchSample(page: Page) {
  await page.getByLabel("Path below the address").fill("/api/usage");
  await page.getByRole("button", { name: "Fetch a sample" }).click();
  await expect(page.getByRole("list", { name: "The answer, value by value" })).toBeVisible();
}

export const value = (page: Page, name: RegExp) =>
  page.getByRole("list", { name: "The answer, value by value" }).getByRole("button", { name });
export const panel = (page: Page) => page.getByRole("region", { name: "What is it?" });
