import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { type Day, daysUntil, monthsUntil } from "../core/calendar.ts";
import { computePortfolio, type Standing } from "../core/standings.ts";
import { defaultCuts } from "../core/tiers.ts";
import { type BulkColumn, names, rowsAsTable } from "./bulk.ts";
import type { Database } from "./connect.ts";
import type { SnapshotTotals } from "./reads.ts";
import { spendOf, spendRow, toSpend } from "./spend.ts";
import { bigintNumber, type Executor, optional, rowOf, rowsOf, type Sql, sql } from "./sql.ts";
import type { Workspace } from "./workspaces.ts";

/** Raised whenever the same data would give other standings than before. */
const definitionsVersion = 1;
const windowMonths = 24;
/** Moves are against the same window so many days earlier. */
const compareDays = 90;
const BATCH = 10_000;
const FACETS = 500;
/** A refresh that says nothing for so long is taken for dead. */
const SILENT_AFTER_SECONDS = 60;
/** Between two looks at whether another refresh is done. */
const LOOK_AGAIN_MS = 100;
const TRANSACTION_LIMITS = { maxWait: 30_000, timeout: 30_000 };

export interface Refreshed {
  readonly snapshot: number;
  readonly asOf: Day;
  readonly totals: SnapshotTotals;
  /** Standings that differ from the snapshot before. */
  readonly changed: number;
}

/**
 * Computes the portfolio anew and stores what changed as a snapshot. Undefined when nothing ever happened.
 * Safe to repeat: the same data gives the same standings, and what a broken refresh left behind is removed.
 * One at a time in a workspace; others wait for their turn.
 *
 * @param asOf the last day that counts; without it, the newest fact's.
 */
export async function refresh(
  database: Database,
  workspace: Workspace,
  asOf?: Day,
): Promise<Refreshed | undefined> {
  const snapshotId = await beginSnapshot(database, workspace);
  try {
    const refreshed = await fillSnapshot(database, workspace, snapshotId, asOf);
    if (!refreshed) await removeSnapshot(database, workspace.id, snapshotId);
    return refreshed;
  } catch (error) {
    await removeSnapshot(database, workspace.id, snapshotId);
    throw error;
  }
}

async function fillSnapshot(
  database: Database,
  { id: workspaceId, currency }: Workspace,
  snapshotId: number,
  asOf: Day | undefined,
): Promise<Refreshed | undefined> {
  await publishAccounts(database, workspaceId);
  const until = asOf ?? (await newestFact(database, workspaceId));
  if (until === undefined) return undefined;

  const window = monthsUntil(until, windowMonths);
  const previousUntil = daysUntil(until, compareDays).after;
  const spend = spendOf(workspaceId, currency, until, window, monthsUntil(previousUntil, windowMonths));
  const spends = await rowsOf(
    database,
    spendRow,
    sql`SELECT account_id, value, previous_value, wins, first_won_on::text, last_won_on::text FROM (${spend}) spend`,
  );
  const parameters = { measure: "spend", cuts: defaultCuts, windowMonths, previousUntil, definitionsVersion };
  const { standings, totals } = computePortfolio(spends.map(toSpend), {
    cuts: defaultCuts,
    window,
    previousUntil,
  });
  const all: SnapshotTotals = {
    ...totals,
    ...(await leftOut(database, workspaceId, currency, standings.length)),
  };

  const changed = await storeChanges(database, workspaceId, snapshotId, standings, spend);
  await database.snapshot.update({
    where: { workspaceId_id: { workspaceId, id: snapshotId }, status: "staging" },
    data: {
      status: "ready",
      createdAt: new Date(),
      asOf: new Date(until),
      windowAfter: new Date(window.after),
      parameters: { ...parameters, cuts: { ...defaultCuts } },
      totals: JSON.parse(JSON.stringify(all)),
    },
  });
  return { snapshot: snapshotId, asOf: until, totals: all, changed };
}

/** An empty snapshot, once no other refresh of the workspace is alive. Dead ones are removed. */
async function beginSnapshot(database: Database, { id: workspaceId, currency }: Workspace): Promise<number> {
  for (;;) {
    const begun = await database.$transaction(async (transaction) => {
      await transaction.$executeRaw(
        sql`SELECT pg_advisory_xact_lock(hashtextextended(${`refresh ${workspaceId}`}, 0))`,
      );
      const others = await rowsOf(
        transaction,
        z.object({ id: z.number(), dead: z.boolean() }),
        sql`SELECT id, created_at < now() - make_interval(secs => ${SILENT_AFTER_SECONDS}) AS dead FROM snapshot
            WHERE workspace_id = ${workspaceId} AND status = 'staging'`,
      );
      if (others.some(({ dead }) => !dead)) return undefined;
      for (const { id } of others) await removeSnapshot(transaction, workspaceId, id);
      return rowOf(
        transaction,
        z.object({ id: z.number() }),
        sql`INSERT INTO snapshot (workspace_id, as_of, window_after, currency, parameters, totals)
            VALUES (${workspaceId}, 'epoch', 'epoch', ${currency}, '{}', '{}') RETURNING id`,
      );
    }, TRANSACTION_LIMITS);
    if (begun) return begun.id;
    await sleep(LOOK_AGAIN_MS);
  }
}

