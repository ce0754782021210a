import type * as z from "zod";
import { ReadError } from "../quota/failure.ts";
import type { Confidence, Meter, Scope, Unit } from "../quota/meter.ts";
import type { Notice, Reading } from "../quota/reading.ts";
import type { Answered, ReadContext, RequestOptions } from "./source.ts";

/** One prepaid balance. Money is in micros, everything else as it is counted. */
export interface BalanceRow {
  /** Where a service may tell several, each needs one of its own, whichever others come along. Left out: "balance". */
  readonly id?: string;
  /** What tells it from others of the reading, for its label. Left out: the currency, where there are several. */
  readonly name?: string;
  readonly unit: Unit;
  /** May be negative: overdrawn. */
  readonly remaining: number | "unknown";
  /** The parts of `remaining` that were given away and paid for. */
  readonly granted?: number | "unknown";
  readonly paid?: number | "unknown";
  /** Left out: the account. */
  readonly scope?: Scope;
  /** Left out: reported. */
  readonly confidence?: Confidence;
}

/** What a balance route told. */
export interface Balances {
  readonly rows: readonly BalanceRow[];
  readonly notices?: readonly Notice[];
  readonly account?: string | null;
  readonly subjects?: Reading["subjects"];
}

/** A service whose quota is one balance behind one GET. */
export interface BalanceTable<Answer, Options> {
  readonly path: string;
  readonly answer: z.ZodType<Answer>;
  /** An older route with the same answer, asked where `path` is not there (404). */
  readonly fallbackPath?: string;
  readonly headers?: (options: Options) => Readonly<Record<string, string>>;
  readonly judge?: NonNullable<RequestOptions["judge"]>;
  readonly balances: (answer: Answer, context: ReadContext, options: Options) => Balances;
}

/** Makes the reader of a service from its table. The reader throws ReadError as `ReadContext.getJson` does. */
export function readBalances<Answer, Options = object>(
  table: BalanceTable<Answer, Options>,
): (context: ReadContext, options: Options) => Promise<Reading> {
  return async (context, options) => {
    const request: RequestOptions = {
      ...(table.headers !== undefined && { headers: table.headers(options) }),
      ...(table.judge !== undefined && { judge: table.judge }),
    };
    const { value } = await askBalance(context, table, request);
    const { rows, notices = [], account = null, subjects } = table.balances(value, context, options);
    return {
      account,
      notices: [...notices],
      meters: balanceMeters(rows),
      ...(subjects !== undefined && { subjects }),
    };
  };
}

async function askBalance<Answer, Options>(
  context: ReadContext,
  { path, fallbackPath, answer }: BalanceTable<Answer, Options>,
  request: RequestOptions,
): Promise<Answered<Answer>> {
  try {
    return await context.getAnswer(path, answer, request);
  } catch (error) {
    if (fallbackPath === undefined || !(error instanceof ReadError) || error.failure.cause !== "not-found") throw error;
    return context.getAnswer(fallbackPath, answer, request);
  }
}

/**
 * Meters for balances. A balance has no limit: a share of all that was ever paid in would say nothing.
 * A row that holds nothing is left out while another one holds something: the account can pay, and an empty purse in a
 * currency that nobody uses is not a quota that ran out.
 * Throws ReadError "unexpected-shape" where two rows have one id.
 */
export function balanceMeters(rows: readonly BalanceRow[]): Meter[] {
  const ids = rows.map(({ id = "balance" }) => id);
  if (new Set(ids).size !== ids.length) {
    throw new ReadError("unexpected-shape", { detail: "two balances in the same unit" });
  }
  const someLeft = rows.some(({ remaining }) => remaining !== "unknown" && remaining > 0);
  const shown = rows.filter(({ remaining }) => remaining !== 0 || !someLeft);
  return shown.flatMap((row) => metersOfRow(shown.length > 1 ? { ...nameOfUnit(row), ...row } : row));
}

function nameOfUnit({ unit }: BalanceRow): Pick<BalanceRow, "name"> {
  return unit.kind === "money" ? { name: unit.currency } : {};
}

/**
 * The whole first, then its parts where some of it was granted. A part that holds nothing is left out: the whole says whether
 * anything is left, and a part that ran out before it is no alarm.
 */
function metersOfRow(row: BalanceRow): Meter[] {
  const { id = "balance", granted = "unknown", paid = "unknown" } = row;
  const whole = balanceMeter(row, id, row.unit.kind === "hours" ? "meter.hours" : "meter.balance", row.remaining);
  if (granted === "unknown" || granted <= 0) return [whole];
  return [
    whole,
    { ...balanceMeter(row, `granted-${id}`, "meter.granted-balance", granted), partOf: id },
    ...(paid === "unknown" || paid <= 0
      ? []
      : [{ ...balanceMeter(row, `paid-${id}`, "meter.paid-balance", paid), partOf: id }]),
  ];
}

function balanceMeter(row: BalanceRow, id: string, label: string, remaining: number | "unknown"): Meter {
  return {
    id,
    label: row.name === undefined ? { key: label } : { key: `${label}-of`, params: { name: row.name } },
    unit: row.unit,
    limit: "unknown",
    used: "unknown",
    remaining,
    window: { kind: "balance" },
    scope: row.scope ?? "account",
    confidence: row.confidence ?? "reported",
  };
}
