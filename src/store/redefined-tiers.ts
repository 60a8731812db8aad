import { z } from "zod";
import { type Day, monthsUntil } from "../core/calendar.ts";
import type { Settings } from "../core/settings.ts";
import { tiersOf } from "./compute-standings.ts";
import { reportingBasis } from "./reporting.ts";
import type { SalesBasis } from "./sales.ts";
import {
  basisOf,
  type Redefined,
  type SnapshotParameters,
  snapshotParameters,
} from "./snapshot-parameters.ts";
import { inWindow, purchaseDaysOf } from "./spend.ts";
import { type Executor, rowsOf, type Sql, sql } from "./sql.ts";
import { heldAt } from "./standing-places.ts";

/** By what accounts have their tiers. */
export interface Definitions extends Pick<SalesBasis, "currency" | "revenue" | "basisDays"> {
  readonly measure: SnapshotParameters["measure"];
  readonly cuts: SnapshotParameters["cuts"];
  readonly windowMonths: number;
  readonly compareDays: number;
  readonly definitionsVersion: number;
}

/** The definitions of the newest snapshot that is ready; undefined before the first. */
export async function previousDefinitions(
  on: Executor,
  workspaceId: string,
): Promise<Definitions | undefined> {
  const [row] = await rowsOf(
    on,
    z.object({ currency: z.string(), parameters: snapshotParameters }),
    sql`SELECT currency, parameters FROM snapshot WHERE workspace_id = ${workspaceId} AND status = 'ready'
        ORDER BY id DESC LIMIT 1`,
  );
  return row && { ...row.parameters, ...basisOf(row.currency, row.parameters) };
}

/** Names of what differs. */
export function changedDefinitions(before: Definitions, now: Definitions): readonly (keyof Definitions)[] {
  const names = [
    ...(["measure", "cuts", "windowMonths", "compareDays"] as const),
    ...(["revenue", "basisDays", "currency", "definitionsVersion"] as const),
  ];
  const { A, B, C } = before.cuts;
  return names.filter((name) =>
    name === "cuts" ? A !== now.cuts.A || B !== now.cuts.B || C !== now.cuts.C : before[name] !== now[name],
  );
}

/** Whether something else counts as a purchase, or for another amount. */
export function countsOtherwise(changed: readonly (keyof Definitions)[]): boolean {
  return changed.some((name) => name === "revenue" || name === "basisDays" || name === "currency");
}

interface Redefining {
  readonly workspaceId: string;
  /** The snapshot, whose standings are there already. */
  readonly id: number;
  readonly settings: Settings;
  readonly until: Day;
  readonly before: Definitions;
  readonly changed: readonly (keyof Definitions)[];
  /** Rows as `countedDays` has them. */
  readonly days: Sql;
  /** A query of rows `account_id` of the tiers that people set, which no definition moves. */
  readonly overrides: Sql;
}

/**
 * Stores which accounts a change of definitions put into another tier: computed from the data of now, so that no
 * purchase moves anybody here. What an earlier version of the program would have computed cannot be told.
 */
export async function storeRedefined(on: Executor, redefining: Redefining): Promise<Redefined> {
  const { workspaceId, id, until, before, changed, overrides } = redefining;
  const moveNobody = ["measure", "compareDays", "definitionsVersion"];
  if (changed.every((name) => moveNobody.includes(name))) return { changed: [...changed], moves: 0 };
  const value = sql`COALESCE(SUM(p.value) FILTER (WHERE ${inWindow(monthsUntil(until, before.windowMonths))}), 0)::bigint`;
  const moves = await on.$executeRaw(
    sql`WITH spend AS MATERIALIZED (
          SELECT p.account_id, ${value} AS value FROM ${await daysBefore(on, redefining)} p GROUP BY p.account_id)
        INSERT INTO redefined_tier (workspace_id, snapshot_id, account_id, from_tier, to_tier)
        SELECT ${workspaceId}, ${id}::int, s.account_id, old.tier, s.tier
        FROM (${tiersOf(sql`spend`, before.cuts)}) old
        JOIN account_standing s ON s.workspace_id = ${workspaceId} AND s.account_id = old.account_id
          AND ${heldAt(sql`s`, id)}
        LEFT JOIN (${overrides}) o ON o.account_id = old.account_id
        WHERE s.tier <> old.tier AND o.account_id IS NULL`,
  );
  return { changed: [...changed], moves };
}

/** The days with purchases as they counted before. */
async function daysBefore(
  on: Executor,
  { workspaceId, settings, until, before, changed, days }: Redefining,
): Promise<Sql> {
  if (!countsOtherwise(changed)) return days;
  const { currency, revenue, basisDays } = before;
  const wanted = { ...settings, currency, revenue, basisDays };
  return sql`(${purchaseDaysOf(workspaceId, await reportingBasis(on, workspaceId, wanted, until), until)})`;
}
