import { z } from "zod";
import { createValuer } from "../core/value/value-accounts.ts";
import type { AccountHistory, ValueFit } from "../core/value/value-fit.ts";
import type { Access } from "./access.ts";
import { rowsOfPage } from "./page-of.ts";
import type { Selection, Snapshot } from "./reads.ts";
import { conditionsOf } from "./selection.ts";
import { allOf, bigintNumber, type Executor, optional, rowOf, rowsOf, type Sql, sql } from "./sql.ts";
import { heldAt } from "./standing-places.ts";
import { heldStandings } from "./standing-rows.ts";
import { storedBasis } from "./stored-basis.ts";
import type { ValuedAccount, ValueReads } from "./values.ts";
import { joinOwner, ownerName, visibleAccounts } from "./visibility.ts";

/** What accounts are expected to be worth. */
export function readValues(on: Executor, access: Access): ValueReads {
  const { workspaceId } = access;
  const seesAll = access.owners === "all";

  /** Listed values that the viewer may see, ranked among those: as the refresh ranked them where that is everybody's. */
  function ranked({ id }: Snapshot): Sql {
    const place = seesAll
      ? sql`v.rank::bigint AS place, v.above_minor + GREATEST(v.worth_minor, 0) AS cumulative`
      : sql`ROW_NUMBER() OVER place AS place, SUM(GREATEST(v.worth_minor, 0)) OVER place AS cumulative`;
    return sql`SELECT v.account_id, v.alive, v.expected, v.worth_minor, v.tier, v.rank, ${place}
      FROM account_value v JOIN account a ON a.workspace_id = v.workspace_id AND a.id = v.account_id
      WHERE v.workspace_id = ${workspaceId} AND v.snapshot_id = ${id} AND ${visibleAccounts(access)}
      ${seesAll ? sql`` : sql`WINDOW place AS (ORDER BY v.rank ROWS UNBOUNDED PRECEDING)`}`;
  }

  /** Without a look at each account where everybody's are seen. */
  function everything(snapshot: Snapshot): Sql {
    return seesAll
      ? sql`account_value v WHERE v.workspace_id = ${workspaceId} AND v.snapshot_id = ${snapshot.id}`
      : sql`(${ranked(snapshot)}) v`;
  }

  function matching(snapshot: Snapshot, { tier, ...others }: Selection): Sql {
    const conditions = [
      ...conditionsOf(access, snapshot, others, snapshot.window),
      ...(tier === undefined ? [] : [sql`v.tier = ${tier}::tier`]),
    ];
    return sql`(${ranked(snapshot)}) v
      JOIN account a ON a.workspace_id = ${workspaceId} AND a.id = v.account_id
      JOIN account_standing s ON s.workspace_id = ${workspaceId} AND s.account_id = v.account_id
        AND ${heldAt(sql`s`, snapshot.id)}
      ${joinOwner} WHERE ${allOf(conditions)}`;
  }

  async function isListed({ id }: Snapshot): Promise<boolean> {
    const [row] = await rowsOf(
      on,
      z.object({ rank: z.number() }),
      sql`SELECT v.rank FROM account_value v JOIN account a ON a.workspace_id = v.workspace_id AND a.id = v.account_id
          WHERE v.workspace_id = ${workspaceId} AND v.snapshot_id = ${id} AND ${visibleAccounts(access)} LIMIT 1`,
    );
    return row !== undefined;
  }

  return {
    async valueBasis(snapshot) {
      const [basis, listed] = await Promise.all([storedBasis(on, workspaceId, snapshot), isListed(snapshot)]);
      return basis && { ...basis, isListed: listed };
    },

    async values(snapshot, selection, page) {
      const isWhole = Object.keys(selection).length === 0;
      const [whole, selected, rows] = await Promise.all([
        rowOf(on, totalsRow, totalsOf(everything(snapshot))),
        isWhole ? undefined : rowOf(on, totalsRow, totalsOf(matching(snapshot, selection))),
        rowsOf(
          on,
          listedRow,
          sql`SELECT ${historyColumns}, ${ownerName(access)} AS owner, ${worthColumns}
              FROM ${matching(snapshot, selection)} ORDER BY v.rank ${rowsOfPage(page)}`,
        ),
      ]);
      const { accounts, worth } = selected ?? whole;
      return {
        rows: rows.map(toListed),
        accounts,
        worthMinor: worth,
        whole: whole.positive,
        wholeAccounts: whole.accounts,
      };
    },

    async accountValue(snapshot, accountId) {
      const [basis, [row]] = await Promise.all([
        storedBasis(on, workspaceId, snapshot),
        rowsOf(
          on,
          oneRow,
          sql`SELECT ${historyColumns}, ${ownerName(access)} AS owner, v.place AS rank, v.cumulative, v.tier::text
              FROM account a
              JOIN account_standing s ON s.workspace_id = a.workspace_id AND s.account_id = a.id
                AND ${heldAt(sql`s`, snapshot.id)}
              LEFT JOIN (${ranked(snapshot)}) v ON v.account_id = a.id
              ${joinOwner}
              WHERE ${visibleAccounts(access)} AND a.id = ${accountId}::uuid AND s.purchase_days > 0`,
        ),
      ]);
      if (!basis || !row) return undefined;
      const history = toHistory(row);
      return { ...toShown(row), ...history, ...valuerOf(basis, snapshot).value(history) };
    },

    async rfmThresholds(snapshot) {
      const [row] = await rowsOf(
        on,
        thresholdsRow,
        sql`SELECT percentile_disc(${fifths}::float[]) WITHIN GROUP (ORDER BY s.last_won_on)::text[] AS recency,
                   percentile_disc(${fifths}::float[]) WITHIN GROUP (ORDER BY s.purchase_days) AS frequency,
                   percentile_disc(${fifths}::float[]) WITHIN GROUP (ORDER BY s.value_minor)::float[] AS monetary
            FROM (${heldStandings(access, snapshot)}) s WHERE s.purchase_days > 0 HAVING COUNT(*) > 0`,
      );
      return row;
    },
  };
}

