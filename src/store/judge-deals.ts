import { z } from "zod";
import { type Day, daysBetween } from "../core/calendar.ts";
import { refitWin, type SeenDeals, type WinFitCause } from "../core/win/refit-win.ts";
import type { WinModel } from "../core/win/win-model.ts";
import type { Database } from "./connect.ts";
import type { JudgedDeals } from "./deal-tasks.ts";
import { dealsWithColumns, readDeals, type StoredDeals } from "./read-deals.ts";
import type { Snapshot } from "./reads.ts";
import { runDealTask } from "./run-deal-task.ts";
import { bigintNumber, type Executor, rowOf, rowsOf, type Sql, sql } from "./sql.ts";
import { storeDeals, type TierRules } from "./store-deals.ts";
import { transactionLimits } from "./transaction-limits.ts";
import { readWinFit, storeWinFit } from "./win-fit-row.ts";
import { writeExpectations, writeForetold } from "./write-judged-deals.ts";

/** Raised whenever the same deals would give another fit. */
const definitions = 1;

/**
 * Stores the deals of a snapshot whose standings are there, foretells the open ones, and says of each that ended what was to be
 * expected of it. Learns anew where that is due; else only those are foretold that are new or changed.
 *
 * @returns where not all that ended are kept, the day from which on they are.
 */
export async function judgeDeals(
  database: Database,
  workspaceId: string,
  snapshot: Snapshot,
  rules: TierRules,
  now: Date,
): Promise<Day | undefined> {
  const last = await judgedBefore(database, workspaceId);
  const since = await storeDeals(database, workspaceId, snapshot, rules, last?.snapshotId);
  const seen = { definitions, asOf: snapshot.asOf, seen: await seenDeals(database, workspaceId, snapshot) };
  const cause = refitWin(last?.fit, seen);
  if (last && cause === undefined) await foretellNew(database, workspaceId, snapshot, last.fit.model);
  else await judgeAnew(database, workspaceId, snapshot, { ...seen, cause: cause ?? "first", now });
  return since;
}

/** The last fit, and the snapshot before, whose deals were judged by it; of one whose snapshot never became ready nothing is kept. */
async function judgedBefore(on: Executor, workspaceId: string) {
  const stored = await readWinFit(on, workspaceId);
  const [before] = await rowsOf(
    on,
    z.object({ id: z.number() }),
    sql`SELECT id FROM snapshot WHERE workspace_id = ${workspaceId} AND status = 'ready' ORDER BY id DESC LIMIT 1`,
  );
  return stored && before && stored.fittedIn <= before.id
    ? { fit: stored.fit, snapshotId: before.id }
    : undefined;
}

/** How many deals have ended, and a sum that changes with anything that is known of them. */
async function seenDeals(on: Executor, workspaceId: string, { id }: Snapshot): Promise<SeenDeals["seen"]> {
  return rowOf(
    on,
    z.object({ deals: bigintNumber, hash: z.string() }),
    sql`SELECT COUNT(*) AS deals, COALESCE(SUM(known), 0)::text AS hash FROM deal
        WHERE workspace_id = ${workspaceId} AND snapshot_id = ${id} AND status <> 'open'`,
  );
}

async function foretellNew(
  database: Database,
  workspaceId: string,
  snapshot: Snapshot,
  model: WinModel,
): Promise<void> {
  const isNew = sql`d.status = 'open' AND d.probability IS NULL`;
  const deals = await readSome(database, workspaceId, snapshot, isNew);
  const { foretold } = await runDealTask({ kind: "foretell", deals, model });
  await writeForetold(database, { workspaceId, snapshotId: snapshot.id }, deals, foretold);
}

function readSome(database: Database, workspaceId: string, snapshot: Snapshot, which: Sql) {
  return database.$transaction(
    (transaction) => readDeals(transaction, snapshot, dealsWithColumns(workspaceId, snapshot, which)),
    transactionLimits.computing,
  );
}

interface Anew extends SeenDeals {
  readonly cause: WinFitCause;
  readonly now: Date;
}

async function judgeAnew(
  database: Database,
  workspaceId: string,
  snapshot: Snapshot,
  { cause, now, ...seen }: Anew,
): Promise<void> {
  const deals = await readSome(database, workspaceId, snapshot, sql`TRUE`);
  const asOf = daysBetween("1970-01-01", snapshot.asOf);
  const { judged, foretold } = await runDealTask({ kind: "judge", deals, asOf });
  const place = { workspaceId, snapshotId: snapshot.id };
  if (judged) {
    const fit = { ...seen, ...reportOf(judged, deals) };
    await storeWinFit(database, workspaceId, { fittedIn: snapshot.id, fittedAt: now, cause, fit });
    await writeExpectations(database, place, deals, judged);
  }
  await writeForetold(database, place, deals, foretold);
}

function reportOf({ fit, columns, excluded, maturity, expected }: JudgedDeals, { repIds }: StoredDeals) {
  const leaks = new Set(fit.excluded.map(({ feature }) => feature));
  return {
    model: { ...fit.model, parameters: fit.model.parameters },
    evaluation: fit.evaluation,
    columns: columns.filter((name) => !leaks.has(name)),
    excluded: [
      ...excluded.map(({ column, why }) => ({ column, why })),
      ...fit.excluded.map(({ feature, why }) => ({ column: feature, why })),
    ],
    maturity: maturity && { ageDays: maturity.ageDays, closing: maturity.closing },
    mix: {
      columns: [...expected.mix],
      doubts: Object.fromEntries(
        expected.doubts.map((doubt, place) => [
          repIds[place] ?? "",
          { own: doubt.own, others: doubt.others },
        ]),
      ),
    },
  };
}
