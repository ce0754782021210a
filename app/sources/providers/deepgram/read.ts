import { MICROS_PER_UNIT } from "../../../quota/amount.ts";
import type { Notice, Reading } from "../../../quota/reading.ts";
import { type BalanceRow, balanceMeters } from "../../balance-reader.ts";
import type { ReadContext } from "../../source.ts";
import type { DeepgramOptions } from "./descriptor.ts";
import { balancesAnswer, projectsAnswer } from "./schema.ts";

interface Project {
  readonly id: string;
  readonly name: string | null;
}

/** Reads the balances of one project, summed per unit. Throws ReadError. */
export async function read(context: ReadContext, options: DeepgramOptions): Promise<Reading> {
  const project = await findProject(context, options);
  if (project === null) return { account: null, meters: [], notices: [notice("notice.nothing-told")] };
  const { balances } = await context.getJson(`/v1/projects/${encodeURIComponent(project.id)}/balances`, balancesAnswer);
  const sumOf = (unit: string) => {
    const amounts = balances.filter(({ units }) => units.toLowerCase() === unit).map(({ amount }) => amount);
    return amounts.length === 0 ? null : amounts.reduce((sum, amount) => sum + amount, 0);
  };
  const [dollars, hours] = [sumOf("usd"), sumOf("hour")];
  const rows: BalanceRow[] = [
    ...(dollars === null ? [] : [dollarRow(dollars)]),
    ...(hours === null ? [] : [{ id: "hours", unit: { kind: "hours" } as const, remaining: hours }]),
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

async function findProject(context: ReadContext, { projectId }: DeepgramOptions): Promise<Project | null> {
  if (projectId !== "") return { id: projectId, name: null };
  const [first] = (await context.getJson("/v1/projects", projectsAnswer)).projects;
  return first === undefined ? null : { id: first.project_id, name: first.name };
}

function dollarRow(dollars: number): BalanceRow {
  // Dollars were read to the millionth, so their sum is one of whole micros but for the noise of adding.
  return { unit: { kind: "money", currency: "USD" }, remaining: Math.round(dollars * MICROS_PER_UNIT) };
}

function notice(key: string): Notice {
  return { key, params: {} };
}
