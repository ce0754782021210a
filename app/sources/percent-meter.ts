import type { Meter } from "../quota/meter.ts";

interface PercentFigures extends Pick<Meter, "id" | "label" | "window" | "scope"> {
  /** 0–100, above when overdrawn. */
  readonly used: number | "unknown";
  /** "reported" unless told. */
  readonly confidence?: Meter["confidence"];
}

/** A meter of which a service tells only the percent that is used. */
export function percentMeter({ used, confidence = "reported", ...rest }: PercentFigures): Meter {
  return {
    ...rest,
    unit: { kind: "percent" },
    limit: 100,
    used,
    remaining: used === "unknown" ? "unknown" : complement(used),
    confidence,
  };
}

/** 100 less a percentage, without the noise of binary fractions: 80.2 leaves 19.8. */
export function complement(percent: number): number {
  return Math.round((100 - percent) * 1_000_000) / 1_000_000;
}
