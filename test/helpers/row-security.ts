import type { Access } from "../../src/store/access.ts";
import type { Database } from "../../src/store/connect.ts";
import { Prisma } from "../../src/store/generated/client.ts";
import { type Executor, sql } from "../../src/store/sql.ts";
import { rawRows } from "./workspace.ts";

/** Who reads under row-level security, everything of a workspace or some; the roles let nobody in. */
const EVERYTHING = "portfolio_test_reads_all";
const SOME = "portfolio_test_reads_some";
const LOCK = 20_261_122;

const owners = "current_setting('portfolio.owners')";
const isOwn = (column: string) => `${column} = ANY(string_to_array(${owners}, ',')::uuid[])`;
const isRep = (column: string) =>
  `${column} = ANY(string_to_array(concat_ws(',', nullif(${owners}, ''), nullif(current_setting('portfolio.reps'), '')), ',')::uuid[])`;
const namesProduct = (table: string) =>
  `EXISTS (SELECT FROM ${table} f JOIN source_record s ON s.workspace_id = f.workspace_id AND s.id = f.product_record_id
     WHERE f.workspace_id = product_record.workspace_id AND product_record.source_record_id IN (s.id, s.stands_for))`;
const ofAccount = (table: string) =>
  `EXISTS (SELECT FROM account a WHERE a.workspace_id = ${table}.workspace_id AND a.id = ${table}.account_id)`;
const ofOffer = (table: string, column: string) =>
  `EXISTS (SELECT FROM offer_account o WHERE o.workspace_id = ${table}.workspace_id AND o.offer_id = ${table}.${column})`;
const ofRecord = (table: string, column: string) =>
  `EXISTS (SELECT FROM membership m WHERE m.workspace_id = ${table}.workspace_id AND m.source_record_id = ${table}.${column})`;

/** Which rows of a table somebody reads who does not see everything; said anew, in other words than the store's own. */
const policies: Readonly<Record<string, string>> = {
  account: `${isOwn("owner_record_id")}`,
  membership: ofAccount("membership"),
  account_standing: ofAccount("account_standing"),
  correction: ofAccount("correction"),
  account_value: ofAccount("account_value"),
  purchase_series: ofAccount("purchase_series"),
  redefined_tier: ofAccount("redefined_tier"),
  account_hold: ofAccount("account_hold"),
  action_proposal: ofAccount("action_proposal"),
  action_answer: ofAccount("action_answer"),
  interaction: ofAccount("interaction"),
  reward: ofAccount("reward"),
  offer_account: ofAccount("offer_account"),
  offer_event: `account_id IS NULL OR ${ofAccount("offer_event")}`,
  deal: ofAccount("deal"),
  account_potential: ofAccount("account_potential"),
  // What customers of a kind mostly own is told of all of them, without whose.
  prepared_answer: "question LIKE 'owned by kind %'",
  offer: ofOffer("offer", "id"),
  offer_wave: ofOffer("offer_wave", "offer_id"),
  account_record: `${ofRecord("account_record", "source_record_id")}`,
  opportunity: `${ofRecord("opportunity", "account_record_id")}`,
  ledger_entry: `${ofRecord("ledger_entry", "account_record_id")}`,
  opportunity_line: `EXISTS (SELECT FROM opportunity o
    WHERE o.workspace_id = opportunity_line.workspace_id AND o.id = opportunity_line.opportunity_id)`,
  rep_record: `${isRep("source_record_id")}`,
  product_record: `described OR ${["opportunity", "opportunity_line", "ledger_entry"].map(namesProduct).join(" OR ")}`,
};

/** Tables that say nothing of accounts, and what of others does not. */
const open = [
  "workspace",
  "settings_version",
  "source",
  "import",
  "source_record",
  "exchange_rate",
  "value_fit",
  "win_fit",
];
/** Tables for those alone who see everything. A table that is in none of these lists cannot be read at all. */
const forEverything = [
  "import_issue",
  "value_rule",
  "snapshot",
  "standing_mark",
  "standing_figure",
  "cohort_figure",
];
/** Totals are everybody's: who sees less has no right to that column. */
const snapshotColumns =
  "workspace_id, id, status, created_at, as_of, window_after, currency, settings_version, parameters, lists_series, proposed_by";
const views = [
  "account_record",
  "rep_record",
  "product_record",
  "opportunity",
  "opportunity_line",
  "ledger_entry",
  "exchange_rate",
];

/**
 * Lets PostgreSQL itself decide which rows are there, for readers that `underRowSecurity` makes. One statement
 * at a time, so that it waits for no test while it holds a lock that a test waits for.
 */
export async function installRowSecurity(): Promise<void> {
  const list = `${EVERYTHING}, ${SOME}`;
  await rawRows("SELECT pg_advisory_lock($1)", [LOCK]);
  try {
    for (const role of [EVERYTHING, SOME]) {
      const found = await rawRows("SELECT FROM pg_roles WHERE rolname = $1", [role]);
      if (found.length === 0) await rawRows(`CREATE ROLE ${role} NOLOGIN`);
      await rawRows(`GRANT ${role} TO CURRENT_USER`);
    }
    for (const view of views) {
      await rawRows(`ALTER VIEW current_${view} SET (security_invoker = true)`);
      await rawRows(`GRANT SELECT ON current_${view} TO ${list}`);
    }
    for (const table of open) await rawRows(`GRANT SELECT ON ${table} TO ${list}`);
    for (const table of forEverything) await rawRows(`GRANT SELECT ON ${table} TO ${EVERYTHING}`);
    await rawRows(`GRANT SELECT (${snapshotColumns}) ON snapshot TO ${SOME}`);
    for (const [table, rows] of Object.entries(policies)) {
      const isOfWorkspace = "workspace_id = current_setting('portfolio.workspace')";
      for (const [role, condition] of [
        [EVERYTHING, isOfWorkspace],
        [SOME, `${isOfWorkspace} AND (${rows})`],
      ]) {
        await rawRows(`DROP POLICY IF EXISTS ${role} ON ${table}`);
        await rawRows(`CREATE POLICY ${role} ON ${table} FOR SELECT TO ${role} USING (${condition})`);
      }
      await rawRows(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`);
      await rawRows(`GRANT SELECT ON ${table} TO ${list}`);
    }
  } finally {
    await rawRows("SELECT pg_advisory_unlock($1)", [LOCK]);
  }
}

/** Runs every read as a role to which only the rows of this access exist. */
export function underRowSecurity(
  database: Database,
  { workspaceId, owners: seen, repIds }: Access,
): Executor {
  const role = Prisma.raw(seen === "all" ? EVERYTHING : SOME);
  const read = (query: Parameters<Executor["$queryRaw"]>[0]) =>
    database.$transaction(async (transaction) => {
      await transaction.$queryRaw(
        sql`SELECT set_config('portfolio.workspace', ${workspaceId}, true),
                   set_config('portfolio.owners', ${seen === "all" ? "" : seen.join(",")}, true),
                   set_config('portfolio.reps', ${repIds.join(",")}, true)`,
      );
      await transaction.$executeRaw(sql`SET LOCAL ROLE ${role}`);
      return transaction.$queryRaw(query);
    });
  return {
    $queryRaw: read as unknown as Executor["$queryRaw"],
    $executeRaw: () => {
      throw new Error("A read changes nothing.");
    },
  };
}
