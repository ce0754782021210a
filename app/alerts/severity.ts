import { type Alert, isUsedUp } from "./alert.ts";

/** How much an alert wants its reader, most first. Used up comes before all. */
function rank(alert: Alert): number {
  if (isUsedUp(alert)) return 0;
  switch (alert.what.type) {
    case "percent-left":
      return 1;
    case "amount-left":
      return 2;
    case "before-reset":
      return 3;
    case "runway":
      return 4;
    case "failing":
      return 5;
    case "back":
      return 6;
  }
}

function share({ what }: Alert): number {
  return what.type === "percent-left" ? what.percentRemaining : 0;
}

/** The worse alert first; the earlier one of two that are equally bad. */
export function worstFirst(a: Alert, b: Alert): number {
  return rank(a) - rank(b) || share(a) - share(b) || a.firedAt - b.firedAt;
}
