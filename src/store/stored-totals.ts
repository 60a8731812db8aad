import { z } from "zod";
import { keepNewest } from "../core/keep-newest.ts";
import type { Access } from "./access.ts";
import type { Selection, Snapshot, SnapshotTotals } from "./reads.ts";
import { conditionsOf } from "./selection.ts";
import { allOf, bigintNumber, type Executor, rowOf, type Sql, sql } from "./sql.ts";
import { heldAt } from "./standing-places.ts";

/** Snapshots whose totals one store keeps at hand: those of the workspaces that ask most recently. */
const MOST_KEPT = 100;

/** A snapshot that is ready never changes, so its totals are asked once. */
const kept = new WeakMap<Executor, Map<string, Promise<SnapshotTotals>>>();

/** The totals as the refresh stored them: over everybody's accounts. */
export function storedTotals(
  on: Executor,
  workspaceId: string,
  { id, createdAt }: Pick<Snapshot, "id" | "createdAt">,
): Promise<SnapshotTotals> {
  const known = kept.get(on) ?? new Map<string, Promise<SnapshotTotals>>();
  kept.set(on, known);
  const key = JSON.stringify([workspaceId, id, createdAt]);
  const found = known.get(key);
  if (found) return found;
  const asked = rowOf(
    on,
    z.object({ totals: z.custom<SnapshotTotals>() }),
    sql`SELECT totals FROM snapshot WHERE workspace_id = ${workspaceId} AND id = ${id}`,
  ).then(({ totals }) => totals);
  keepNewest(known, key, asked, MOST_KEPT);
  asked.catch(() => known.delete(key));
  return asked;
}

/** How many accounts a selection has, and what they spent. */
export interface SelectedTotals {
  readonly accounts: number;
  readonly value: number;
}

/** What the accounts of a selection come to, over everybody's accounts. */
export async function selectedTotals(
  on: Executor,
  access: Access,
  snapshot: Snapshot,
  selection: Selection,
): Promise<SelectedTotals> {
  const { workspaceId } = access;
  const { tier, ...filters } = selection;
  if (Object.keys(filters).length === 0) {
    const totals = await storedTotals(on, workspaceId, snapshot);
    const { accounts, value } = (tier && totals.tiers.find((own) => own.tier === tier)) ?? totals;
    return { accounts, value };
  }
  const figures = figuresFor(selection);
  return rowOf(
    on,
    totalsRow,
    figures
      ? sql`SELECT COALESCE(SUM(f.accounts), 0)::bigint AS accounts, COALESCE(SUM(f.value_minor), 0)::bigint AS value
            FROM standing_figure f WHERE f.workspace_id = ${workspaceId} AND f.snapshot_id = ${snapshot.id} AND ${figures}`
      : sql`SELECT COUNT(*) AS accounts, COALESCE(SUM(s.value_minor), 0)::bigint AS value
            FROM account_standing s JOIN account a ON a.workspace_id = s.workspace_id AND a.id = s.account_id
            WHERE s.workspace_id = ${workspaceId} AND ${heldAt(sql`s`, snapshot.id)}
              AND ${allOf(conditionsOf(access, snapshot, selection, snapshot.window))}`,
  );
}

/** The figures `f` that a selection's accounts were added up in; undefined where they were not, as for two filters at once. */
export function figuresFor({ tier, ...filters }: Selection): Sql | undefined {
  const { from, direction, ownerIds, industry, region, cohort, quietSince, ...others } = filters;
  const before = sql`NULLIF(f.value, '')::tier`;
  const possible = [
    ...(from === undefined
      ? []
      : [sql`f.kind = 'previous' AND f.value = ${from} AND f.tier <> ${from}::tier`]),
    ...(direction === undefined
      ? []
      : [
          sql`f.kind = 'previous' AND ${direction === "up" ? sql`f.tier < ${before}` : sql`f.tier > ${before}`}`,
        ]),
    ...(ownerIds === undefined ? [] : [sql`f.kind = 'owner' AND f.value = ANY(${ownerIds}::text[])`]),
    ...(industry === undefined ? [] : [sql`f.kind = 'industry' AND f.value = ${industry}`]),
    ...(region === undefined ? [] : [sql`f.kind = 'region' AND f.value = ${region}`]),
    ...(cohort === undefined
      ? []
      : [sql`f.kind = 'first' AND f.value BETWEEN ${cohort.first} AND ${cohort.last}`]),
    ...(quietSince === undefined ? [] : [sql`f.kind = 'last' AND f.value <= ${quietSince}`]),
  ];
  const [only, ...more] = possible;
  if (more.length > 0 || Object.keys(others).length > 0) return undefined;
  const figures = only ?? sql`f.kind = 'tier'`;
  return tier === undefined ? figures : sql`${figures} AND f.tier = ${tier}::tier`;
}

const totalsRow = z.object({ accounts: bigintNumber, value: bigintNumber });
