import { z } from "zod";
import { addDays } from "../core/calendar.ts";
import type { Criterion } from "../core/cross/criteria.ts";
import { acquisitionSpan } from "../core/outlook/acquisition.ts";
import { meansRenewalDate, renewalDays } from "../core/recurring.ts";
import type { ValueFit } from "../core/value/value-fit.ts";
import type { Access } from "./access.ts";
import type { Database } from "./connect.ts";
import { largeReadsOf } from "./large-reads.ts";
import { isLarge } from "./portfolio-size.ts";
import { preparing } from "./prepared-answers.ts";
import { proposeActions } from "./propose-actions.ts";
import { keepSeries } from "./purchase-series.ts";
import { readActions } from "./read-actions.ts";
import { readSnapshots } from "./read-snapshots.ts";
import { readValues } from "./read-values.ts";
import type { Snapshot } from "./reads.ts";
import { refreshAccess } from "./refresh-access.ts";
import { type Executor, rowsOf, sql } from "./sql.ts";
import { storedBasis } from "./stored-basis.ts";
import { storedTotals } from "./stored-totals.ts";
import { transactionLimits } from "./transaction-limits.ts";
import type { WholeReads } from "./whole-reads.ts";
import { findWorkspace } from "./workspaces.ts";

/** What people mostly hold against each other. */
const crossed: readonly (readonly Criterion[])[] = [
  ["tier", "industry"],
  ["tier", "region"],
  ["tier", "owner"],
  ["tier", "product"],
  ["tier", "cohort-year"],
];

/** The newest snapshot of each workspace, where its answers were not prepared yet. */
export async function unpreparedSnapshots(
  on: Executor,
): Promise<readonly { readonly workspaceId: string; readonly id: number }[]> {
  return rowsOf(
    on,
    z.object({ workspaceId: z.string(), id: z.number() }),
    sql`SELECT newest.workspace_id AS "workspaceId", newest.id FROM workspace w
        CROSS JOIN LATERAL (SELECT workspace_id, id, answers_prepared FROM snapshot s
                            WHERE s.workspace_id = w.id AND s.status = 'ready' ORDER BY s.id DESC LIMIT 1) newest
        WHERE NOT newest.answers_prepared ORDER BY newest.id`,
  );
}

/**
 * Has what is mostly asked about a whole portfolio answered before anybody asks, for its newest snapshot. A snapshot is
 * ready without it: an answer that is missing is computed when it is asked. Safe to repeat: only what is missing is prepared.
 */
export async function prepareAnswers(database: Database, workspaceId: string, large?: number): Promise<void> {
  const workspace = await findWorkspace(database, workspaceId);
  if (!workspace) return;
  const access = refreshAccess(workspace);
  const snapshot = await readSnapshots(database, access).snapshot();
  if (!snapshot) return;
  await answerAll(database, access, snapshot, large);
  // After them, since it reads the series that are kept by then. Nobody computes it who asks: its errors are told.
  await proposeMissing(database, workspaceId);
  await database.$executeRaw(
    sql`UPDATE snapshot SET answers_prepared = true WHERE workspace_id = ${workspaceId} AND id = ${snapshot.id}`,
  );
}

async function answerAll(
  database: Database,
  access: Access,
  snapshot: Snapshot,
  large: number | undefined,
): Promise<void> {
  const { workspaceId } = access;
  const totals = await storedTotals(database, workspaceId, snapshot);
  const { columns } = totals.facets;
  if (!isLarge(totals, large)) return;
  await attempt(database, (on) => keepSeries(on, access, snapshot));
  const basis = await storedBasis(database, workspaceId, snapshot);
  for (const question of questionsAbout(snapshot, columns, basis?.fit))
    await attempt(database, (on) =>
      question(preparing(on, access, { ...readValues(on, access), ...largeReadsOf(on, access) })),
    );
}

/** Proposes what to do next, where the refresh has left that for afterwards. */
export async function proposeMissing(database: Database, workspaceId: string): Promise<void> {
  const workspace = await findWorkspace(database, workspaceId);
  if (!workspace) return;
  const access = refreshAccess(workspace);
  const snapshot = await readSnapshots(database, access).snapshot();
  if (!snapshot || (await readActions(database, access).proposalBasis(snapshot))) return;
  const { facets } = await storedTotals(database, workspaceId, snapshot);
  await proposeActions(database, workspace, snapshot, facets.columns);
}

function questionsAbout(
  snapshot: Snapshot,
  columns: readonly string[],
  fit: ValueFit | undefined,
): readonly ((reads: WholeReads) => Promise<unknown>)[] {
  const [page, until] = [{ offset: 0, limit: 1 }, addDays(snapshot.asOf, renewalDays)];
  const newAfter = fit && acquisitionSpan(fit.firstDay, snapshot.asOf)?.after;
  return [
    (reads) => reads.rfmThresholds(snapshot),
    (reads) => reads.renewals(snapshot, {}, { columns: columns.filter(meansRenewalDate), until }, page),
    (reads) => reads.growth(snapshot, {}, 1),
    (reads) => reads.boughtAgain(snapshot, {}),
    (reads) => reads.outlookBasis(snapshot, {}, newAfter),
    (reads) => reads.crossPairs(snapshot, {}),
    ...crossed.map((criteria) => (reads: WholeReads) => reads.crossCells(snapshot, criteria, {}, page)),
  ];
}

/** In a transaction of its own, with the time and memory of work over everything. */
async function attempt(database: Database, work: (on: Executor) => Promise<unknown>): Promise<void> {
  try {
    await database.$transaction(async (transaction) => {
      await transaction.$executeRaw(
        sql`SELECT set_config('statement_timeout', '0', true), set_config('work_mem', '64MB', true)`,
      );
      await work(transaction);
    }, transactionLimits.computing);
  } catch {
    // Whoever asks that has it computed, and is told then if it still cannot be.
  }
}
