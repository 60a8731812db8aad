import { z } from "zod";
import { currencyExponent } from "../core/money.ts";
import { type DealRecords, dealEnds } from "../core/win/deal-records.ts";
import { type ColumnLog, createColumnLog } from "../core/win/text-column.ts";
import { Prisma } from "./generated/client.ts";
import type { Snapshot } from "./reads.ts";
import { bigintNumber, type Executor, optional, rowsOf, type Sql, sql } from "./sql.ts";

/** The deals of a snapshot, with what reps are compared by; every column is in step with `ids`. */
export interface StoredDeals extends DealRecords {
  readonly ids: readonly string[];
  /** By place. */
  readonly repIds: readonly string[];
  /** The places of a deal's rep, product and tier, or -1. */
  readonly reps: Int32Array;
  readonly products: Int32Array;
  readonly tiers: Int32Array;
  /** In minor units; NaN where not known. */
  readonly amounts: Float64Array;
}

/** What a model of deals knows in place of a tier of accounts that never bought. */
export const prospectTier = "prospect";
/** Imported columns that are looked at, in the order in which deals have them. */
const mostColumns = 100;
/** Few enough that reading them keeps nobody waiting. */
const rowsAtOnce = 5_000;

/** Deals of a snapshot with all that is known of them. */
export function dealsWithColumns(workspaceId: string, { id }: Snapshot, which: Sql): Sql {
  return sql`SELECT d.id, d.status::text, d.created_on - '1970-01-01'::date AS created_on,
           d.close_on - '1970-01-01'::date AS closed_on, d.rep_id, d.product_id, d.tier::text, d.amount_minor, d.list_minor,
           p.name AS product, a.id IS NOT NULL AS has_account, a.industry, a.region, a.custom AS of_account, o.custom AS of_deal
    FROM deal d
    LEFT JOIN account a ON a.workspace_id = ${workspaceId} AND a.id = d.account_id
    LEFT JOIN current_opportunity o ON o.workspace_id = ${workspaceId} AND o.id = d.id
    LEFT JOIN current_product_record p ON p.workspace_id = ${workspaceId} AND p.source_record_id = d.product_id
    WHERE d.workspace_id = ${workspaceId} AND d.snapshot_id = ${id} AND ${which}
    ORDER BY d.created_on, d.id`;
}

const custom = optional(z.record(z.string(), z.string()));

const dealRow = z.object({
  id: z.string(),
  status: z.enum(["open", "won", "lost"]),
  created_on: optional(z.number()),
  closed_on: optional(z.number()),
  rep_id: optional(z.string()),
  product_id: optional(z.string()),
  tier: optional(z.string()),
  amount_minor: optional(bigintNumber),
  list_minor: optional(bigintNumber),
  product: optional(z.string()),
  has_account: z.boolean(),
  industry: optional(z.string()),
  region: optional(z.string()),
  of_account: custom,
  of_deal: custom,
});
type DealRow = z.output<typeof dealRow>;

/**
 * Reads deals, some at a time.
 *
 * @param on a transaction, since a cursor lives no longer.
 * @param deals a query as `dealsWithColumns` makes it.
 */
export async function readDeals(on: Executor, { basis }: Snapshot, deals: Sql): Promise<StoredDeals> {
  const perMajor = 10 ** currencyExponent(basis.currency);
  const ids: string[] = [];
  const ends: number[] = [];
  const [created, closed, amounts]: [number[], number[], number[]] = [[], [], []];
  const [reps, products, tiers] = [createPlaces(), createPlaces(), createPlaces()];
  const columns = createColumns();
  const next = sql`FETCH ${Prisma.raw(String(rowsAtOnce))} FROM deals`;
  await on.$executeRaw(sql`DECLARE deals NO SCROLL CURSOR FOR ${deals}`);
  for (;;) {
    const rows = await rowsOf(on, dealRow, next);
    for (const row of rows) {
      ids.push(row.id);
      ends.push(dealEnds[row.status]);
      created.push(row.created_on ?? Number.NaN);
      closed.push(row.status === "open" ? Number.NaN : (row.closed_on ?? Number.NaN));
      amounts.push(row.amount_minor ?? Number.NaN);
      reps.add(row.rep_id);
      products.add(row.product_id);
      tiers.add(row.tier);
      columns.add(cellsOf(row, perMajor));
    }
    if (rows.length < rowsAtOnce) break;
  }
  await on.$executeRaw(sql`CLOSE deals`);
  return {
    ...{ ids, repIds: reps.values, columns: columns.all() },
    ...{ reps: reps.places(), products: products.places(), tiers: tiers.places() },
    ends: Uint8Array.from(ends),
    createdOn: Float64Array.from(created),
    closedOn: Float64Array.from(closed),
    amounts: Float64Array.from(amounts),
  };
}

/** What is known of a deal by name: its own columns go before those of its account, and both behind what Portfolio itself names. */
function cellsOf(row: DealRow, perMajor: number): ReadonlyMap<string, string> {
  const major = (minor: number | undefined) => (minor === undefined ? "" : String(minor / perMajor));
  return new Map([
    ...Object.entries(row.of_account ?? {}),
    ...Object.entries(row.of_deal ?? {}),
    ["product", row.product ?? ""],
    ["industry", row.industry ?? ""],
    ["region", row.region ?? ""],
    ["tier", row.tier ?? (row.has_account ? prospectTier : "")],
    ["amount", major(row.amount_minor)],
    ["list price", major(row.list_minor)],
  ]);
}

function createColumns() {
  const logs = new Map<string, ColumnLog>();
  let rows = 0;
  return {
    add(cells: ReadonlyMap<string, string>): void {
      for (const name of cells.keys()) {
        if (logs.has(name) || logs.size >= mostColumns) continue;
        const log = createColumnLog(name);
        for (let row = 0; row < rows; row += 1) log.add("");
        logs.set(name, log);
      }
      for (const [name, log] of logs) log.add(cells.get(name) ?? "");
      rows += 1;
    },
    all: () => [...logs.values()].map((log) => log.column()),
  };
}

/** Values by the place at which each came first. */
function createPlaces() {
  const [known, places] = [new Map<string, number>(), [] as number[]];
  return {
    add(value: string | undefined): void {
      if (value !== undefined && !known.has(value)) known.set(value, known.size);
      places.push(value === undefined ? -1 : (known.get(value) ?? -1));
    },
    places: () => Int32Array.from(places),
    get values() {
      return [...known.keys()];
    },
  };
}
