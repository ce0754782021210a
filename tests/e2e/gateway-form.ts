import type { Locator, Page } from "@playwright/test";

export interface GatewayValues {
  readonly label?: string;
  readonly address?: string;
  readonly key?: string;
}

/** The form in which a gateway is added, as a person uses it. */
export interface GatewayForm {
  readonly dialog: Locator;
  /** What the last test found. */
  readonly outcome: Locator;
  readonly address: Locator;
  readonly key: Locator;
  /** Leaves finding out to Plimsoll aside and names the kind. */
  chooseKind(name: string): Promise<void>;
  fill(values: GatewayValues): Promise<void>;
  test(): Promise<void>;
  save(): Promise<void>;
}

export function gatewayForm(page: Page): GatewayForm {
  const dialog = page.getByRole("dialog", { name: "Add a gateway" });
  const address = dialog.getByLabel("Address", { exact: true });
  const key = dialog.getByLabel("Key to paste");
  return {
    dialog,
    address,
    key,
    outcome: dialog.getByRole("region", { name: "Outcome of the test" }),
    async chooseKind(name) {
      await dialog.getByRole("button", { name: "Choose the kind yourself" }).click();
      await dialog.getByLabel("Kind", { exact: true }).selectOption({ label: name });
    },
    async fill(values) {
      if (values.label !== undefined) await dialog.getByLabel("Name", { exact: true }).fill(values.label);
      if (values.address !== undefined) await address.fill(values.address);
      if (values.key !== undefined) await key.fill(values.key);
    },
    test: () => dialog.getByRole("button", { name: "Test", exact: true }).click(),
    save: () => dialog.getByRole("button", { name: "Save", exact: true }).click(),
  };
}

/** Opens the form on the settings page of a signed-in browser. */
export async function openGatewayForm(page: Page, origin: string): Promise<GatewayForm> {
  await page.goto(`${origin}/settings.html`);
  await page.getByRole("button", { name: "Add a gateway" }).click();
  const form = gatewayForm(page);
  await form.chooseKind("Neutral gateway");
  return form;
}

/** The card of a source in the popover. */
export function card(page: Page, label: string): Locator {
  return page.getByRole("listitem", { name: label, exact: true });
}
