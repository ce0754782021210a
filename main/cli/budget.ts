import * as z from "zod";
import { type Budget, type BudgetUnit, budgetSourceId } from "../../app/budgets/budget.ts";
import type { AppState, CallError, CallInput } from "../../app/contract/contract.ts";
import { toMicros } from "../../app/quota/amount.ts";
import type { SourceState } from "../../app/quota/snapshot.ts";
import { formatAmount } from "../../app/wording/formats.ts";
import { meterWords } from "../../app/wording/meter-words.ts";
import { noticeWords } from "../../app/wording/notice-words.ts";
import { callErrorWords } from "./call-error-words.ts";
import { EXIT } from "./exit-codes.ts";
import { profileOption, withEngine } from "./session.ts";
import { meterJson } from "./status-json.ts";
import { createWording, type Wording } from "./wording.ts";

const addOptionsSchema = z.object({
  label: z.string().max(200).default(""),
  period: z.enum(["day", "week", "month"]),
  limit: z.number().positive().max(1_000_000_000_000),
  currency: z.string().optional(),
  unit: z.enum(["tokens", "requests", "credits"]).optional(),
  source: z.string().min(1).max(64).optional(),
  group: z.string().min(1).max(80).optional(),
  rate: z.array(z.string()).default([]),
  warn: z.string().optional(),
  profile: profileOption,
});
type AddOptions = z.output<typeof addOptionsSchema>;

/** `plimsoll budget add`: saves a limit of the user's own and prints its id, and nothing else, on standard output. */
export async function addBudget(raw: unknown): Promise<number> {
  const parsed = addOptionsSchema.safeParse(raw);
  if (!parsed.success) return complain("--limit is a number above 0, such as 20 or 12.50", EXIT.wrongUsage);
  const wording = createWording();
  const draft = draftOf(parsed.data, wording);
  if (typeof draft === "string") return complain(draft, EXIT.wrongUsage);
  return withEngine({ profile: parsed.data.profile, demo: "off", host: "needed" }, async ({ engine }) => {
    const result = await engine.handle("budgets.save", draft);
    if (!result.ok) return refused(result.error, wording);
    process.stdout.write(`${z.object({ id: z.string() }).parse(result.value).id}\n`);
    return EXIT.fine;
  });
}

/** What to save, or what is wrong. */
function draftOf(options: AddOptions, wording: Wording): CallInput<"budgets.save"> | string {
  const { period, limit, source, group } = options;
  const unit = unitOf(options);
  if (typeof unit === "string") return unit;
  if (source !== undefined && group !== undefined) return "--source or --group, and not both";
  const rates = ratesOf(options.rate);
  if (rates === null) return "--rate takes another currency and what one of it is worth: EUR=1.08";
  const thresholds = options.warn === undefined ? null : percentagesOf(options.warn);
  if (thresholds === "wrong") return "--warn takes percentages left, such as 25,10,0: at most eight, from 0 to 99";
  return {
    id: null,
    label: options.label.trim().slice(0, 80) || nameOf(limit, unit, period, wording),
    period,
    unit,
    limit,
    scope:
      source !== undefined
        ? { type: "source", sourceId: source }
        : group !== undefined
          ? { type: "group", group }
          : { type: "all" },
    rates,
    thresholds,
    muted: false,
  };
}

function unitOf({ unit, currency }: AddOptions): BudgetUnit | string {
  if (unit !== undefined) return currency === undefined ? { kind: unit } : "--currency or --unit, and not both";
  const code = (currency ?? "").toUpperCase();
  return /^[A-Z]{3}$/.test(code)
    ? { kind: "money", currency: code }
    : "--currency CODE (such as USD) or --unit tokens, requests or credits is needed";
}

function ratesOf(given: readonly string[]): Record<string, number> | null {
  const rates: [string, number][] = [];
  for (const entry of given) {
    const [, code = "", text = ""] = /^([A-Za-z]{3})=(\d{1,9}(?:\.\d{1,9})?)$/.exec(entry) ?? [];
    if (!(Number(text) > 0)) return null;
    rates.push([code.toUpperCase(), Number(text)]);
  }
  return Object.fromEntries(rates);
}

function percentagesOf(text: string): number[] | "wrong" {
  const list = text.split(",").map((part) => part.trim());
  if (list.length > 8 || list.some((part) => !/^\d{1,2}$/.test(part))) return "wrong";
  return list.map(Number);
}

