import type { AppState } from "../../app/contract/contract.ts";
import type { UiTranslate } from "../words.tsx";

export interface VaultWords {
  readonly title: string;
  readonly why: string;
  readonly next: string;
}

/** What to know about where keys are kept; null when the system's keyring has them, or none was needed yet. */
export function vaultWords(vault: AppState["vault"], t: UiTranslate): VaultWords | null {
  if (vault.kind === "os-keyring" || vault.kind === "not-checked") return null;
  const why =
    vault.problem === null
      ? t("vault.why-unknown", { backend: vault.backend })
      : t("vault.why", { problem: vault.problem });
  return { title: t(`vault.${vault.kind}.title`), why, next: t(`vault.${vault.kind}.next`) };
}
