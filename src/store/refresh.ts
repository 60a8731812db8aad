import { z } from "zod";
import { type Day, daysUntil, monthsUntil } from "../core/calendar.ts";
import { computePortfolio, type TierOverride } from "../core/standings.ts";
import type { Database } from "./connect.ts";
import { consolidate } from "./consolidate.ts";
import { correctionsOf } from "./describe-accounts.ts";
import { leftOut, readFacets } from "./left-out.ts";
import type { SnapshotTotals } from "./reads.ts";
import { factDays, newestSnapshot, reportingBasis, todayOf } from "./reporting.ts";
import { forgetOldSnapshots } from "./retention.ts";
import { type SnapshotParameters, snapshotParameters } from "./snapshot-parameters.ts";
import {
  alive,
  type Begun,
  beginSnapshot,
  finishSnapshot,
  removeSnapshot,
  storeStandings,
} from "./snapshots.ts";
import { spendOf, spendRow, toSpend } from "./spend.ts";
import { bigintNumber, type Executor, optional, rowOf, rowsOf, sql } from "./sql.ts";
import type { Workspace } from "./workspaces.ts";

/** Raised whenever the same data would give other standings than before. */
const definitionsVersion = 2;

export interface RefreshOptions {
  /** The last day that counts; without it, the newest fact's. */
  readonly asOf?: Day;
  /** The real time: facts dated after tomorrow do not count yet, and corrections may have ended. */
  readonly now: Date;
}

export interface Refreshed {
  readonly snapshot: number;
  readonly asOf: Day;
  readonly currency: string;
  readonly totals: SnapshotTotals;
  /** Standings that differ from the snapshot before. */
  readonly changed: number;
}

/**
 * Computes the portfolio anew and stores what changed as a snapshot. Undefined when nothing ever happened.
 * Safe to repeat: the same data gives the same standings, and what a broken refresh left behind is removed.
 * One at a time in a workspace; others wait for their turn.
 */
export async function refresh(
  database: Database,
  workspace: Workspace,
  options: RefreshOptions,
): Promise<Refreshed | undefined> {
  const begun = await beginSnapshot(database, workspace.id);
  try {
    const refreshed = await fillSnapshot(database, workspace, begun, options);
    if (!refreshed) await removeSnapshot(database, workspace.id, begun.id);
    else await forgetOldSnapshots(database, workspace, options.now);
    return refreshed;
  } catch (error) {
    await removeSnapshot(database, workspace.id, begun.id);
    throw error;
  }
}

async function fillSnapshot(
  database: Database,
  workspace: Workspace,
  begun: Begun,
  options: RefreshOptions,
): Promise<Refreshed | undefined> {
  const { id: workspaceId, settings } = workspace;
  const today = todayOf(settings, options.now);
  const stillAlive = () => alive(database, workspaceId, begun.id);
  await consolidate(database, workspaceId, today);
  await stillAlive();
  const { newest, facts, inTheFuture } = await factDays(database, workspaceId, today);
  // Facts that were all taken back leave a portfolio of nothing, as of the day that it was of before.
  const until =
    options.asOf ?? newest ?? (facts > 0 ? today : (await newestSnapshot(database, workspaceId))?.asOf);
  if (until === undefined) return undefined;

  const { windowMonths, compareDays, cuts, measure, fiscalYearStart } = settings;
  const window = monthsUntil(until, windowMonths);
  const previousUntil = daysUntil(until, compareDays).after;
  const basis = await reportingBasis(database, workspaceId, settings, until);
  const parameters: SnapshotParameters = snapshotParameters.parse({
    ...basis,
    ...{ measure, cuts, windowMonths, compareDays, previousUntil, fiscalYearStart, definitionsVersion },
  });
  const spends = await rowsOf(
    database,
    basedSpendRow,
    sql`SELECT account_id, value, previous_value, wins, first_won_on::text, last_won_on::text, by_invoices, by_payments
        FROM (${spendOf(workspaceId, basis, until, window, monthsUntil(previousUntil, windowMonths))}) spend`,
  );
  await stillAlive();
  const { standings, totals } = computePortfolio(
    spends.map(toSpend),
    { cuts, window, previousUntil },
    await tierOverrides(database, workspaceId, today),
  );
  const all: SnapshotTotals = {
    ...totals,
    prospects: (await activeAccounts(database, workspaceId)) - standings.length,
    mode: basis.revenue,
    basis: valueByBasis(spends),
    inTheFuture,
    ...(await leftOut(database, workspaceId, basis, until)),
    facets: await readFacets(database, sql`a.workspace_id = ${workspaceId} AND a.active`),
  };
  const changed = await storeStandings(database, workspaceId, begun.id, standings);
  await finishSnapshot(database, workspace, begun, { asOf: until, window, basis, parameters, totals: all });
  return { snapshot: begun.id, asOf: until, currency: basis.currency, totals: all, changed };
}

const basedSpendRow = spendRow.extend({ by_invoices: bigintNumber, by_payments: bigintNumber });

function valueByBasis(spends: readonly z.output<typeof basedSpendRow>[]): SnapshotTotals["basis"] {
  const sum = (amountOf: (spend: z.output<typeof basedSpendRow>) => number) =>
    spends.reduce((total, spend) => total + amountOf(spend), 0);
  return {
    invoices: sum(({ by_invoices }) => by_invoices),
    payments: sum(({ by_payments }) => by_payments),
    opportunities: sum(({ value, by_invoices, by_payments }) => value - by_invoices - by_payments),
  };
}

async function activeAccounts(on: Executor, workspaceId: string): Promise<number> {
  const { accounts } = await rowOf(
    on,
    z.object({ accounts: bigintNumber }),
    sql`SELECT COUNT(*) AS accounts FROM account WHERE workspace_id = ${workspaceId} AND active`,
  );
  return accounts;
}

/** The tiers that people set and that hold today, by account. */
async function tierOverrides(
  on: Executor,
  workspaceId: string,
  today: Day,
): Promise<ReadonlyMap<string, TierOverride>> {
  const rows = await rowsOf(
    on,
    z.object({ account_id: z.string(), value: z.enum(["A", "B", "C", "D"]), until: optional(z.string()) }),
    sql`SELECT account_id, value, until::text FROM (${correctionsOf(workspaceId, today)}) s WHERE field = 'tier'`,
  );
  return new Map(rows.map(({ account_id, value, until }) => [account_id, { tier: value, until }]));
}
