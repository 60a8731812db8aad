import type { Day } from "../core/calendar.ts";
import type { NameRule } from "../core/same-accounts.ts";
import { type BulkColumn, rowsAsTable } from "./bulk.ts";
import { finalValues, type RunningRules, rulesFor } from "./running-rules.ts";
import { type Executor, type Sql, sql } from "./sql.ts";
import { toldChange } from "./workspaces.ts";

/**
 * Gives every account the attributes of its records. Of several records the first that has an attribute gives it:
 * those that a rule moved there come last, descriptions before mentions, newer imports before older ones. Rules replace
 * an industry or region; what a person set by hand comes before all. The owner is the record that the rep's stands for.
 *
 * @param joins a row `d(id, leader, by_rule)` for every record that shares its account.
 */
export async function describeAccounts(
  on: Executor,
  workspaceId: string,
  joins: Sql,
  rules: RunningRules,
  today: Day,
): Promise<void> {
  await on.$executeRaw(
    toldChange(
      workspaceId,
      sql`WITH record AS (${alone(workspaceId, joins)} UNION ALL ${together(workspaceId, joins)}),
             corrected AS (${correctionsOf(workspaceId, today)}),
             best AS (
               SELECT r.account_id, r.name, r.name_key, r.domain, r.created_on, r.custom,
                      COALESCE(industry.value, industry_rule.stands_for, r.industry) AS industry,
                      COALESCE(region_rule.stands_for, r.region) AS region,
                      COALESCE(rep.stands_for, rep.id) AS owner_record_id
               FROM record r
               LEFT JOIN corrected industry ON industry.account_id = r.account_id AND industry.field = 'industry'
               LEFT JOIN corrected owner ON owner.account_id = r.account_id AND owner.field = 'owner'
               LEFT JOIN source_record rep ON rep.workspace_id = ${workspaceId}
                 AND rep.id = COALESCE(owner.record_id, r.owner_record_id)
               LEFT JOIN ${rulesAsTable(rules, "industry")} industry_rule (value, stands_for)
                 ON industry_rule.value = lower(r.industry)
               LEFT JOIN ${rulesAsTable(rules, "region")} region_rule (value, stands_for)
                 ON region_rule.value = lower(r.region))
        UPDATE account a SET name = best.name, name_key = best.name_key, domain = best.domain,
          industry = best.industry, region = best.region, owner_record_id = best.owner_record_id,
          created_on = best.created_on, custom = best.custom
        FROM best
        WHERE a.workspace_id = ${workspaceId} AND a.id = best.account_id
          AND (a.name, a.name_key, a.domain, a.industry, a.region, a.owner_record_id, a.created_on, a.custom)
            IS DISTINCT FROM (best.name, best.name_key, best.domain, best.industry, best.region,
                              best.owner_record_id, best.created_on, best.custom)`,
    ),
  );
}

function alone(workspaceId: string, joins: Sql): Sql {
  return sql`
    SELECT c.source_record_id AS account_id, c.name, c.name_key, c.domain, c.industry, c.region, c.owner_record_id,
           c.created_on, c.custom
    FROM current_account_record c LEFT JOIN ${joins} ON d.id = c.source_record_id
    WHERE c.workspace_id = ${workspaceId} AND d.id IS NULL`;
}

function together(workspaceId: string, joins: Sql): Sql {
  const order = sql`ORDER BY d.by_rule, c.described DESC, c.import_id DESC, c.source_record_id`;
  const first = (value: Sql) => sql`(array_agg(${value} ${order}) FILTER (WHERE ${value} IS NOT NULL))[1]`;
  return sql`
    SELECT d.leader, ${first(sql`c.name`)}, ${first(sql`c.name_key`)}, ${first(sql`c.domain`)},
           ${first(sql`c.industry`)}, ${first(sql`c.region`)}, ${first(sql`c.owner_record_id`)}, MIN(c.created_on),
           COALESCE((array_agg(c.custom ${order}) FILTER (WHERE c.custom <> '{}'))[1], '{}')
    FROM current_account_record c JOIN ${joins} ON d.id = c.source_record_id
    WHERE c.workspace_id = ${workspaceId} GROUP BY d.leader`;
}

/** What people set by hand that holds today, the newest of each field, on the account that it belongs to now. */
export function correctionsOf(workspaceId: string, today: Day): Sql {
  return sql`
    SELECT DISTINCT ON (m.account_id, s.field) m.account_id, s.field, s.value, s.until,
           CASE WHEN s.field = 'owner' THEN s.value::uuid END AS record_id
    FROM correction s
    JOIN membership m ON m.workspace_id = s.workspace_id AND m.source_record_id = s.account_id AND m.valid_to IS NULL
    WHERE s.workspace_id = ${workspaceId} AND s.ended_at IS NULL AND (s.until IS NULL OR s.until >= ${today}::date)
    ORDER BY m.account_id, s.field, s.id DESC`;
}

/** A value in lower case and what it finally stands for; to be named where it is joined. */
function rulesAsTable(rules: RunningRules, column: "industry" | "region"): Sql {
  return sql`(SELECT * FROM ${rowsAsTable(finalValues(rulesFor(rules, column)), ruleColumns)})`;
}

const ruleColumns: readonly BulkColumn<NameRule>[] = [
  { name: "value", type: "text", of: ({ value }) => value },
  { name: "stands_for", type: "text", of: ({ standsFor }) => standsFor },
];
