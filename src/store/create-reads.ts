import { z } from "zod";
import type { Window } from "../core/calendar.ts";
import { cleanText, matchNames, nameKey } from "../core/names.ts";
import type { Reason } from "../core/reasons.ts";
import type { Database } from "./connect.ts";
import type { Column, Selection, Snapshot, SnapshotTotals, StandingRow, StoreReads } from "./reads.ts";
import { inCurrency, inWindow, joinAccount, spendOf, spendRow, toSpend } from "./spend.ts";
import { allOf, bigintNumber, empty, optional, rowOf, rowsOf, type Sql, sql } from "./sql.ts";
import type { Viewer } from "./viewer.ts";
import { visibleAccounts } from "./visibility.ts";

/** How similar some words of a name must be to what was typed to be offered (pg_trgm's `word_similarity`). */
const SIMILAR_ENOUGH = 0.4;
const NEAR_LIMIT = 5;

/** The rep who owns `account a`, as `r`. */
const joinOwner = sql`LEFT JOIN current_rep_record r
  ON r.workspace_id = a.workspace_id AND r.source_record_id = a.owner_record_id`;

/** What `standingRow` reads of a ranked standing `s` of `account a`, without the owner's name. */
const standingColumns = sql`s.rank, s.account_id, a.name AS account, s.tier::text, s.previous_tier::text,
  s.value_minor, s.previous_value_minor, s.cumulative, s.wins, s.first_won_on::text, s.last_won_on::text, s.reasons`;