/** Says that the refresh is alive; throws when it was taken for dead and another one has begun. */
async function alive(database: Database, workspaceId: string, snapshotId: number): Promise<void> {
  const found = await database.$executeRaw(
    sql`UPDATE snapshot SET created_at = now()
        WHERE workspace_id = ${workspaceId} AND id = ${snapshotId} AND status = 'staging'`,
  );
  if (found === 0) throw new Error(`Snapshot ${snapshotId} took too long and was removed.`);
}

/** Removes a snapshot that never became ready, and what it began; the standings that it ended go on. */
async function removeSnapshot(on: Executor, workspaceId: string, id: number): Promise<void> {
  await on.$executeRaw(
    sql`UPDATE account_standing SET valid_to = NULL WHERE workspace_id = ${workspaceId} AND valid_to = ${id}`,
  );
  await on.$executeRaw(
    sql`DELETE FROM snapshot WHERE workspace_id = ${workspaceId} AND id = ${id} AND status = 'staging'`,
  );
}

/** Gives every visible account record an account, and every account the attributes of its records. */
async function publishAccounts(database: Database, workspaceId: string): Promise<void> {
  await database.$executeRaw(
    sql`INSERT INTO account
          (workspace_id, id, name, name_key, domain, industry, region, owner_record_id, created_on, custom)
        SELECT c.workspace_id, c.source_record_id, c.name, c.name_key, c.domain, c.industry, c.region,
               c.owner_record_id, c.created_on, c.custom
        FROM current_account_record c
        WHERE c.workspace_id = ${workspaceId} AND NOT EXISTS (SELECT FROM membership m
          WHERE m.workspace_id = c.workspace_id AND m.source_record_id = c.source_record_id)
        ON CONFLICT DO NOTHING`,
  );
  await database.$executeRaw(
    sql`INSERT INTO membership (workspace_id, source_record_id, version, account_id)
        SELECT c.workspace_id, c.source_record_id, 1, c.source_record_id FROM current_account_record c
        WHERE c.workspace_id = ${workspaceId} AND NOT EXISTS (SELECT FROM membership m
          WHERE m.workspace_id = c.workspace_id AND m.source_record_id = c.source_record_id)
        ON CONFLICT DO NOTHING`,
  );
  // Of several records the described one with the newest import speaks for the account.
  await database.$executeRaw(
    sql`UPDATE account a SET name = best.name, name_key = best.name_key, domain = best.domain,
          industry = best.industry, region = best.region, owner_record_id = best.owner_record_id,
          created_on = best.created_on, custom = best.custom
        FROM (SELECT DISTINCT ON (m.account_id) m.account_id, c.* FROM current_account_record c
              JOIN membership m ON m.workspace_id = c.workspace_id AND m.source_record_id = c.source_record_id
                AND m.valid_to IS NULL
              WHERE c.workspace_id = ${workspaceId}
              ORDER BY m.account_id, c.described DESC, c.import_id DESC, c.source_record_id) best
        WHERE a.workspace_id = ${workspaceId} AND a.id = best.account_id
          AND (a.name, a.domain, a.industry, a.region, a.owner_record_id, a.created_on, a.custom)
            IS DISTINCT FROM (best.name, best.domain, best.industry, best.region, best.owner_record_id, best.created_on, best.custom)`,
  );
}

/** The newest day on which something happened: a deal was closed or, while it is open, created. */
async function newestFact(database: Database, workspaceId: string): Promise<Day | undefined> {
  const { day } = await rowOf(
    database,
    z.object({ day: optional(z.string()) }),
    sql`SELECT MAX(CASE WHEN status = 'open' THEN created_on ELSE close_on END)::text AS day
        FROM current_opportunity WHERE workspace_id = ${workspaceId}`,
  );
  return day;
}

