import { z } from "zod";
import type { OutlookAccount } from "../core/outlook/outlook-input.ts";
import type { Access } from "./access.ts";
import type { OutlookReads } from "./outlook.ts";
import type { Selection, Snapshot } from "./reads.ts";
import { conditionsOf } from "./selection.ts";
import { allOf, bigintNumber, type Executor, rowOf, rowsOf, type Sql, sql } from "./sql.ts";
import { heldAt } from "./standing-places.ts";
import { visibleAccounts } from "./visibility.ts";

/** Accounts of a portfolio that are simulated at most, and how many of them are those of largest worth. */
const [MOST, LARGEST] = [1_000, 400];
/** First purchases that say what newcomers buy. */
const MOST_FIRST = 500;

/** What an outlook is simulated from. */
export function readOutlook(on: Executor, access: Access): OutlookReads {
  const { workspaceId } = access;

  /** Everything selected, as a source of `s` and `a` that takes more conditions. */
  function everybody(snapshot: Snapshot, selection: Selection): Sql {
    return sql`account_standing s JOIN account a ON a.workspace_id = s.workspace_id AND a.id = s.account_id
      WHERE ${visibleAccounts(access)} AND s.workspace_id = ${workspaceId} AND ${heldAt(sql`s`, snapshot.id)}
        AND ${allOf(conditionsOf(access, snapshot, selection, snapshot.window))}`;
  }

  /** Those of them that ever bought. */
  const customers = (snapshot: Snapshot, selection: Selection) =>
    sql`${everybody(snapshot, selection)} AND ${hasBought}`;

  async function largestOf(snapshot: Snapshot, from: Sql) {
    const largest = await rowsOf(
      on,
      accountRow,
      sql`SELECT ${columns} FROM (SELECT s.* FROM ${from}) s
          LEFT JOIN account_value v ON v.workspace_id = s.workspace_id AND v.account_id = s.account_id
            AND v.snapshot_id = ${snapshot.id}
          ORDER BY v.worth_minor DESC NULLS LAST, s.value_minor DESC, s.account_id LIMIT ${LARGEST}`,
    );
    const ids = largest.map(({ account_id }) => account_id);
    // Ids are hashes, so that the first of them are as good as drawn.
    const others = await rowsOf(
      on,
      accountRow,
      sql`SELECT ${columns} FROM ${from} AND s.account_id <> ALL(${ids}::uuid[])
          ORDER BY s.account_id LIMIT ${MOST - LARGEST}`,
    );
    return { largest, others };
  }

  return {
    async outlookBasis(snapshot, selection, newAfter) {
      const from = customers(snapshot, selection);
      const isNew =
        newAfter === undefined ? sql`FALSE` : sql`${hasBought} AND s.first_won_on > ${newAfter}::date`;
      const [totals, won] = await Promise.all([
        rowOf(
          on,
          totalsRow,
          sql`SELECT COUNT(*) FILTER (WHERE ${hasBought}) AS customers, COALESCE(SUM(s.year_minor), 0)::bigint AS "yearMinor",
                COUNT(*) FILTER (WHERE s.year_before_minor > 0) AS "boughtBefore",
                COUNT(*) FILTER (WHERE s.year_before_minor > 0 AND s.year_minor > 0) AS "boughtAgain",
                COUNT(*) FILTER (WHERE ${isNew}) AS won,
                COALESCE(SUM(s.year_minor) FILTER (WHERE ${isNew}), 0)::bigint AS "wonYearMinor"
              FROM ${everybody(snapshot, selection)}`,
        ),
        rowsOf(
          on,
          z.object({ first_minor: bigintNumber }),
          sql`SELECT s.year_minor - s.repeat_minor AS first_minor FROM ${from} AND ${isNew}
              ORDER BY s.account_id LIMIT ${MOST_FIRST}`,
        ),
      ]);
      const firstPurchases = won.map(({ first_minor }) => first_minor);
      if (totals.customers <= MOST) {
        const all = await rowsOf(on, accountRow, sql`SELECT ${columns} FROM ${from} ORDER BY s.account_id`);
        return { totals, firstPurchases, accounts: all.map((row) => toAccount(row, 1)) };
      }
      const { largest, others } = await largestOf(snapshot, from);
      const weight = (totals.customers - largest.length) / others.length;
      return {
        totals,
        firstPurchases,
        accounts: [
          ...largest.map((row) => toAccount(row, 1)),
          ...others.map((row) => toAccount(row, weight)),
        ],
      };
    },

    async outlookAccount(snapshot, selection, accountId) {
      const [row] = await rowsOf(
        on,
        accountRow,
        sql`SELECT ${columns} FROM ${customers(snapshot, selection)} AND s.account_id = ${accountId}::uuid`,
      );
      return row && toAccount(row, 1);
    },
  };
}

const hasBought = sql`s.purchase_days > 0`;
const columns = sql`s.account_id, s.purchase_days, s.first_won_on::text, s.last_won_on::text, s.repeat_minor, s.year_minor`;

const accountRow = z.object({
  account_id: z.string(),
  purchase_days: z.number(),
  first_won_on: z.string(),
  last_won_on: z.string(),
  repeat_minor: bigintNumber,
  year_minor: bigintNumber,
});

const totalsRow = z.object({
  customers: bigintNumber,
  yearMinor: bigintNumber,
  boughtBefore: bigintNumber,
  boughtAgain: bigintNumber,
  won: bigintNumber,
  wonYearMinor: bigintNumber,
});

function toAccount(row: z.output<typeof accountRow>, weight: number): OutlookAccount {
  return {
    accountId: row.account_id,
    weight,
    purchaseDays: row.purchase_days,
    firstOn: row.first_won_on,
    lastOn: row.last_won_on,
    repeatMinor: row.repeat_minor,
    yearMinor: row.year_minor,
  };
}
