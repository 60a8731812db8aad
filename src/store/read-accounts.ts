import { z } from "zod";
import { anotherRep } from "../core/access.ts";
import type { Access } from "./access.ts";
import { findAccounts } from "./find-accounts.ts";
import type { Snapshot, StandingRow, StoreReads } from "./reads.ts";
import { joinAccount, salesOf } from "./sales.ts";
import { inWindow } from "./spend.ts";
import { bigintNumber, type Executor, optional, rowsOf, type Sql, sql } from "./sql.ts";
import { heldAt, joinPlace } from "./standing-places.ts";
import { placedColumns, rankedColumns, rankedStandings, standingRow, toStanding } from "./standing-rows.ts";
import { isNamed, joinOwner, ownerName, visibleAccounts, visibleMemberships } from "./visibility.ts";

/** Single accounts: found by name, and everything about them. */
export function readAccounts(
  on: Executor,
  access: Access,
): Pick<StoreReads, "labels" | "findAccounts" | "account" | "standing" | "purchases"> {
  const { workspaceId } = access;
  const visible = visibleAccounts(access);
  return {
    async labels(accountIds) {
      const rows = await rowsOf(
        on,
        z.object({ id: z.string(), name: z.string(), owner: optional(z.string()) }),
        sql`SELECT a.id, a.name, ${ownerName(access)} AS owner FROM account a
            ${joinOwner}
            WHERE ${visible} AND a.id = ANY(${accountIds}::uuid[])`,
      );
      return new Map(rows.map(({ id, name, owner }) => [id, { name, owner }]));
    },

    findAccounts: (text) => findAccounts(on, access, text),

    async account(snapshot, accountId) {
      const [[row], standing, products] = await Promise.all([
        rowsOf(
          on,
          detailRow,
          sql`SELECT a.id, a.name, a.domain, a.industry, a.region, a.created_on::text, a.custom,
                   ${isNamed(access)} AS owner_is_named, r.source_record_id AS owner_id, r.name AS owner_name,
                   r.email AS owner_email, r.team AS owner_team,
                   f.*, ARRAY(
                     SELECT DISTINCT source.name FROM membership m
                     JOIN source_record x ON x.workspace_id = m.workspace_id AND x.id = m.source_record_id
                     JOIN source ON source.workspace_id = x.workspace_id AND source.id = x.source_id
                     WHERE m.workspace_id = a.workspace_id AND m.account_id = a.id AND m.valid_to IS NULL
                     ORDER BY source.name) AS sources
            FROM account a
            ${joinOwner}
            CROSS JOIN LATERAL (
              SELECT COUNT(*) FILTER (WHERE o.status = 'open') AS open_count,
                     COALESCE(SUM(o.amount_minor) FILTER (WHERE o.status = 'open' AND o.currency = ${snapshot.currency}), 0)::bigint AS open_value,
                     COUNT(*) FILTER (WHERE o.status = 'won') AS won_count,
                     COALESCE(SUM(o.amount_minor) FILTER (WHERE o.status = 'won' AND o.currency = ${snapshot.currency}), 0)::bigint AS won_value,
                     COUNT(*) FILTER (WHERE o.status = 'lost') AS lost_count,
                     MAX(CASE WHEN o.status = 'open' THEN o.created_on ELSE o.close_on END)::text AS newest
              FROM current_opportunity o
              ${joinAccount}
              WHERE m.workspace_id = a.workspace_id AND m.account_id = a.id) f
            WHERE ${visible} AND a.id = ${accountId}::uuid`,
        ),
        standingOf(snapshot, accountId),
        rowsOf(
          on,
          z.object({ name: z.string(), value: bigintNumber }),
          sql`SELECT x.name, COALESCE(SUM(p.value_minor), 0)::bigint AS value
              FROM (${salesTo(snapshot, accountId)}) p
              JOIN current_product_record x ON x.workspace_id = ${workspaceId} AND x.source_record_id = p.product_record_id
              GROUP BY x.name ORDER BY value DESC, x.name`,
        ),
      ]);
      if (!row) return undefined;
      return {
        id: row.id,
        name: row.name,
        domain: row.domain,
        industry: row.industry,
        region: row.region,
        createdOn: row.created_on,
        custom: row.custom,
        owner: ownerOf(row),
        standing,
        open: { opportunities: row.open_count, value: row.open_value },
        won: { opportunities: row.won_count, value: row.won_value },
        lost: { opportunities: row.lost_count },
        products,
        sources: row.sources,
        newestFactOn: row.newest,
      };
    },

    standing: standingOf,

    async purchases(snapshot, accountId, window, limit) {
      const rows = await rowsOf(
        on,
        purchaseRow,
        sql`SELECT COALESCE(MIN(p.label), p.purchase) AS id, MIN(p.name) AS name,
                   string_agg(DISTINCT x.name, ', ' ORDER BY x.name) AS product,
                   SUM(p.value_minor)::bigint AS value, p.on_day::text AS won_on
            FROM (${salesTo(snapshot, accountId)}) p
            LEFT JOIN current_product_record x
              ON x.workspace_id = ${workspaceId} AND x.source_record_id = p.product_record_id
            WHERE p.value_minor IS NOT NULL AND ${inWindow(window)}
            GROUP BY p.basis, p.on_day, p.purchase
            ORDER BY value DESC, won_on DESC, id LIMIT ${limit}`,
      );
      return rows.map(({ won_on, ...row }) => ({ ...row, wonOn: won_on }));
    },
  };

  /** Prepared places are for those who see everything; a part is ranked, and holds nothing else. */
  async function standingOf(snapshot: Snapshot, accountId: string): Promise<StandingRow | undefined> {
    const [row] = await rowsOf(
      on,
      standingRow,
      snapshot.isPrepared
        ? sql`SELECT ${placedColumns}, ${ownerName(access)} AS owner
              FROM account_standing s JOIN account a ON a.workspace_id = s.workspace_id AND a.id = s.account_id
              ${joinOwner} ${joinPlace(workspaceId, snapshot.id)}
              WHERE ${visible} AND s.account_id = ${accountId}::uuid AND ${heldAt(sql`s`, snapshot.id)}`
        : sql`WITH ranked AS (${rankedStandings(access, snapshot)})
              SELECT ${rankedColumns}, ${ownerName(access)} AS owner
              FROM ranked s JOIN account a ON a.workspace_id = ${workspaceId} AND a.id = s.account_id
              ${joinOwner}
              WHERE s.account_id = ${accountId}::uuid`,
    );
    return row && toStanding(row, access);
  }

  /** The sales of one account that the viewer may see. */
  function salesTo({ basis, asOf }: Snapshot, accountId: string): Sql {
    const isWanted = sql`m.account_id = ${accountId}::uuid AND ${visibleMemberships(access)}`;
    return salesOf(workspaceId, basis, asOf, isWanted);
  }
}

function ownerOf(row: z.output<typeof detailRow>) {
  if (row.owner_id === undefined) return undefined;
  if (!row.owner_is_named) return { name: anotherRep, email: undefined, team: undefined };
  return { name: row.owner_name ?? "", email: row.owner_email, team: row.owner_team };
}

const purchaseRow = z.object({
  id: z.string(),
  name: optional(z.string()),
  product: optional(z.string()),
  value: bigintNumber,
  won_on: z.string(),
});

const detailRow = z.object({
  id: z.string(),
  name: z.string(),
  domain: optional(z.string()),
  industry: optional(z.string()),
  region: optional(z.string()),
  created_on: optional(z.string()),
  custom: z.record(z.string(), z.string()),
  owner_is_named: z.boolean(),
  owner_id: optional(z.string()),
  owner_name: optional(z.string()),
  owner_email: optional(z.string()),
  owner_team: optional(z.string()),
  open_count: bigintNumber,
  open_value: bigintNumber,
  won_count: bigintNumber,
  won_value: bigintNumber,
  lost_count: bigintNumber,
  newest: optional(z.string()),
  sources: z.array(z.string()),
});
