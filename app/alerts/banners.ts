import type { Alert } from "./alert.ts";
import { worstFirst } from "./severity.ts";

/** Most alerts kept for the banner; older ones give way. */
const BANNER_LIMIT = 20;

/** The alerts that a face shows until they are dismissed, newest first: one of each meter, the latest that was told. */
export function withTold(open: readonly Alert[], told: readonly Alert[]): readonly Alert[] {
  let next = open;
  // Of several told at once the worst stands first.
  for (const alert of told.toSorted(worstFirst).reverse()) {
    next = [alert, ...next.filter((other) => other.sourceId !== alert.sourceId || other.meterId !== alert.meterId)];
  }
  return next.slice(0, BANNER_LIMIT);
}

/** The same list when all of it stays. */
export function keptBanners(open: readonly Alert[], stays: (alert: Alert) => boolean): readonly Alert[] {
  const kept = open.filter(stays);
  return kept.length === open.length ? open : kept;
}
