import type { Tier } from "../core/tiers.ts";
import { type PageOf, rowsOfPage } from "./page-of.ts";
import type { Selection } from "./reads.ts";
import { type Executor, empty, type Sql, sql } from "./sql.ts";

/** Places between two marks: what a rank or a page costs at most, in entries of an index. */
const STEP = 500;
/** Four pages. */
const FIRST = 40;

/** What is counted: everything, or the accounts of one tier. */
type Series = "all" | Tier;

/** Whether a standing held when a snapshot was made. */
export function heldAt(standing: Sql, snapshotId: number): Sql {
  return sql`${standing}.valid_from <= ${snapshotId} AND (${standing}.valid_to IS NULL OR ${standing}.valid_to > ${snapshotId})`;
}

/** Ranks are value descending, then account: the order as an index has it. */
export const inOrder = sql`-s.value_minor, s.account_id`;

/** How densely places are marked. */
interface Density {
  /** Of everything and of each tier, every so many places. */
  readonly step: number;
  /** Of each owner, industry and region, so many first places: the pages that people look at. */
  readonly first: number;
}

/** Marks the places of a snapshot's standings. */
export async function markPlaces(
  on: Executor,
  workspaceId: string,
  snapshotId: number,
  { step, first }: Density = { step: STEP, first: FIRST },
): Promise<void> {
  const marked = (series: Sql, partition: Sql, isMarked: Sql) => sql`
    SELECT ${workspaceId}, ${snapshotId}::int, series, place, value_minor, account_id,
           through - GREATEST(value_minor, 0)
    FROM (SELECT ${series} AS series, s.value_minor, s.account_id, ROW_NUMBER() OVER place AS place,
                 SUM(GREATEST(s.value_minor, 0)) OVER place AS through
          FROM account_standing s JOIN account a ON a.workspace_id = s.workspace_id AND a.id = s.account_id
          WHERE s.workspace_id = ${workspaceId} AND ${heldAt(sql`s`, snapshotId)}
          WINDOW place AS (${partition} ORDER BY ${inOrder} ROWS UNBOUNDED PRECEDING)) placed
    WHERE series IS NOT NULL AND ${isMarked}`;
  const sparse = sql`(place - 1) % ${step}::int = 0`;
  const listed = (kind: Sql, attribute: Sql) =>
    marked(sql`'${kind}:' || ${attribute}`, sql`PARTITION BY ${attribute}`, sql`place <= ${first}::int`);
  await on.$executeRaw(
    sql`INSERT INTO standing_mark (workspace_id, snapshot_id, series, place, value_minor, account_id, above_minor)
        ${marked(sql`'all'`, empty, sparse)}
        UNION ALL ${marked(sql`s.tier::text`, sql`PARTITION BY s.tier`, sparse)}
        UNION ALL ${listed(sql`owner`, sql`a.owner_record_id`)}
        UNION ALL ${listed(sql`industry`, sql`a.industry`)}
        UNION ALL ${listed(sql`region`, sql`a.region`)}`,
  );
}

/** The series whose first places may hold a page of a selection; undefined where none does. */
export function listOf({ tier: _, ...filters }: Selection): string | undefined {
  if (Object.keys(filters).length !== 1) return undefined;
  const { ownerIds = [], industry, region } = filters;
  const [owner, ...others] = ownerIds;
  if (industry !== undefined) return `industry:${industry}`;
  if (region !== undefined) return `region:${region}`;
  return owner === undefined || others.length > 0 ? undefined : `owner:${owner}`;
}

/** A page of a series of first places, as rows of `account_standing`: short of rows where it goes on beyond those places. */
export function pageOfList(
  workspaceId: string,
  snapshotId: number,
  { series, tier }: { readonly series: string; readonly tier: Tier | undefined },
  page: PageOf,
): Sql {
  return sql`
    SELECT s.* FROM standing_mark mark
    JOIN account_standing s ON s.workspace_id = mark.workspace_id AND s.account_id = mark.account_id
    WHERE mark.workspace_id = ${workspaceId} AND mark.snapshot_id = ${snapshotId} AND mark.series = ${series}
      AND ${heldAt(sql`s`, snapshotId)} ${tier === undefined ? empty : sql`AND s.tier = ${tier}::tier`}
    ORDER BY mark.place ${rowsOfPage(page)}`;
}

/** A page of a series in the order of ranks, as rows of `account_standing`: entered at the mark before it. */
export function pageOfSeries(
  workspaceId: string,
  snapshotId: number,
  series: Series,
  { offset, limit }: PageOf & { readonly limit: number },
): Sql {
  const own = series === "all" ? empty : sql`AND s.tier = ${series}::tier`;
  // The first place is always marked.
  const skip = offset === 0 ? empty : sql`OFFSET ${offset + 1}::int - start.place`;
  return sql`
    SELECT s.* FROM (
      SELECT place, value_minor, account_id FROM standing_mark
      WHERE workspace_id = ${workspaceId} AND snapshot_id = ${snapshotId} AND series = ${series} AND place <= ${offset + 1}::int
      ORDER BY place DESC LIMIT 1) start
    CROSS JOIN LATERAL (
      SELECT * FROM account_standing s
      WHERE s.workspace_id = ${workspaceId} ${own} AND ${heldAt(sql`s`, snapshotId)}
        AND (-s.value_minor, s.account_id) >= (-start.value_minor, start.account_id)
      ORDER BY ${inOrder} ${rowsOfPage({ offset: 0, limit })} ${skip}) s`;
}

/** The rank of a standing `s` and the sum of positive values down to it, joined as `place`: counted from the mark before it. */
export function joinPlace(workspaceId: string, snapshotId: number): Sql {
  return sql`CROSS JOIN LATERAL (
    SELECT mark.place - 1 + COUNT(*) AS rank, mark.above_minor + SUM(GREATEST(v.value_minor, 0)) AS cumulative
    FROM (SELECT place, value_minor, account_id, above_minor FROM standing_mark
          WHERE workspace_id = ${workspaceId} AND snapshot_id = ${snapshotId} AND series = 'all'
            AND (-value_minor, account_id) <= (-s.value_minor, s.account_id)
          ORDER BY -value_minor DESC, account_id DESC LIMIT 1) mark
    JOIN account_standing v ON v.workspace_id = ${workspaceId} AND ${heldAt(sql`v`, snapshotId)}
      AND (-v.value_minor, v.account_id) >= (-mark.value_minor, mark.account_id)
      AND (-v.value_minor, v.account_id) <= (-s.value_minor, s.account_id)
    GROUP BY mark.place, mark.above_minor) place`;
}