export function createReads(database: Database, viewer: Viewer): StoreReads {
  const workspace = viewer.workspaceId;
  const visible = visibleAccounts(viewer);

  const reads: StoreReads = {
    async snapshot(id) {
      const row = (
        await rowsOf(
          database,
          snapshotRow,
          sql`SELECT id, created_at, as_of::text, window_after::text, currency, parameters, totals FROM snapshot
              WHERE workspace_id = ${workspace} AND status = 'ready' ${id === undefined ? empty : sql`AND id = ${id}`}
              ORDER BY id DESC LIMIT 1`,
        )
      )[0];
      if (!row) return undefined;
      return {
        id: row.id,
        createdAt: row.created_at,
        asOf: row.as_of,
        window: { after: row.window_after, until: row.as_of },
        previousUntil: row.parameters.previousUntil,
        currency: row.currency,
        cuts: row.parameters.cuts,
        totals: row.totals as unknown as SnapshotTotals,
      };
    },

    async standings(snapshot, selection, page) {
      const whole = ranked(snapshot);
      const conditions = allOf(conditionsOf(selection, snapshot.window));
      const totals = await rowOf(
        database,
        z.object({
          accounts: bigintNumber,
          value: bigintNumber,
          whole: bigintNumber,
          whole_accounts: bigintNumber,
        }),
        sql`WITH ranked AS (${whole}), matching AS (
              SELECT s.value_minor FROM ranked s JOIN account a ON a.workspace_id = ${workspace} AND a.id = s.account_id
              WHERE ${conditions})
            SELECT (SELECT COUNT(*) FROM matching) AS accounts,
                   (SELECT COALESCE(SUM(value_minor), 0)::bigint FROM matching) AS value,
                   (SELECT COALESCE(SUM(GREATEST(value_minor, 0)), 0)::bigint FROM ranked) AS whole,
                   (SELECT COUNT(*) FROM ranked) AS whole_accounts`,
      );
      const rows = await rowsOf(
        database,
        standingRow,
        sql`WITH ranked AS (${whole})
            SELECT ${standingColumns}, r.name AS owner
            FROM ranked s JOIN account a ON a.workspace_id = ${workspace} AND a.id = s.account_id
            ${joinOwner}
            WHERE ${conditions} ORDER BY s.rank
            ${page.limit === undefined ? empty : sql`LIMIT ${page.limit}`} OFFSET ${page.offset}`,
      );
      return {
        rows: rows.map(toStanding),
        accounts: totals.accounts,
        value: totals.value,
        whole: totals.whole,
        wholeAccounts: totals.whole_accounts,
      };
    },

    async spend(snapshot, selection, window, within) {
      const rows = await rowsOf(
        database,
        spendRow,
        sql`SELECT s.account_id, b.first_won_on::text, b.last_won_on::text, b.value, 0::bigint AS previous_value,
                   b.wins::int AS wins, ${groupOf(within)} AS "group"
            FROM (${spendOf(workspace, snapshot.currency, snapshot.asOf, window, window)}) b
            JOIN (${ranked(snapshot)}) s ON s.account_id = b.account_id
            JOIN account a ON a.workspace_id = ${workspace} AND a.id = b.account_id
            ${joinOwner}
            WHERE ${allOf(conditionsOf(selection, window))}`,
      );
      return rows.map(toSpend);
    },

    async labels(accountIds) {
      const rows = await rowsOf(
        database,
        z.object({ id: z.string(), name: z.string(), owner: optional(z.string()) }),
        sql`SELECT a.id, a.name, r.name AS owner FROM account a
            ${joinOwner}
            WHERE ${visible} AND a.id = ANY(${accountIds}::uuid[])`,
      );
      return new Map(rows.map(({ id, name, owner }) => [id, { name, owner }]));
    },

    async findAccounts(text) {
      const typed = cleanText(text);
      const key = nameKey(typed);
      const found = await rowsOf(
        database,
        z.object({ id: z.string(), name: z.string() }),
        sql`SELECT a.id, a.name FROM account a
            WHERE ${visible} AND (a.name_key = ${key} OR lower(a.name) = lower(${typed})
              OR a.name ILIKE ${`%${escapeLike(typed)}%`} OR word_similarity(${typed}, a.name) >= ${SIMILAR_ENOUGH})
            ORDER BY (a.name_key = ${key} AND ${key} <> '') DESC, word_similarity(${typed}, a.name) DESC,
                     similarity(a.name, ${typed}) DESC, a.name, a.id
            LIMIT 50`,
      );
      const best = matchNames(typed, found, ({ name }) => name);
      const match = best.length === 1 ? best[0] : undefined;
      return { match, near: (best.length > 1 ? best : found).slice(0, NEAR_LIMIT) };
    },

    async account(snapshot, accountId) {
      const row = (
        await rowsOf(
          database,
          detailRow,
          sql`SELECT a.id, a.name, a.domain, a.industry, a.region, a.created_on::text, a.custom,
                     r.source_record_id AS owner_id, r.name AS owner_name, r.email AS owner_email, r.team AS owner_team,
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
                       COALESCE(SUM(o.amount_minor) FILTER (WHERE o.status = 'open' AND ${inCurrency(snapshot.currency)}), 0)::bigint AS open_value,
                       COUNT(*) FILTER (WHERE o.status = 'won') AS won_count,
                       COALESCE(SUM(o.amount_minor) FILTER (WHERE o.status = 'won' AND ${inCurrency(snapshot.currency)}), 0)::bigint AS won_value,
                       COUNT(*) FILTER (WHERE o.status = 'lost') AS lost_count,
                       MAX(CASE WHEN o.status = 'open' THEN o.created_on ELSE o.close_on END)::text AS newest
                FROM current_opportunity o
                ${joinAccount}
                WHERE m.workspace_id = a.workspace_id AND m.account_id = a.id) f
              WHERE ${visible} AND a.id = ${accountId}::uuid`,
        )
      )[0];
      if (!row) return undefined;
      const [standing, products] = await Promise.all([
        rowsOf(
          database,
          standingRow,
          sql`WITH ranked AS (${ranked(snapshot)})
              SELECT ${standingColumns}, NULL AS owner
              FROM ranked s JOIN account a ON a.workspace_id = ${workspace} AND a.id = s.account_id
              WHERE s.account_id = ${accountId}::uuid`,
        ),
        rowsOf(
          database,
          z.object({ name: z.string(), value: bigintNumber }),
          sql`SELECT p.name, COALESCE(SUM(o.amount_minor), 0)::bigint AS value
              FROM current_opportunity o
              ${joinAccount}
              JOIN current_product_record p ON p.workspace_id = o.workspace_id AND p.source_record_id = o.product_record_id
              WHERE m.workspace_id = ${workspace} AND m.account_id = ${accountId}::uuid AND o.status = 'won'
                AND ${inCurrency(snapshot.currency)}
              GROUP BY p.name ORDER BY value DESC, p.name`,
        ),
      ]);
      return {
        id: row.id,
        name: row.name,
        domain: row.domain,
        industry: row.industry,
        region: row.region,
        createdOn: row.created_on,
        custom: row.custom,
        owner:
          row.owner_id === undefined
            ? undefined
            : { id: row.owner_id, name: row.owner_name ?? "", email: row.owner_email, team: row.owner_team },
        standing: standing[0] && toStanding(standing[0]),
        open: { opportunities: row.open_count, value: row.open_value },
        won: { opportunities: row.won_count, value: row.won_value },
        lost: { opportunities: row.lost_count },
        products,
        sources: row.sources,
        newestFactOn: row.newest,
      };
    },

    async purchases(accountId, window, currency, limit) {
      const rows = await rowsOf(
        database,
        z.object({
          id: z.string(),
          name: optional(z.string()),
          product: optional(z.string()),
          value: bigintNumber,
          won_on: z.string(),
        }),
        sql`SELECT o.external_id AS id, o.name, p.name AS product, o.amount_minor AS value, o.close_on::text AS won_on
            FROM current_opportunity o
            ${joinAccount}
            JOIN account a ON a.workspace_id = m.workspace_id AND a.id = m.account_id
            LEFT JOIN current_product_record p ON p.workspace_id = o.workspace_id AND p.source_record_id = o.product_record_id
            WHERE ${visible} AND a.id = ${accountId}::uuid AND o.status = 'won' AND o.amount_minor IS NOT NULL
              AND ${inCurrency(currency)} AND ${inWindow(window)}
            ORDER BY o.amount_minor DESC, o.close_on DESC, o.external_id LIMIT ${limit}`,
      );
      return rows.map(({ won_on, ...row }) => ({ ...row, wonOn: won_on }));
    },

    async reps() {
      return rowsOf(
        database,
        z.object({
          id: z.string(),
          name: z.string(),
          email: optional(z.string()),
          team: optional(z.string()),
        }),
        sql`SELECT source_record_id AS id, name, email, team FROM current_rep_record
            WHERE workspace_id = ${workspace} ORDER BY name, source_record_id`,
      );
    },

    async products() {
      return rowsOf(
        database,
        z.object({ id: z.string(), name: z.string() }),
        sql`SELECT source_record_id AS id, name FROM current_product_record
            WHERE workspace_id = ${workspace} ORDER BY name, source_record_id`,
      );
    },
  };
  return reads;

  /** Standings of a snapshot that the viewer may see, with their rank and running sum among those. */
  function ranked(snapshot: Snapshot): Sql {
    return sql`SELECT v.*, ROW_NUMBER() OVER place AS rank,
                      SUM(GREATEST(v.value_minor, 0)) OVER place AS cumulative
               FROM account_standing v JOIN account a ON a.workspace_id = v.workspace_id AND a.id = v.account_id
               WHERE v.workspace_id = ${workspace} AND ${visible}
                 AND v.valid_from <= ${snapshot.id} AND (v.valid_to IS NULL OR v.valid_to > ${snapshot.id})
               WINDOW place AS (ORDER BY v.value_minor DESC, v.account_id ROWS UNBOUNDED PRECEDING)`;
  }

  /** The selection as conditions on `account a` and its standing `s`. */
  function conditionsOf(selection: Selection, window: Window): readonly Sql[] {
    const { tier, from, direction, ownerIds, productIds, industry, region, cohort, quietSince } = selection;
    return [
      ...(tier === undefined ? [] : [sql`s.tier = ${tier}::tier`]),
      ...(from === undefined ? [] : [sql`s.previous_tier = ${from}::tier AND s.tier <> ${from}::tier`]),
      ...(direction === "up" ? [sql`s.tier < s.previous_tier`] : []),
      ...(direction === "down" ? [sql`s.tier > s.previous_tier`] : []),
      ...(ownerIds === undefined ? [] : [sql`a.owner_record_id = ANY(${ownerIds}::uuid[])`]),
      ...(industry === undefined ? [] : [sql`a.industry = ${industry}`]),
      ...(region === undefined ? [] : [sql`a.region = ${region}`]),
      ...(cohort === undefined
        ? []
        : [sql`s.first_won_on BETWEEN ${cohort.first}::date AND ${cohort.last}::date`]),
      ...(quietSince === undefined ? [] : [sql`s.last_won_on <= ${quietSince}::date`]),
      ...(selection.columns ?? []).map(
        ({ column, value }) => sql`lower(a.custom ->> ${column}) = lower(${value})`,
      ),
      ...(productIds === undefined
        ? []
        : [
            sql`EXISTS (SELECT FROM current_opportunity o
                ${joinAccount}
                WHERE o.workspace_id = ${workspace} AND m.account_id = a.id AND o.status = 'won'
                  AND o.product_record_id = ANY(${productIds}::uuid[]) AND ${inWindow(window)})`,
          ]),
    ];
  }
}