/** "$20.00 a day". */
function nameOf(limit: number, unit: BudgetUnit, period: Budget["period"], { t, f }: Wording): string {
  return `${formatAmount(unit.kind === "money" ? (toMicros(limit) ?? "unknown") : limit, unit, f, t)} a ${period}`;
}

const listOptionsSchema = z.object({ json: z.boolean().default(false), profile: profileOption });

/** `plimsoll budget list`: the budgets and how they stand, by what was read before; nothing is polled. */
export function listBudgets(raw: unknown): Promise<number> {
  const options = listOptionsSchema.parse(raw);
  return withEngine({ profile: options.profile, demo: "off", host: "preferred" }, async ({ engine }) => {
    const state = engine.state();
    const wording = createWording();
    const rows = state.budgets.map((budget) => ({
      budget,
      source: state.sources.find(({ id }) => id === budgetSourceId(budget.id)),
    }));
    if (options.json) {
      const json = rows.map(({ budget, source }) => budgetJson(budget, source, wording));
      process.stdout.write(`${JSON.stringify(json, null, 2)}\n`);
    } else if (rows.length === 0) process.stdout.write("No budgets yet.\n");
    else process.stdout.write(rows.map(({ budget, source }) => budgetText(budget, source, state, wording)).join(""));
    return EXIT.fine;
  });
}

function budgetJson(budget: Budget, source: SourceState | undefined, { t, f }: Wording): object {
  const { id, label, period, limit, scope, rates, thresholds, muted } = budget;
  const meter = source?.reading?.meters[0];
  const told = meter === undefined ? null : meterJson(meter);
  return {
    id,
    label,
    period,
    unit: budget.unit.kind,
    currency: budget.unit.kind === "money" ? budget.unit.currency : null,
    limit,
    scope,
    rates,
    thresholds,
    muted,
    used: told?.used ?? null,
    remaining: told?.remaining ?? null,
    percentRemaining: told?.percentRemaining ?? null,
    resetsAt: told?.resetsAt ?? null,
    confidence: told?.confidence ?? null,
    notices: (source?.reading?.notices ?? []).map((notice) => noticeWords(notice, f, t)),
  };
}

function budgetText(budget: Budget, source: SourceState | undefined, state: AppState, { t, f }: Wording): string {
  const meter = source?.reading?.meters[0];
  const words = meter === undefined ? null : meterWords(meter, Date.now(), f, t);
  const standing = [
    words?.amount ?? t("amount.unknown"),
    words?.reset == null ? null : `${t("reset.in", { countdown: words.reset.countdown })}, ${words.reset.clock}`,
    meter?.confidence === "estimated" ? "an estimate" : null,
  ].filter((part) => part !== null);
  const lines = [
    `${budget.id}  ${budget.label}${budget.muted ? " (muted)" : ""}`,
    `    ${standing.join(" · ")}`,
    `    a ${budget.period}, over ${scopeText(budget, state)}`,
    ...(source?.reading?.notices ?? []).map((notice) => `    ${noticeWords(notice, f, t)}`),
  ];
  return `${lines.join("\n")}\n`;
}

function scopeText({ scope }: Budget, { configs }: AppState): string {
  switch (scope.type) {
    case "source":
      return configs.find(({ id }) => id === scope.sourceId)?.label ?? "a source that is gone";
    case "group":
      return `the group ${scope.group}`;
    case "all":
      return "all sources";
  }
}

const profileOnlySchema = z.object({ profile: profileOption });

/** `plimsoll budget remove ID`: forgets a limit; what was spent stays known. */
export function removeBudget(id: string, raw: unknown): Promise<number> {
  const options = profileOnlySchema.parse(raw);
  return withEngine({ profile: options.profile, demo: "off", host: "needed" }, async ({ engine }) => {
    const label = engine.state().budgets.find((budget) => budget.id === id)?.label ?? id;
    const result = await engine.handle("budgets.remove", { id });
    if (!result.ok) return refused(result.error, createWording());
    process.stderr.write(`Removed ${label}.\n`);
    return EXIT.fine;
  });
}

function refused(error: CallError, { t }: Wording): number {
  const usage = ["invalid-input", "unknown-source", "unknown-group", "unknown-budget"];
  return complain(callErrorWords(error, t), usage.includes(error.code) ? EXIT.wrongUsage : EXIT.failed);
}

function complain(message: string, exitCode: number): number {
  process.stderr.write(`plimsoll: ${message}.\n`.replace(/\.\.\n$/, ".\n"));
  return exitCode;
}
