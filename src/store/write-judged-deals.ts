import { openRows } from "../core/win/deal-records.ts";
import type { ForetoldDeals } from "../core/win/fit-deals.ts";
import { type BulkColumn, names, rowsAsTable } from "./bulk.ts";
import type { JudgedDeals } from "./deal-tasks.ts";
import type { StoredDeals } from "./read-deals.ts";
import { type Executor, sql } from "./sql.ts";

/** Few enough that the embedded store answers others in between. */
const rowsAtOnce = 5_000;

/** Whose deals. */
interface Place {
  readonly workspaceId: string;
  readonly snapshotId: number;
}

interface ExpectedRow {
  readonly id: string;
  readonly wins: number;
  readonly minor: number;
  readonly days: number;
}

const expectedColumns: readonly BulkColumn<ExpectedRow>[] = [
  { name: "id", type: "uuid", of: ({ id }) => id },
  { name: "expected", type: "float8", of: ({ wins }) => wins },
  { name: "expected_minor", type: "bigint", of: ({ minor }) => known(Math.round(minor)) },
  { name: "expected_days", type: "float8", of: ({ days }) => known(days) },
];

/** What was to be expected of deals that ended. */
export async function writeExpectations(
  on: Executor,
  place: Place,
  { ids }: StoredDeals,
  { rows, expected }: JudgedDeals,
): Promise<void> {
  const told = Array.from(rows, (row, at) => ({
    ...{ id: ids[row] ?? "", wins: expected.wins[at] ?? Number.NaN },
    ...{ minor: expected.amounts[at] ?? Number.NaN, days: expected.days[at] ?? Number.NaN },
  }));
  await update(on, place, told, expectedColumns);
}

interface ForetoldRow {
  readonly id: string;
  readonly probability: number;
  readonly low: number;
  readonly high: number;
  readonly reasons: string;
}

const foretoldColumns: readonly BulkColumn<ForetoldRow>[] = [
  { name: "id", type: "uuid", of: ({ id }) => id },
  { name: "probability", type: "float8", of: ({ probability }) => probability },
  { name: "low", type: "float8", of: ({ low }) => low },
  { name: "high", type: "float8", of: ({ high }) => high },
  { name: "reasons", type: "jsonb", of: ({ reasons }) => reasons },
];

/** The chances of open deals. */
export async function writeForetold(
  on: Executor,
  place: Place,
  deals: StoredDeals,
  { probability, low, high, reasons }: ForetoldDeals,
): Promise<void> {
  const told = Array.from(openRows(deals), (row, at) => ({
    ...{ id: deals.ids[row] ?? "", probability: probability[at] ?? Number.NaN },
    ...{ low: low[at] ?? Number.NaN, high: high[at] ?? Number.NaN },
    reasons: JSON.stringify(reasons[at] ?? []),
  }));
  await update(on, place, told, foretoldColumns);
}

async function update<Row>(
  on: Executor,
  { workspaceId, snapshotId }: Place,
  rows: readonly Row[],
  columns: readonly BulkColumn<Row>[],
): Promise<void> {
  const told = columns.filter(({ name }) => name !== "id");
  const values = names(told, "d.");
  for (let first = 0; first < rows.length; first += rowsAtOnce)
    await on.$executeRaw(
      sql`UPDATE deal SET (${names(told)}) = (SELECT ${values})
          FROM ${rowsAsTable(rows.slice(first, first + rowsAtOnce), columns)}
          WHERE deal.workspace_id = ${workspaceId} AND deal.snapshot_id = ${snapshotId} AND deal.id = d.id`,
    );
}

function known(value: number): number | undefined {
  return Number.isFinite(value) ? value : undefined;
}