function groupOf(within: Column | undefined): Sql {
  if (within === undefined) return sql`NULL`;
  if (within === "industry") return sql`a.industry`;
  if (within === "region") return sql`a.region`;
  return within === "owner" ? sql`r.name` : sql`a.custom ->> ${within.custom}`;
}

function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, "\\$&");
}

const snapshotRow = z.object({
  id: z.number(),
  created_at: z.date(),
  as_of: z.string(),
  window_after: z.string(),
  currency: z.string(),
  parameters: z.object({
    previousUntil: z.string(),
    cuts: z.object({ A: z.number(), B: z.number(), C: z.number() }),
  }),
  totals: z.record(z.string(), z.unknown()),
});

const tier = z.enum(["A", "B", "C", "D"]);

const standingRow = z.object({
  rank: bigintNumber,
  account_id: z.string(),
  account: z.string(),
  owner: optional(z.string()),
  tier,
  previous_tier: optional(tier),
  value_minor: bigintNumber,
  previous_value_minor: bigintNumber,
  cumulative: z.unknown().transform(Number),
  wins: z.number(),
  first_won_on: z.string(),
  last_won_on: z.string(),
  reasons: z.array(z.custom<Reason>()),
});

function toStanding(row: z.output<typeof standingRow>): StandingRow {
  return {
    rank: row.rank,
    accountId: row.account_id,
    account: row.account,
    owner: row.owner,
    tier: row.tier,
    previousTier: row.previous_tier,
    value: row.value_minor,
    previousValue: row.previous_value_minor,
    cumulativeValue: row.cumulative,
    wins: row.wins,
    firstWonOn: row.first_won_on,
    lastWonOn: row.last_won_on,
    reasons: row.reasons,
  };
}

const detailRow = z.object({
  id: z.string(),
  name: z.string(),
  domain: optional(z.string()),
  industry: optional(z.string()),
  region: optional(z.string()),
  created_on: optional(z.string()),
  custom: z.record(z.string(), z.string()),
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
