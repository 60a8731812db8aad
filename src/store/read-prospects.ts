import { z } from "zod";
import type { OwnedProduct } from "../core/potential/white-space.ts";
import type { Access } from "./access.ts";
import { rowsOfPage } from "./page-of.ts";
import { potentialParameters } from "./potential-basis.ts";
import type { PotentialReason } from "./potential-reasons.ts";
import { listedProspects, prospectRow, toProspect } from "./prospect-rows.ts";
import type { PotentialRow, ProspectReads } from "./prospects.ts";
import { productsOf } from "./read-traits.ts";
import type { Selection, Snapshot } from "./reads.ts";
import { oldestWithFigures } from "./retention.ts";
import { selectedAccounts } from "./served-accounts.ts";
import { bigintNumber, type Executor, empty, optional, rowOf, rowsOf, type Sql, sql } from "./sql.ts";
import { ownerName } from "./visibility.ts";

/** What accounts could bring, and which prospects to work first. */
export function readProspects(on: Executor, access: Access): ProspectReads {
  const { workspaceId } = access;

  /** Selected accounts `a` with their potential `p`, standing `s` and owner `r`; `tier` is that by potential. */
  function selected(snapshot: Snapshot, { tier, ...others }: Selection): { from: Sql; where: Sql } {
    const { from, where } = selectedAccounts(access, snapshot, others);
    return {
      from: sql`${from} JOIN account_potential p
        ON p.workspace_id = a.workspace_id AND p.snapshot_id = ${snapshot.id} AND p.account_id = a.id`,
      where: tier === undefined ? where : sql`${where} AND p.tier = ${tier}::tier`,
    };
  }

  /** Places among what the viewer may see. */
  function placed(snapshot: Snapshot): Sql {
    const { from, where } = selected(snapshot, {});
    return sql`SELECT p.account_id, ROW_NUMBER() OVER place AS place, SUM(p.potential_minor) OVER place AS cumulative
      FROM ${from} WHERE ${where} WINDOW place AS (ORDER BY p.rank ROWS UNBOUNDED PRECEDING)`;
  }

  async function totalsOf(from: Sql, where: Sql) {
    return rowOf(
      on,
      z.object({ accounts: bigintNumber, potential: bigintNumber, weighted: bigintNumber }),
      sql`SELECT COUNT(*) AS accounts, COALESCE(SUM(p.potential_minor), 0)::bigint AS potential,
                 COALESCE(SUM(p.weighted_minor), 0)::bigint AS weighted FROM ${from} WHERE ${where}`,
    );
  }

  return {
    async potentialBasis(snapshot) {
      const [row] = await rowsOf(
        on,
        z.object({ basis: optional(potentialParameters), listed: z.boolean() }),
        sql`SELECT parameters -> 'potential' AS basis,
              s.id >= ${oldestWithFigures(workspaceId)} AS listed
            FROM snapshot s WHERE s.workspace_id = ${workspaceId} AND s.id = ${snapshot.id}`,
      );
      return row?.basis && { ...row.basis, isListed: row.listed };
    },

    async potentials(snapshot, selection, page) {
      const { from, where } = selected(snapshot, selection);
      const everything = selected(snapshot, {});
      const seesAll = access.owners === "all";
      const place = seesAll
        ? sql`p.rank::bigint AS place, p.above_minor + p.potential_minor AS cumulative`
        : sql`placed.place, placed.cumulative`;
      const [whole, chosen, rows] = await Promise.all([
        totalsOf(everything.from, everything.where),
        totalsOf(from, where),
        rowsOf(
          on,
          potentialRow,
          sql`SELECT ${potentialColumns(access, snapshot)}, ${place}
              FROM ${from} ${seesAll ? empty : sql`JOIN (${placed(snapshot)}) placed ON placed.account_id = p.account_id`}
              WHERE ${where} ORDER BY p.rank ${rowsOfPage(page)}`,
        ),
      ]);
      return {
        rows: rows.map((row) => ({ ...toRow(row), rank: row.place, cumulativeMinor: row.cumulative })),
        accounts: chosen.accounts,
        potentialMinor: chosen.potential,
        whole: whole.potential,
        wholeAccounts: whole.accounts,
      };
    },

    async accountPotential(snapshot, accountId) {
      const { from, where } = selected(snapshot, {});
      const [row] = await rowsOf(
        on,
        accountRow,
        sql`SELECT ${potentialColumns(access, snapshot)}, p.probability, p.low AS chance_low, p.high AS chance_high,
                   p.weighted_minor,
                   (SELECT k.answer FROM prepared_answer k
                    WHERE k.workspace_id = ${workspaceId} AND k.snapshot_id = ${snapshot.id}
                      AND k.question = 'owned by kind ' || (p.reasons -> 0 ->> 'kind')) AS usual,
                   ARRAY(SELECT DISTINCT btrim(o.name) FROM (${productsOf(
                     access,
                     snapshot,
                     sql`(SELECT ${accountId}::uuid AS account_id) one`,
                   )}) o) AS owned
            FROM ${from} WHERE ${where} AND a.id = ${accountId}::uuid`,
      );
      if (!row) return undefined;
      const { probability, chance_low: low, chance_high: high, weighted_minor: weightedMinor } = row;
      const isProspect = probability !== undefined && low !== undefined && high !== undefined;
      return {
        ...toRow(row),
        whiteSpace: isProspect ? [] : row.usual.filter(({ product }) => !row.owned.includes(product)),
        chance: isProspect ? { probability, low, high, weightedMinor: weightedMinor ?? 0 } : undefined,
      };
    },

    async prospects(snapshot, selection, page) {
      const { from, where } = selected(snapshot, selection);
      const prospects = sql`${where} AND p.weighted_rank IS NOT NULL`;
      const [totals, rows] = await Promise.all([
        totalsOf(from, prospects),
        rowsOf(on, prospectRow, listedProspects(access, snapshot, { from, where: prospects }, page)),
      ]);
      return {
        rows: rows.map(toProspect),
        accounts: totals.accounts,
        potentialMinor: totals.potential,
        weightedMinor: totals.weighted,
      };
    },
  };
}

