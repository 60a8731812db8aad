import { z } from "zod";
import type { Day } from "../core/calendar.ts";
import { nameKey } from "../core/names.ts";
import { type Joined, type NameRule, sameAccounts } from "../core/same-accounts.ts";
import { analyze } from "./analyze.ts";
import { type BulkColumn, rowsAsTable } from "./bulk.ts";
import { describeAccounts } from "./describe-accounts.ts";
import { rulesFor, runningRules } from "./running-rules.ts";
import { type Executor, optional, rowsOf, type Sql, sql } from "./sql.ts";
import { publishStandIns } from "./stand-ins.ts";
import { toldChange } from "./workspaces.ts";

/**
 * Makes accounts, reps and products from the records that count now, by the rules and corrections that hold today.
 * It starts from the records each time, so that a rule that ends or an import that is undone leaves nothing behind.
 */
export async function consolidate(on: Executor, workspaceId: string, today: Day): Promise<void> {
  await analyze(on, ["import", "source_record", "account_record", "ledger_entry", "opportunity"]);
  const rules = await runningRules(on, workspaceId);
  await publishStandIns(on, workspaceId, rules);
  const joins = joinsAsTable(await joinedRecords(on, workspaceId, rulesFor(rules, "account")));
  await foundAccounts(on, workspaceId, joins);
  await moveRecords(on, workspaceId, joins);
  await analyze(on, ["account", "membership"]);
  await describeAccounts(on, workspaceId, joins, rules, today);
  await markActive(on, workspaceId);
}

/** The records that are not alone, among those that share a name or a domain with another one or that a rule names. */
async function joinedRecords(
  on: Executor,
  workspaceId: string,
  rules: readonly NameRule[],
): Promise<ReadonlyMap<string, Joined>> {
  const ruled = rules.flatMap(({ value, standsFor }) => [nameKey(value), nameKey(standsFor)]);
  const records = await rowsOf(
    on,
    mentionRow,
    sql`WITH record AS (
          SELECT c.source_record_id, x.source_id, c.described, x.external_id LIKE 'name:%' AS by_name, c.name_key,
                 lower(c.domain) AS domain
          FROM current_account_record c
          JOIN source_record x ON x.workspace_id = c.workspace_id AND x.id = c.source_record_id
          WHERE c.workspace_id = ${workspaceId})
        SELECT r.source_record_id AS id, r.source_id AS "sourceId", r.described, r.by_name AS "byName",
               r.name_key AS "nameKey", r.domain,
               (extract(epoch FROM founded.valid_from) * 1000)::float8 AS "foundedAtMs"
        FROM record r
        LEFT JOIN membership founded ON founded.workspace_id = ${workspaceId} AND founded.version = 1
          AND founded.source_record_id = r.source_record_id AND founded.account_id = r.source_record_id
        WHERE r.name_key = ANY(${ruled})
           OR r.name_key IN (SELECT name_key FROM record WHERE name_key <> '' GROUP BY 1
                             HAVING COUNT(DISTINCT source_id) > 1 OR COUNT(*) > 1 AND bool_or(by_name))
           OR r.domain IN (SELECT domain FROM record WHERE domain <> '' GROUP BY 1 HAVING COUNT(DISTINCT source_id) > 1)`,
  );
  return sameAccounts(records, rules);
}

const mentionRow = z.object({
  id: z.string(),
  sourceId: z.string(),
  described: z.boolean(),
  byName: z.boolean(),
  nameKey: z.string(),
  domain: optional(z.string()),
  foundedAtMs: optional(z.number()),
});

/** A row a record that is not alone: its `leader`, and whether a rule moved it there. */
function joinsAsTable(joins: ReadonlyMap<string, Joined>): Sql {
  return rowsAsTable([...joins], joinColumns);
}

const joinColumns: readonly BulkColumn<readonly [string, Joined]>[] = [
  { name: "id", type: "uuid", of: ([id]) => id },
  { name: "leader", type: "uuid", of: ([, { leader }]) => leader },
  { name: "by_rule", type: "boolean", of: ([, { byRule }]) => byRule },
];

/** Gives every record that is alone, and every leader, an account of its own. */
async function foundAccounts(on: Executor, workspaceId: string, joins: Sql): Promise<void> {
  // Those that are known are told by their key alone: a join with a table that the planner takes for empty would go through
  // all accounts written so far for each new one.
  await on.$executeRaw(
    toldChange(
      workspaceId,
      sql`INSERT INTO account (workspace_id, id, name, name_key)
        SELECT c.workspace_id, c.source_record_id, c.name, c.name_key
        FROM current_account_record c LEFT JOIN ${joins} ON d.id = c.source_record_id
        WHERE c.workspace_id = ${workspaceId} AND COALESCE(d.leader, c.source_record_id) = c.source_record_id
        ON CONFLICT DO NOTHING`,
    ),
  );
}

/** Ends the memberships that no longer hold and begins those that now do. */
async function moveRecords(on: Executor, workspaceId: string, joins: Sql): Promise<void> {
  await on.$executeRaw(
    toldChange(
      workspaceId,
      sql`UPDATE membership m SET valid_to = now()
        FROM current_account_record c LEFT JOIN ${joins} ON d.id = c.source_record_id
        WHERE c.workspace_id = ${workspaceId} AND m.workspace_id = c.workspace_id
          AND m.source_record_id = c.source_record_id AND m.valid_to IS NULL
          AND m.account_id <> COALESCE(d.leader, c.source_record_id)`,
    ),
  );
  // The versions there are come as one table: asked row by row, a first import of a million records takes hours.
  await on.$executeRaw(
    toldChange(
      workspaceId,
      sql`INSERT INTO membership (workspace_id, source_record_id, version, account_id)
        SELECT c.workspace_id, c.source_record_id, 1 + COALESCE(known.version, 0), COALESCE(d.leader, c.source_record_id)
        FROM current_account_record c LEFT JOIN ${joins} ON d.id = c.source_record_id
        LEFT JOIN (SELECT source_record_id, MAX(version) AS version, bool_or(valid_to IS NULL) AS holds
                   FROM membership WHERE workspace_id = ${workspaceId} GROUP BY source_record_id) known
          ON known.source_record_id = c.source_record_id
        WHERE c.workspace_id = ${workspaceId} AND known.holds IS NOT TRUE
        ON CONFLICT DO NOTHING`,
    ),
  );
}

/** An account is active while a record that counts belongs to it. */
async function markActive(on: Executor, workspaceId: string): Promise<void> {
  await on.$executeRaw(
    toldChange(
      workspaceId,
      sql`UPDATE account a SET active = NOT a.active
        FROM (SELECT o.id FROM account o
              LEFT JOIN (SELECT DISTINCT m.account_id FROM membership m
                         JOIN current_account_record c ON c.workspace_id = m.workspace_id AND c.source_record_id = m.source_record_id
                         WHERE m.workspace_id = ${workspaceId} AND m.valid_to IS NULL) live ON live.account_id = o.id
              WHERE o.workspace_id = ${workspaceId} AND o.active <> (live.account_id IS NOT NULL)) wrong
        WHERE a.workspace_id = ${workspaceId} AND a.id = wrong.id`,
    ),
  );
}
