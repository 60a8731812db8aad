import { z } from "zod";
import { type Day, daysUntil, monthsUntil } from "../core/calendar.ts";
import { analyze, settle } from "./analyze.ts";
import { addUpCohorts } from "./cohort-figures.ts";
import type { Database } from "./connect.ts";
import { consolidate } from "./consolidate.ts";
import { countDays, countedDays } from "./counted-days.ts";
import { correctionsOf } from "./describe-accounts.ts";
import { giveWay } from "./give-way.ts";
import { judgeDeals } from "./judge-deals.ts";
import { leftOut, readFacets } from "./left-out.ts";
import { isLarge } from "./portfolio-size.ts";
import { proposeActions } from "./propose-actions.ts";
import type { SnapshotTotals } from "./reads.ts";
import {
  changedDefinitions,
  countsOtherwise,
  previousDefinitions,
  storeRedefined,
} from "./redefined-tiers.ts";
import { factDays, newestSnapshot, reportingBasis, todayOf } from "./reporting.ts";
import { forgetOldFigures, forgetOldSnapshots } from "./retention.ts";
import { type SnapshotParameters, snapshotParameters } from "./snapshot-parameters.ts";
import { type Begun, beginSnapshot, finishSnapshot, removeSnapshot, whileAlive } from "./snapshots.ts";
import { spendWithHistory } from "./spend.ts";
import { bigintNumber, type Executor, rowOf, type Sql, sql } from "./sql.ts";
import { addUpStandings, figuresOf } from "./standing-figures.ts";
import { heldAt, markPlaces } from "./standing-places.ts";
import { storePotential } from "./store-potential.ts";
import { storeStandings } from "./store-standings.ts";
import { transactionLimits } from "./transaction-limits.ts";
import { lookBack, valuePortfolio } from "./value-portfolio.ts";
import type { Workspace } from "./workspaces.ts";

/** Raised whenever the same data would give other standings than before. */
const definitionsVersion = 3;

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
    else {
      await forgetOldFigures(database, workspace.id);
      await forgetOldSnapshots(database, workspace, options.now);
    }
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
  const working = <Result>(work: () => Promise<Result>) =>
    whileAlive(database, workspaceId, begun.id, async () => {
      const startMs = performance.now();
      const result = await work();
      await giveWay(database, workspaceId, performance.now() - startMs);
      return result;
    });
  await working(() => consolidate(database, workspaceId, today));
  const { newest, facts, inTheFuture } = await working(() => factDays(database, workspaceId, today));
  // Facts that were all taken back leave a portfolio of nothing, as of the day that it was of before.
  const until =
    options.asOf ?? newest ?? (facts > 0 ? today : (await newestSnapshot(database, workspaceId))?.asOf);
  if (until === undefined) return undefined;

  const { windowMonths, compareDays, cuts, measure, fiscalYearStart } = settings;
  const window = monthsUntil(until, windowMonths);
  const previousUntil = daysUntil(until, compareDays).after;
  const basis = await working(() => reportingBasis(database, workspaceId, settings, until));
  const definitions = { measure, cuts, windowMonths, compareDays, definitionsVersion };
  const before = await previousDefinitions(database, workspaceId);
  const changed = before ? changedDefinitions(before, { ...definitions, ...basis }) : [];
  const held = heldAt(sql`s`, begun.id);
  const overrides = tierOverrides(workspaceId, today);
  const counter = { workspaceId, id: begun.id };
  await working(() => countDays(database, counter, basis, until));
  const { stored, redefined, lookedBack } = await working(() =>
    database.$transaction(async (transaction) => {
      await transaction.$executeRaw(
        sql`SELECT set_config('statement_timeout', '0', true), set_config('work_mem', '64MB', true)`,
      );
      const days = await countedDays(transaction, counter);
      const stored = await storeStandings(
        transaction,
        counter,
        spendWithHistory(days, window, monthsUntil(previousUntil, windowMonths)),
        { cuts, window, previousUntil },
        overrides,
      );
      const counted = { ...counter, days };
      await addUpCohorts(transaction, counter);
      const redefined =
        before && changed.length > 0
          ? await storeRedefined(transaction, { ...counted, settings, until, before, changed, overrides })
          : undefined;
      const lookedBack = await lookBack(transaction, {
        ...{ ...counted, asOf: until, countsOtherwise: countsOtherwise(changed) },
      });
      return { stored, redefined, lookedBack };
    }, transactionLimits.computing),
  );
  const value = await working(() =>
    valuePortfolio(database, { ...counter, asOf: until }, settings.value, cuts, lookedBack, options.now),
  );
  const totals = await working(async (): Promise<SnapshotTotals> => {
    await settle(database, "account_standing", stored.changed);
    await markPlaces(database, workspaceId, begun.id);
    await addUpStandings(database, workspaceId, begun.id);
    await analyze(database, ["standing_mark", "standing_figure", "account_value"]);
    const figures = await figuresOf(
      database,
      sql`SELECT s.account_id, s.value_minor AS value, s.tier FROM account_standing s
          WHERE s.workspace_id = ${workspaceId} AND ${held}`,
    );
    const { invoices, payments, opportunities } = stored;
    return {
      ...figures,
      prospects: (await activeAccounts(database, workspaceId)) - figures.accounts,
      mode: basis.revenue,
      basis: { invoices, payments, opportunities },
      inTheFuture,
      ...(await leftOut(database, workspaceId, basis, until)),
      facets: await readFacets(database, sql`a.workspace_id = ${workspaceId} AND a.active`),
    };
  });
  const snapshot = {
    ...{ id: begun.id, createdAt: begun.startedAt, asOf: until, window, currency: basis.currency, basis },
    ...{ cuts, previousUntil, fiscalYearStart, isPrepared: true },
  };
  const { columns } = totals.facets;
  const dealsSince = await working(() =>
    judgeDeals(database, workspaceId, snapshot, { cuts, windowMonths }, options.now),
  );
  const potential = await working(() => storePotential(database, workspace, snapshot, columns));
  const parameters: SnapshotParameters = snapshotParameters.parse({
    ...{ ...basis, ...definitions, previousUntil, fiscalYearStart, value, potential },
    ...(redefined && { redefined }),
    ...(dealsSince !== undefined && { dealsSince }),
  });
  if (!isLarge(totals)) await working(() => proposeActions(database, workspace, snapshot, columns));
  await finishSnapshot(database, workspace, begun, { asOf: until, window, basis, parameters, totals });
  return { snapshot: begun.id, asOf: until, currency: basis.currency, totals, changed: stored.changed };
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
function tierOverrides(workspaceId: string, today: Day): Sql {
  return sql`SELECT account_id, value::tier AS tier, until FROM (${correctionsOf(workspaceId, today)}) s WHERE field = 'tier'`;
}
