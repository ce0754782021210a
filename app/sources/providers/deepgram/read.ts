import type * as z from "zod";
import { fromMicros, toMicros } from "../../../quota/amount.ts";
import { ReadError } from "../../../quota/failure.ts";
import type { Notice, Reading } from "../../../quota/reading.ts";
import { type BalanceRow, balanceMeters } from "../../balance-reader.ts";
import type { ReadContext } from "../../source.ts";
import type { DeepgramOptions } from "./descriptor.ts";
import { balancesAnswer, projectsAnswer } from "./schema.ts";

interface Project {
  readonly id: string;
  readonly name: string | null;
}

/** Reads the balances of one project, summed per unit; of one without any, the dollars are not told. Throws ReadError. */
export async function read(context: ReadContext, options: DeepgramOptions): Promise<Reading> {
  const project = await findProject(context, options);
  const { balances } = await context.getJson(`/v1/projects/${encodeURIComponent(project.id)}/balances`, balancesAnswer);
  const dollars = sumOf(balances, "usd");
  const hours = sumOf(balances, "hour");
  const rows: BalanceRow[] = [
    ...(dollars === null && hours !== null ? [] : [dollarRow(dollars)]),
    ...(hours === null ? [] : [{ id: "hours", unit: { kind: "hours" } as const, remaining: fromMicros(hours) }]),
  ];
  const unknownUnit = balances.some(({ units }) => !["usd", "hour"].includes(units.toLowerCase()));
  return {
    account: project.name,
    meters: balanceMeters(rows),
    notices: [
      ...(balances.length === 0 ? [notice("notice.nothing-told")] : []),
      ...(unknownUnit ? [notice("notice.unit-unknown")] : []),
    ],
    subjects: { account: project.id },
  };
}

async function findProject(context: ReadContext, { projectId }: DeepgramOptions): Promise<Project> {
  if (projectId !== "") return { id: projectId, name: null };
  const [first] = (await context.getJson("/v1/projects", projectsAnswer)).projects;
  if (first === undefined) throw new ReadError("unexpected-shape", { detail: "projects: empty" });
  return { id: first.project_id, name: first.name };
}

/**
 * In millionths, to which the amounts were read: adding them as they are would leave noise behind. Null where none is in the unit.
 * Throws ReadError where the sum is beyond what is exact.
 */
function sumOf(balances: z.infer<typeof balancesAnswer>["balances"], unit: string): number | null {
  const amounts = balances.filter(({ units }) => units.toLowerCase() === unit).map(({ amount }) => amount);
  if (amounts.length === 0) return null;
  const sum = toMicros(amounts.reduce((total, amount) => total + amount, 0));
  if (sum === null) throw new ReadError("unexpected-shape", { detail: "balances: too large to be true" });
  return sum;
}

function dollarRow(micros: number | null): BalanceRow {
  return { unit: { kind: "money", currency: "USD" }, remaining: micros ?? "unknown" };
}

function notice(key: string): Notice {
  return { key, params: {} };
}