function potentialColumns(access: Access, snapshot: Snapshot): Sql {
  return sql`a.id AS account_id, a.name AS account, ${ownerName(access)} AS owner, p.tier::text, s.tier::text AS spend_tier,
    p.potential_minor, p.low_minor, p.high_minor, p.reasons,
    GREATEST(0, ROUND(s.year_minor * (
      SELECT (n.parameters -> 'potential' ->> 'margin')::numeric FROM snapshot n
      WHERE n.workspace_id = ${access.workspaceId} AND n.id = ${snapshot.id}) / 1000))::bigint AS margin_minor`;
}

const tier = z.enum(["A", "B", "C", "D"]);
const oneRow = z.object({
  account_id: z.string(),
  account: z.string(),
  owner: optional(z.string()),
  tier,
  spend_tier: optional(tier),
  potential_minor: bigintNumber,
  low_minor: bigintNumber,
  high_minor: bigintNumber,
  margin_minor: optional(bigintNumber),
  reasons: z.array(z.custom<PotentialReason>()),
});
const potentialRow = oneRow.extend({ place: bigintNumber, cumulative: z.unknown().transform(Number) });
const accountRow = oneRow.extend({
  probability: optional(z.number()),
  chance_low: optional(z.number()),
  chance_high: optional(z.number()),
  weighted_minor: optional(bigintNumber),
  usual: optional(z.array(z.custom<OwnedProduct>())).transform((usual) => usual ?? []),
  owned: z.array(z.string()),
});

function toRow(row: z.output<typeof oneRow>): Omit<PotentialRow, "rank" | "cumulativeMinor"> {
  return {
    ...{ accountId: row.account_id, account: row.account, owner: row.owner },
    ...{ tier: row.tier, spendTier: row.spend_tier, reasons: row.reasons },
    potentialMinor: row.potential_minor,
    lowMinor: row.low_minor,
    highMinor: row.high_minor,
    // GREATEST leaves out what is not known: a prospect would have brought nothing.
    marginMinor: row.spend_tier === undefined ? undefined : row.margin_minor,
  };
}
