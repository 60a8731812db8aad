import { z } from "zod";
import { type CoverageLevel, coverageLevels } from "../core/coverage/levels.ts";
import {
  type AccountRole,
  accountRoles,
  neededRoles,
  type Segment,
  segments,
} from "../core/coverage/raci.ts";
import type { Access } from "./access.ts";
import type { CoverageReads, RoleColumns } from "./coverage.ts";
import { rowsOfPage } from "./page-of.ts";
import {
  level,
  placeOf,
  selectedAccounts,
  servedAccounts,
  servedColumns,
  servedRow,
  toServed,
} from "./served-accounts.ts";
import { bigintNumber, type Executor, join, optional, rowOf, rowsOf, type Sql, sql } from "./sql.ts";

/** How accounts are served, and how they should be. */
export function readCoverage(on: Executor, access: Access): CoverageReads {
  return {
    async coverageFigures(snapshot, selection, basis) {
      const selected = selectedAccounts(access, snapshot, selection);
      const served = await servedAccounts(on, access, snapshot, selected, basis);
      const [cells, hours] = await Promise.all([
        rowsOf(
          on,
          cellRow,
          sql`SELECT v.level, v.actual, COUNT(*) AS accounts, COUNT(*) FILTER (WHERE v.tier IS NULL) AS prospects,
                COUNT(*) FILTER (WHERE v.owner_id IS NULL) AS unowned,
                COUNT(*) FILTER (WHERE v.tier <> v.previous_tier) AS moved, SUM(v.stake)::bigint AS stake
              FROM ${served} v GROUP BY v.level, v.actual ORDER BY ${placeOf(sql`v.level`)}, ${placeOf(sql`v.actual`)}`,
        ),
        rowOf(
          on,
          z.object({ noted: bigintNumber, known: bigintNumber }),
          sql`SELECT COUNT(v.hours) AS noted, COUNT(*) FILTER (WHERE v.is_known) AS known FROM ${served} v`,
        ),
      ]);
      return { cells, withHours: hours.noted, withKnownHours: hours.known };
    },

    async coverageGaps(snapshot, selection, basis, page) {
      const selected = selectedAccounts(access, snapshot, selection);
      const served = await servedAccounts(on, access, snapshot, selected, basis);
      const gaps = sql`${served} v WHERE (v.owner_id IS NULL AND v.level <> 'self-serve') OR v.actual <> v.level`;
      const [rows, { total }] = await Promise.all([
        rowsOf(
          on,
          servedRow,
          sql`SELECT ${servedColumns} FROM ${gaps} ORDER BY v.stake DESC, v.account_id ${rowsOfPage(page)}`,
        ),
        rowOf(on, z.object({ total: bigintNumber }), sql`SELECT COUNT(*) AS total FROM ${gaps}`),
      ]);
      return { rows: rows.map(toServed), total };
    },

    async coverageLoads(snapshot, selection, basis) {
      const selected = selectedAccounts(access, snapshot, selection);
      const rows = await rowsOf(
        on,
        loadRow,
        sql`SELECT v.owner, ARRAY[${join(
          coverageLevels.map((named) => sql`COUNT(*) FILTER (WHERE v.level = ${named})`),
          ", ",
        )}]::int[] AS accounts, SUM(v.stake)::bigint AS stake
            FROM ${await servedAccounts(on, access, snapshot, selected, basis)} v
            GROUP BY v.owner${access.anonymous ? sql`` : sql`, v.owner_id`} ORDER BY stake DESC, v.owner`,
      );
      return rows.map(({ accounts, ...own }) => ({ ...own, owner: own.owner, accounts: byLevel(accounts) }));
    },

    async missingRoles(snapshot, selection, columns) {
      const { from, where } = selectedAccounts(access, snapshot, selection);
      const missing = missingConditions(columns);
      const rows = await rowsOf(
        on,
        gapsRow,
        sql`SELECT COALESCE(s.tier::text, 'prospect') AS segment, COUNT(*) AS accounts, ARRAY[${join(
          accountRoles.map((role) => sql`COUNT(*) FILTER (WHERE ${missing[role]})`),
          ", ",
        )}]::int[] AS missing
            FROM ${from} WHERE ${where} GROUP BY 1 ORDER BY 1`,
      );
      return rows.map(({ missing: counts, ...own }) => ({ ...own, missing: byRole(counts) }));
    },

    async servedAccount(snapshot, accountId, basis, columns) {
      const { from, where } = selectedAccounts(access, snapshot, {});
      const one = { from, where: sql`${where} AND a.id = ${accountId}::uuid` };
      const missing = missingConditions(columns);
      const [[row], [roles]] = await Promise.all([
        rowsOf(
          on,
          servedRow,
          sql`SELECT ${servedColumns} FROM ${await servedAccounts(on, access, snapshot, one, basis)} v`,
        ),
        rowsOf(
          on,
          z.object({ missing: z.array(z.boolean()) }),
          sql`SELECT ARRAY[${join(
            accountRoles.map((role) => missing[role]),
            ", ",
          )}] AS missing FROM ${from} WHERE ${one.where}`,
        ),
      ]);
      if (!row || !roles) return undefined;
      const account = toServed(row);
      const needed = neededRoles(account.tier ?? "prospect");
      return {
        ...account,
        missing: accountRoles.filter((role, place) => roles.missing[place] && needed.includes(role)),
      };
    },
  };
}

/** For each role, whether nobody has it on `account a` with its owner `r`. */
function missingConditions(columns: RoleColumns): Readonly<Record<AccountRole, Sql>> {
  const unnamed = (column: string | undefined) =>
    column === undefined ? sql`TRUE` : sql`COALESCE(TRIM(a.custom ->> ${column}), '') = ''`;
  return {
    owner: sql`a.owner_record_id IS NULL`,
    manager: sql`COALESCE(TRIM(r.manager), '') = ''`,
    service: unnamed(columns.service),
    sponsor: unnamed(columns.sponsor),
  };
}

function byLevel(counts: readonly number[]) {
  return Object.fromEntries(coverageLevels.map((named, place) => [named, counts[place] ?? 0])) as Record<
    CoverageLevel,
    number
  >;
}

function byRole(counts: readonly number[]) {
  return Object.fromEntries(accountRoles.map((role, place) => [role, counts[place] ?? 0])) as Record<
    AccountRole,
    number
  >;
}

const cellRow = z.object({
  level,
  actual: optional(level),
  accounts: bigintNumber,
  prospects: bigintNumber,
  unowned: bigintNumber,
  moved: bigintNumber,
  stake: bigintNumber,
});
const loadRow = z.object({ owner: optional(z.string()), accounts: z.array(z.number()), stake: bigintNumber });
const gapsRow = z.object({
  segment: z.enum(segments as readonly [Segment, ...Segment[]]),
  accounts: bigintNumber,
  missing: z.array(z.number()),
});
