import { z } from "zod";
import type { Day } from "../core/calendar.ts";
import { analyze, few, settle } from "./analyze.ts";
import { changedAccounts } from "./changed-accounts.ts";
import { addToCohorts, takeFromCohorts } from "./cohort-figures.ts";
import type { Database } from "./connect.ts";
import { stateNow, stateThen, storeState } from "./counted-state.ts";
import type { SalesBasis } from "./sales.ts";
import { purchaseDaysOf } from "./spend.ts";
import { type Executor, rowsOf, type Sql, sql } from "./sql.ts";
import { transactionLimits } from "./transaction-limits.ts";

/** The refresh that counts. */
interface Counter {
  readonly workspaceId: string;
  /** Its snapshot. */
  readonly id: number;
}

const names = sql`account_id, on_day, value, by_invoices, by_payments, purchases, first_on`;

/**
 * Days of purchases with the account's first one as `first_on`; null where it has credits alone.
 *
 * @param days rows as `purchaseDaysOf` has them.
 */
export function withFirstDay(days: Sql): Sql {
  return sql`SELECT p.*, MIN(p.on_day) FILTER (WHERE p.purchases > 0) OVER (PARTITION BY p.account_id) AS first_on
             FROM (${days}) p`;
}

/**
 * Brings the counted days and cohorts of a workspace up to date: those of the accounts of which something may have changed since they
 * were counted, or of all. A transaction of one moment, so that the state that it notes is the one that it counts. It stands
 * whatever becomes of the refresh.
 */
export async function countDays(
  database: Database,
  counter: Counter,
  basis: SalesBasis,
  until: Day,
): Promise<void> {
  const { workspaceId } = counter;
  const written = await database.$transaction(
    async (transaction) => {
      await transaction.$executeRaw(
        sql`SELECT set_config('statement_timeout', '0', true), set_config('work_mem', '64MB', true)`,
      );
      const now = await stateNow(transaction, workspaceId, basis, until);
      const then = await stateThen(transaction, workspaceId);
      const changed = then && (await changedAccounts(transaction, workspaceId, then, now));
      await storeState(transaction, counter, now);
      return changed
        ? countSome(transaction, workspaceId, basis, until, changed)
        : countAll(transaction, workspaceId, basis, until);
    },
    { ...transactionLimits.computing, isolationLevel: "RepeatableRead" },
  );
  if (written > 0) await settle(database, "counted_day", written);
}

async function countAll(on: Executor, workspaceId: string, basis: SalesBasis, until: Day): Promise<number> {
  await on.$executeRaw(sql`DELETE FROM counted_day WHERE workspace_id = ${workspaceId}`);
  await on.$executeRaw(sql`DELETE FROM counted_cohort WHERE workspace_id = ${workspaceId}`);
  // Sorted once, all three steps take the rows in order; hashed, the first two would spill to the disk and the last one sort.
  await on.$executeRaw(sql`SELECT set_config('enable_hashagg', 'off', true)`);
  const written = await insertDays(on, workspaceId, purchaseDaysOf(workspaceId, basis, until));
  await on.$executeRaw(sql`SELECT set_config('enable_hashagg', 'on', true)`);
  if (written > few) await analyze(on, ["counted_day"]);
  await addToCohorts(on, workspaceId, daysOf(workspaceId));
  return written;
}

async function countSome(
  on: Executor,
  workspaceId: string,
  basis: SalesBasis,
  until: Day,
  changed: Sql,
): Promise<number> {
  const accounts = await on.$executeRaw(sql`CREATE TEMP TABLE changed_account ON COMMIT DROP AS ${changed}`);
  if (accounts > few) await analyze(on, ["changed_account"]);
  const isChanged = (account: Sql) => sql`${account} IN (SELECT account_id FROM changed_account)`;
  const days = daysOf(workspaceId, isChanged(sql`account_id`));
  await takeFromCohorts(on, workspaceId, days);
  await on.$executeRaw(
    sql`DELETE FROM counted_day WHERE workspace_id = ${workspaceId} AND ${isChanged(sql`account_id`)}`,
  );
  const counted = purchaseDaysOf(workspaceId, basis, until, isChanged(sql`m.account_id`));
  const written = await insertDays(on, workspaceId, counted);
  await addToCohorts(on, workspaceId, days);
  return written;
}

/** @param accounts a condition on their `account_id`. */
function daysOf(workspaceId: string, accounts: Sql = sql`TRUE`): Sql {
  return sql`(SELECT ${names} FROM counted_day WHERE workspace_id = ${workspaceId} AND ${accounts})`;
}

function insertDays(on: Executor, workspaceId: string, days: Sql): Promise<number> {
  return on.$executeRaw(
    sql`INSERT INTO counted_day (workspace_id, ${names})
        SELECT ${workspaceId}, ${names} FROM (${withFirstDay(days)}) day`,
  );
}

/**
 * The days that a refresh has counted, for a FROM: rows as `withFirstDay` has them. No other one counts until the
 * transaction ends.
 *
 * @throws where another one has counted since: this one was taken for dead.
 */
export async function countedDays(on: Executor, { workspaceId, id }: Counter): Promise<Sql> {
  const own = await rowsOf(
    on,
    z.object({ counted_in: z.number() }),
    sql`SELECT counted_in FROM counted_state WHERE workspace_id = ${workspaceId} AND counted_in = ${id} FOR SHARE`,
  );
  if (own.length === 0) throw new Error(`What snapshot ${id} counted was replaced by another refresh.`);
  return daysOf(workspaceId);
}
