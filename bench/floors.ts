import type pg from "pg";
import type { LedgerRow } from "./ledger.ts";

// The least that a database has to do for the same result: what an import and a refresh are compared with.

const BATCH_ROWS = 10_000;
const types = ["text", "date", "text", "text", "text", "text", "numeric", "numeric", "text"];

/** Writes the rows into a plain table without a key, in batches as large as the store's. */
export async function bareInsert(client: pg.Client, rows: readonly LedgerRow[]): Promise<void> {
  await client.query(`DROP TABLE IF EXISTS bare_ledger;
    CREATE TABLE bare_ledger (${types.map((type, index) => `c${index} ${type}`).join(", ")})`);
  const arrays = types.map((type, index) => `$${index + 1}::${type}[]`).join(", ");
  for (let start = 0; start < rows.length; start += BATCH_ROWS) {
    const batch = rows.slice(start, start + BATCH_ROWS);
    await client.query(
      `INSERT INTO bare_ledger SELECT * FROM unnest(${arrays})`,
      types.map((_, column) => batch.map((row) => row[column])),
    );
  }
}

/** Sums up every fact of the store by account: spend, how often, first and last day. */
export async function bareAggregation(client: pg.Client): Promise<void> {
  await client.query(`DROP TABLE IF EXISTS bare_spend;
    CREATE TEMPORARY TABLE bare_spend AS
    SELECT account_record_id, SUM(amount_minor) AS value, COUNT(*) AS sales, MIN(on_day) AS first, MAX(on_day) AS last
    FROM (SELECT workspace_id, account_record_id, amount_minor, on_day FROM ledger_entry
          UNION ALL
          SELECT workspace_id, account_record_id, amount_minor, close_on FROM opportunity WHERE status = 'won') fact
    GROUP BY workspace_id, account_record_id`);
}
