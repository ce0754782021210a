import type { Label, Meter } from "../../quota/meter.ts";
import { count } from "../numbers.ts";
import { slug } from "../slug.ts";
import { figure, type LimitHeaders } from "./header-values.ts";
import { limitMeter, NAMED_WINDOWS } from "./limit-meter.ts";
import { resetOf } from "./reset-time.ts";

/** The window of what a service counts, where its documentation tells it and its headers do not. */
export type DocumentedWindows = Readonly<Partial<Record<"requests" | "tokens", "minute" | "day">>>;

interface Counted {
  readonly unit: "requests" | "tokens";
  readonly window: string | null;
  /** What else the name says: "project", "input". */
  readonly what: string;
}

const LIMIT_HEADER = /^x-ratelimit-(?:limit|remaining|reset)-([a-z][a-z0-9_-]{0,60})$/;

/**
 * `x-ratelimit-{limit,remaining,reset}-<what>` as OpenAI began it: `requests`, `tokens`, `project-tokens` (platform.openai.com,
 * rate limits), with the window in the name (`requests-day`, `tokens-minute`: Cerebras), with further words before or behind
 * (`tokens-prompt`: Fireworks). The reset is a Go duration, seconds or an epoch: when the limit is full again. Headers that count
 * something else are left alone.
 */
export function openAiStyle(headers: LimitHeaders, now: number, windows: DocumentedWindows = {}): readonly Meter[] {
  const names = new Set([...headers.keys()].flatMap((name) => LIMIT_HEADER.exec(name)?.[1] ?? []));
  return [...names].flatMap((name) => {
    const counted = whatCounts(name, windows);
    if (counted === null) return [];
    return limitMeter({
      id: idOf(name, counted),
      label: labelOf(counted),
      unit: { kind: counted.unit },
      limit: figure(headers.get(`x-ratelimit-limit-${name}`), count),
      remaining: figure(headers.get(`x-ratelimit-remaining-${name}`), count),
      lengthMs: counted.window === null ? null : (NAMED_WINDOWS.get(counted.window) ?? null),
      resetsAt: resetOf(headers.get(`x-ratelimit-reset-${name}`), now),
      refills: true,
      scope: "model",
    });
  });
}

function whatCounts(name: string, windows: DocumentedWindows): Counted | null {
  const words = name.split("-");
  const last = words.at(-1) ?? "";
  const window = NAMED_WINDOWS.has(last) ? last : null;
  const said = window === null ? words : words.slice(0, -1);
  const units = said.filter((word) => word === "requests" || word === "tokens");
  const [unit] = units;
  if (unit === undefined || units.length > 1) return null;
  const what = said.filter((word) => word !== unit).join(" ");
  return { unit, window: window ?? (what === "" ? (windows[unit] ?? null) : null), what };
}

function idOf(name: string, { unit, window, what }: Counted): string {
  return what === "" && window !== null ? `${unit}-${window}` : slug(name);
}

function labelOf({ unit, window, what }: Counted): Label {
  const own =
    what === "" ? unit : unit === "tokens" && (what === "input" || what === "output") ? `${what}-tokens` : null;
  if (own !== null) return window === null ? { key: `meter.${own}` } : { key: `meter.${own}-per`, params: { window } };
  const name = window === null ? `${what} ${unit}` : `${what} ${unit} per ${window}`;
  return { key: "meter.rate-limit-of", params: { name } };
}