const fifths = [0.2, 0.4, 0.6, 0.8];

/** A valuer may have tables of its own, so it is made once for each fit, terms and day. */
const valuers = new WeakMap<ValueFit, Map<string, ReturnType<typeof createValuer>>>();

function valuerOf(
  { fit, terms }: NonNullable<Awaited<ReturnType<typeof storedBasis>>>,
  { asOf }: Pick<Snapshot, "asOf">,
): ReturnType<typeof createValuer> {
  const known = valuers.get(fit) ?? new Map<string, ReturnType<typeof createValuer>>();
  valuers.set(fit, known);
  const key = JSON.stringify([terms, asOf]);
  const valuer = known.get(key) ?? createValuer(fit, terms, asOf);
  known.set(key, valuer);
  return valuer;
}

function totalsOf(from: Sql): Sql {
  return sql`SELECT COUNT(*) AS accounts, COALESCE(SUM(v.worth_minor), 0)::bigint AS worth,
    COALESCE(SUM(GREATEST(v.worth_minor, 0)), 0)::bigint AS positive FROM ${from}`;
}

const historyColumns = sql`s.account_id, a.name AS account, s.tier::text AS spend_tier, s.value_minor AS spend,
  s.purchase_days, s.first_won_on::text, s.last_won_on::text, s.repeat_minor`;

const worthColumns = sql`v.place AS rank, v.cumulative, v.tier::text, v.alive, v.expected, v.worth_minor`;

const four = <Value extends z.ZodType>(value: Value) => z.tuple([value, value, value, value]);
const thresholdsRow = z.object({
  recency: four(z.string()),
  frequency: four(z.number()),
  monetary: four(z.number()),
});
const tier = z.enum(["A", "B", "C", "D"]);
const totalsRow = z.object({ accounts: bigintNumber, worth: bigintNumber, positive: bigintNumber });

const oneRow = z.object({
  account_id: z.string(),
  account: z.string(),
  owner: optional(z.string()),
  spend_tier: tier,
  spend: bigintNumber,
  purchase_days: z.number(),
  first_won_on: z.string(),
  last_won_on: z.string(),
  repeat_minor: bigintNumber,
  rank: optional(bigintNumber),
  cumulative: z.unknown().transform((value) => (value === null ? undefined : Number(value))),
  tier: optional(tier),
});

const listedRow = oneRow.extend({
  alive: optional(z.number()),
  expected: z.number(),
  worth_minor: bigintNumber,
});

function toListed(row: z.output<typeof listedRow>): ValuedAccount {
  return {
    ...toShown(row),
    ...toHistory(row),
    alive: row.alive,
    expected: row.expected,
    worthMinor: row.worth_minor,
  };
}

function toHistory(row: z.output<typeof oneRow>): AccountHistory {
  return {
    purchaseDays: row.purchase_days,
    firstOn: row.first_won_on,
    lastOn: row.last_won_on,
    repeatMinor: row.repeat_minor,
  };
}

function toShown(row: z.output<typeof oneRow>) {
  return {
    accountId: row.account_id,
    account: row.account,
    owner: row.owner,
    rank: row.rank,
    cumulativeWorth: row.cumulative,
    tier: row.tier,
    spendTier: row.spend_tier,
    spend: row.spend,
  };
}
