import type * as z from "zod";
import { fromMicros, toMicros } from "../../../quota/amount.ts";
import { ReadError } from "../../../quota/failure.ts";
import type { Meter } from "../../../quota/meter.ts";
import type { Notice, Reading } from "../../../quota/reading.ts";
import { type BalanceRow, balanceMeters } from "../../balance-reader.ts";
import { readEachAccount } from "../../each-account.ts";
import { slug } from "../../slug.ts";
import type { ReadContext } from "../../source.ts";
import type { DeepgramOptions } from "./descriptor.ts";
import { balancesAnswer, projectsAnswer } from "./schema.ts";

interface Project {
  readonly id: string;
  readonly name: string | null;
}

type Purchases = z.infer<typeof balancesAnswer>["balances"];

/**
 * Reads the balances of each project, summed per unit: projects are accounts of their own, and an empty one stops its keys however
 * much another holds. Ids name the project, so that no figure of one ever passes for another's. Of one without any balance, the
 * dollars are not told. Throws ReadError.
 */
export async function read(context: ReadContext, options: DeepgramOptions): Promise<Reading> {
  const projects = await findProjects(context, options);
  const { told, notices } = await readEachAccount(
    projects,
    ({ id }) => id,
    async ({ id }) =>
      (await context.getJson(`/v1/projects/${encodeURIComponent(id)}/balances`, balancesAnswer)).balances,
  );
  const purchased = told.filter(({ value }) => value.length > 0);
  const shown = purchased.length > 0 ? purchased : told.slice(0, 1);
  const purchases = told.flatMap(({ value }) => value);
  const [only, ...others] = told;
  return {
    account: only !== undefined && others.length === 0 ? only.account.name : null,
    meters: shown.flatMap(({ account, value }) =>
      projectMeters(account, value, shown.length === 1 ? null : shownName(account, projects)),
    ),
    notices: [
      ...notices,
      ...(purchases.length === 0 ? [notice("notice.nothing-told")] : []),
      ...(purchases.some(({ units }) => !isUnit(units)) ? [notice("notice.unit-unknown")] : []),
    ],
    ...(only !== undefined && others.length === 0 && { subjects: { account: only.account.id } }),
  };
}

async function findProjects(context: ReadContext, { projectId }: DeepgramOptions): Promise<Project[]> {
  if (projectId !== "") return [{ id: projectId, name: null }];
  const { projects } = await context.getJson("/v1/projects", projectsAnswer);
  if (projects.length === 0) throw new ReadError("unexpected-shape", { detail: "projects: empty" });
  return projects.map(({ project_id, name }) => ({ id: project_id, name }));
}

/** The project's name, with its id where another has the same. */
function shownName({ id, name }: Project, projects: readonly Project[]): string {
  if (name === null) return id;
  return projects.some((other) => other.id !== id && other.name === name) ? `${name} (${id})` : name;
}

/** `name` tells the project in the labels; null where there is one alone. */
function projectMeters({ id }: Project, purchases: Purchases, name: string | null): Meter[] {
  const dollars = sumOf(purchases, "usd");
  const hours = sumOf(purchases, "hour");
  const project = { ...(name !== null && { name }) };
  const rows: BalanceRow[] = [];
  if (dollars !== null || hours === null) {
    const unit = { kind: "money", currency: "USD" } as const;
    rows.push({ ...project, id: `balance-${slug(id)}`, unit, remaining: dollars ?? "unknown" });
  }
  if (hours !== null) {
    rows.push({ ...project, id: `hours-${slug(id)}`, unit: { kind: "hours" }, remaining: fromMicros(hours) });
  }
  return balanceMeters(rows);
}

function isUnit(units: string | null): boolean {
  return units !== null && ["usd", "hour"].includes(units.toLowerCase());
}

/**
 * In millionths, to which the amounts were read: adding them as they are would leave noise behind. Null where none is in the unit.
 * Throws ReadError where the sum is beyond what is exact.
 */
function sumOf(purchases: Purchases, unit: string): number | null {
  const amounts = purchases.filter(({ units }) => units?.toLowerCase() === unit).map(({ amount }) => amount);
  if (amounts.length === 0) return null;
  const sum = toMicros(amounts.reduce((total, amount) => total + amount, 0));
  if (sum === null) throw new ReadError("unexpected-shape", { detail: "balances: too large to be true" });
  return sum;
}

function notice(key: string): Notice {
  return { key, params: {} };
}