async function leftOut(
  database: Database,
  workspaceId: string,
  currency: string,
  buyers: number,
): Promise<Omit<SnapshotTotals, keyof ReturnType<typeof computePortfolio>["totals"]>> {
  const counts = await rowOf(
    database,
    z.object({
      opportunities: bigintNumber,
      without_account: bigintNumber,
      won_without_account: bigintNumber,
      won_value_without_account: bigintNumber,
      without_amount: bigintNumber,
      accounts: bigintNumber,
    }),
    sql`SELECT COUNT(*) AS opportunities,
               COUNT(*) FILTER (WHERE account_record_id IS NULL) AS without_account,
               COUNT(*) FILTER (WHERE account_record_id IS NULL AND status = 'won') AS won_without_account,
               COALESCE(SUM(amount_minor) FILTER (WHERE account_record_id IS NULL AND status = 'won'
                 AND currency = ${currency}), 0)::bigint AS won_value_without_account,
               COUNT(*) FILTER (WHERE status = 'won' AND amount_minor IS NULL) AS without_amount,
               (SELECT COUNT(*) FROM account a WHERE a.workspace_id = ${workspaceId}) AS accounts
        FROM current_opportunity WHERE workspace_id = ${workspaceId}`,
  );
  const otherCurrencies = await rowsOf(
    database,
    z.object({ currency: z.string(), opportunities: bigintNumber, amount: bigintNumber }),
    sql`SELECT currency, COUNT(*) AS opportunities, COALESCE(SUM(amount_minor), 0)::bigint AS amount
        FROM current_opportunity
        WHERE workspace_id = ${workspaceId} AND status = 'won' AND currency <> ${currency} AND amount_minor IS NOT NULL
        GROUP BY currency ORDER BY currency`,
  );
  const facet = async (values: ReturnType<typeof sql>) =>
    (await rowsOf(database, z.object({ value: z.string() }), values)).map(({ value }) => value);
  return {
    prospects: counts.accounts - buyers,
    opportunities: counts.opportunities,
    withoutAccount: {
      opportunities: counts.without_account,
      won: counts.won_without_account,
      wonValue: counts.won_value_without_account,
    },
    withoutAmount: counts.without_amount,
    otherCurrencies,
    facets: {
      industries: await facet(
        sql`SELECT industry AS value FROM account WHERE workspace_id = ${workspaceId} AND industry IS NOT NULL
            GROUP BY 1 ORDER BY COUNT(*) DESC, 1 LIMIT ${FACETS}`,
      ),
      regions: await facet(
        sql`SELECT region AS value FROM account WHERE workspace_id = ${workspaceId} AND region IS NOT NULL
            GROUP BY 1 ORDER BY COUNT(*) DESC, 1 LIMIT ${FACETS}`,
      ),
      columns: await facet(
        sql`SELECT DISTINCT key AS value FROM account, jsonb_object_keys(custom) AS key
            WHERE workspace_id = ${workspaceId} ORDER BY 1 LIMIT ${FACETS}`,
      ),
    },
  };
}

/** Ends the standings that no longer hold and begins those that now do; equal ones stay as they are. */
async function storeChanges(
  database: Database,
  workspaceId: string,
  snapshotId: number,
  standings: readonly Standing[],
  spend: Sql,
): Promise<number> {
  let changed = 0;
  for (let start = 0; start < standings.length; start += BATCH) {
    const batch = standings.slice(start, start + BATCH);
    await alive(database, workspaceId, snapshotId);
    await database.$executeRaw(
      sql`UPDATE account_standing s SET valid_to = ${snapshotId} FROM ${rowsAsTable(batch, standingColumns)}
          WHERE s.workspace_id = ${workspaceId} AND s.account_id = d.account_id AND s.valid_to IS NULL
            AND (${names(standingColumns, "s.")}) IS DISTINCT FROM (${names(standingColumns, "d.")})`,
    );
    changed += await database.$executeRaw(
      sql`INSERT INTO account_standing (workspace_id, valid_from, ${names(standingColumns)})
          SELECT ${workspaceId}, ${snapshotId}, ${names(standingColumns, "d.")}
          FROM ${rowsAsTable(batch, standingColumns)}
          WHERE NOT EXISTS (SELECT FROM account_standing s
            WHERE s.workspace_id = ${workspaceId} AND s.account_id = d.account_id AND s.valid_to IS NULL)`,
    );
  }
  // An account whose purchases are gone, because a corrected export lost them, has no standing any more.
  const gone = await database.$executeRaw(
    sql`UPDATE account_standing s SET valid_to = ${snapshotId}
        WHERE s.workspace_id = ${workspaceId} AND s.valid_to IS NULL
          AND s.account_id NOT IN (SELECT account_id FROM (${spend}) spend)`,
  );
  return changed + gone;
}

const standingColumns: readonly BulkColumn<Standing>[] = [
  { name: "account_id", type: "uuid", of: ({ accountId }) => accountId },
  { name: "tier", type: "tier", of: ({ tier }) => tier },
  { name: "value_minor", type: "bigint", of: ({ value }) => value },
  { name: "previous_tier", type: "tier", of: ({ previousTier }) => previousTier },
  { name: "previous_value_minor", type: "bigint", of: ({ previousValue }) => previousValue },
  { name: "wins", type: "int", of: ({ wins }) => wins },
  { name: "first_won_on", type: "date", of: ({ firstWonOn }) => firstWonOn },
  { name: "last_won_on", type: "date", of: ({ lastWonOn }) => lastWonOn },
  { name: "reasons", type: "jsonb", of: ({ reasons }) => JSON.stringify(reasons) },
];
