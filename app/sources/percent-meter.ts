import type { Meter } from "../quota/meter.ts";

interface PercentFigures extends Pick<Meter, "id" | "label" | "window" | "scope"> {
  /** "reported" unless told. */
  readonly confidence?: Meter["confidence"];
}

/** A meter of which a service tells only the percent that is used: 0–100, above when overdrawn. */
export function percentMeter({ used, ...rest }: PercentFigures & { readonly used: number | "unknown" }): Meter {
  return meter(rest, used, used === "unknown" ? used : complement(used));
}

/** A meter of which a service tells only the percent that is left: 0–100, negative when overdrawn, above when more was granted. */
export function percentLeftMeter({ left, ...rest }: PercentFigures & { readonly left: number | "unknown" }): Meter {
  return meter(rest, left === "unknown" ? left : Math.max(0, complement(left)), left);
}

function meter(
  { confidence = "reported", ...rest }: PercentFigures,
  used: number | "unknown",
  remaining: number | "unknown",
): Meter {
  return { ...rest, unit: { kind: "percent" }, limit: 100, used, remaining, confidence };
}

/** 100 less a percentage, without the noise of binary fractions: 80.2 leaves 19.8. */
export function complement(percent: number): number {
  return Math.round((100 - percent) * 1_000_000) / 1_000_000;
}
