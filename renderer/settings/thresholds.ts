export const MOST_THRESHOLDS = 8;

export type ThresholdProblem = "not-whole" | "out-of-range" | "already-there";

/** What a typed threshold comes to: the new list, highest first, or why not. `text` is a percentage without its sign. */
export function addThreshold(
  list: readonly number[],
  text: string,
): { readonly ok: true; readonly list: number[] } | { readonly ok: false; readonly problem: ThresholdProblem } {
  const typed = text.trim().replace(/\s*%$/, "");
  if (!/^-?\d+$/.test(typed)) return { ok: false, problem: "not-whole" };
  const value = Number(typed);
  if (value < 0 || value > 99) return { ok: false, problem: "out-of-range" };
  if (list.includes(value)) return { ok: false, problem: "already-there" };
  return { ok: true, list: [...list, value].sort((a, b) => b - a) };
}
