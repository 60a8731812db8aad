import { setImmediate as otherWork } from "node:timers/promises";
import { chooseTraits } from "../core/potential/choose-traits.ts";
import { fitPotential, type PotentialFit, potentialOf } from "../core/potential/fit-potential.ts";
import { buyersOf, type PotentialTable } from "../core/potential/potential-table.ts";
import { type SizeBands, sizeBands } from "../core/potential/size-bands.ts";
import { chanceMethod } from "../core/win/chance-method.ts";
import type { Database } from "./connect.ts";
import { kindsOf, readOwnedByKind } from "./owned-by-kind.ts";
import type { PotentialParameters } from "./potential-basis.ts";
import { type Judged, writePotential } from "./potential-rows.ts";
import {
  mostSampled,
  type OfPortfolio,
  type Places,
  readEverything,
  readPlaces,
  readSample,
  tableOf,
} from "./potential-table.ts";
import type { Snapshot } from "./reads.ts";
import { refreshAccess } from "./refresh-access.ts";
import { sql } from "./sql.ts";
import { transactionLimits } from "./transaction-limits.ts";
import { readWinFit } from "./win-fit-row.ts";
import type { Workspace } from "./workspaces.ts";

/**
 * Computes what every active account could bring in a year and how likely prospects are won, and stores it for a snapshot
 * whose standings and deals are there. Says what that follows from; undefined where nobody bought in the last twelve months.
 *
 * @param columns imported columns.
 */
export async function storePotential(
  database: Database,
  workspace: Workspace,
  snapshot: Snapshot,
  columns: readonly string[],
): Promise<PotentialParameters | undefined> {
  const of: OfPortfolio = {
    workspaceId: workspace.id,
    id: snapshot.id,
    margin: workspace.settings.value.margin,
  };
  const { places, table, bands, judged, tried, fit } = await fitAll(database, of, columns);
  if (!fit) return undefined;
  const win = await readWinFit(database, workspace.id);
  const method = chanceMethod(win?.fit);
  const access = refreshAccess(workspace);
  const owned = await database.$transaction(async (transaction) => {
    await transaction.$executeRaw(longQueries);
    return readOwnedByKind(transaction, { access, snapshot, of, kinds: (place) => kindsOf(fit, place) });
  }, transactionLimits.computing);
  const judgedAll: Judged = { ...potentialsOf(fit, table), fit, places, bands };
  await writePotential(database, { workspace, snapshot, of }, judgedAll, owned, {
    method,
    model: win?.fit.model,
  });
  const { cells, factor, spread, customers, traits } = fit;
  return {
    ...{ margin: of.margin, customers, tried, judged, factor, spread, usual: cells.mean },
    prospects: table.margin.reduce((count, own) => count + Number(Number.isNaN(own)), 0),
    traits: traits.map(({ name }) => {
      const own = bands.find(({ column }) => column === name);
      return { column: name, ...(own && { bands: { column: own.column, cuts: [...own.cuts] } }) };
    }),
    chances: { ...method, ...(win && method.kind !== "scorecard" && { fittedIn: win.fittedIn }) },
  };
}

const longQueries = sql`SELECT set_config('statement_timeout', '0', true), set_config('work_mem', '64MB', true)`;

interface Fitted {
  readonly places: Places;
  readonly table: PotentialTable;
  /** Of the sizes among the traits. */
  readonly bands: readonly SizeBands[];
  readonly tried: string[];
  readonly judged: PotentialParameters["judged"];
  readonly fit: PotentialFit | undefined;
}

/** What tells spend is learned from a part of a large portfolio; what is usual, from all of it. */
async function fitAll(database: Database, of: OfPortfolio, columns: readonly string[]): Promise<Fitted> {
  return database.$transaction(async (transaction) => {
    await transaction.$executeRaw(longQueries);
    const places = await readPlaces(transaction, of.workspaceId);
    const sample = await readSample(transaction, of, places, columns);
    const tryable = [...sample.sizes].flatMap(
      ([column, values]) => sizeBands(column, values, sample.margin) ?? [],
    );
    const tried = tableOf(sample, tryable);
    await otherWork();
    const { chosen, judged } = chooseTraits(tried.traits, buyersOf(tried.margin), tried.margin.map(Math.log));
    const names = chosen.map(({ name }) => name);
    const bands = tryable.filter(({ column }) => names.includes(column));
    const wanted = bands.map(({ column }) => column);
    // A portfolio that fits into one side of the sample was read whole.
    const isWhole = sample.margin.length < mostSampled;
    const all = isWhole ? sample : await readEverything(transaction, of, places, wanted);
    const table = tableOf(all, bands);
    await otherWork();
    const traits = names.flatMap((name) => table.traits.filter((trait) => trait.name === name));
    const fit = fitPotential(table, traits);
    return { places, table, bands, judged, tried: tried.traits.map(({ name }) => name), fit };
  }, transactionLimits.computing);
}

function potentialsOf(fit: PotentialFit, table: PotentialTable) {
  const accounts = table.margin.length;
  const [potential, low, high] = [
    new Float64Array(accounts),
    new Float64Array(accounts),
    new Float64Array(accounts),
  ];
  for (let row = 0; row < accounts; row += 1) {
    const own = potentialOf(fit, table.margin, row);
    [potential[row], low[row], high[row]] = [own.potential, own.low, own.high];
  }
  return { table, potential, low, high };
}
