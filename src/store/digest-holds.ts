import { z } from "zod";
import { waveNames } from "../core/offers/offer.ts";
import type { Access } from "./access.ts";
import { byPlace, holdersTable, joinOwners, placesOf } from "./digest-parties.ts";
import type { DigestReads } from "./digest-reads.ts";
import { exclusionsOf, momentOf } from "./offer-exclusions.ts";
import { joinVisible } from "./offer-waves.ts";
import { conditionsOf } from "./selection.ts";
import { allOf, bigintNumber, type Executor, optional, rowsOf, sql } from "./sql.ts";
import { heldAt } from "./standing-places.ts";
import { visibleAccounts } from "./visibility.ts";

/** What waits for many people at once: complaints, overdue payments, and accounts of open waves. */
export function readDigestHolds(
  on: Executor,
  access: Access,
): Pick<DigestReads, "openHoldsOf" | "openTasksOf"> {
  const { workspaceId, timeZone } = access;
  return {
    async openHoldsOf(snapshot, selection, about, now, most) {
      const moment = momentOf(access, now);
      const rows = await rowsOf(
        on,
        holdRow,
        sql`WITH held AS (
              SELECT DISTINCT d.place, x.exclusion ->> 'code' AS kind, a.id, a.name
              FROM account a ${joinOwners(about)}
              LEFT JOIN account_standing s ON s.workspace_id = a.workspace_id AND s.account_id = a.id
                AND ${heldAt(sql`s`, snapshot.id)}
              CROSS JOIN LATERAL jsonb_array_elements(
                ${exclusionsOf(access, moment, sql`NULL::int`, sql`NULL::jsonb`)}) AS x(exclusion)
              WHERE ${visibleAccounts(access)} AND x.exclusion ->> 'code' IN ('complaint', 'overdue')
                AND (a.custom <> '{}' OR EXISTS (SELECT FROM account_hold h
                       WHERE h.workspace_id = a.workspace_id AND h.account_id = a.id AND h.ended_at IS NULL))
                AND ${allOf(conditionsOf(access, snapshot, selection, snapshot.window))}),
            begun AS (
              SELECT held.*, (SELECT MIN((h.created_at AT TIME ZONE ${timeZone})::date) FROM account_hold h
                              WHERE h.workspace_id = ${workspaceId} AND h.account_id = held.id
                                AND h.kind::text = held.kind AND h.ended_at IS NULL) AS since
              FROM held)
            SELECT * FROM (
              SELECT place, kind, id AS "accountId", name AS account, since::text,
                     COUNT(*) OVER (PARTITION BY place, kind) AS accounts,
                     ROW_NUMBER() OVER (PARTITION BY place, kind ORDER BY since DESC NULLS LAST, name, id) AS nth
              FROM begun) n
            WHERE nth <= ${most}::int ORDER BY place, kind, nth`,
      );
      return byPlace(rows, placesOf(about)).map((own) => ({
        complaints: own.find(({ kind }) => kind === "complaint")?.accounts ?? 0,
        overdue: own.find(({ kind }) => kind === "overdue")?.accounts ?? 0,
        rows: own.map(({ kind, accountId, account, since }) => ({ kind, accountId, account, since })),
      }));
    },

    async openTasksOf(people, now) {
      const moment = momentOf(access, now);
      const rows = await rowsOf(
        on,
        taskRow,
        sql`SELECT d.place, m.offer_id AS "offerId", m.wave::text, COUNT(*) AS open
            FROM offer_account m
            JOIN ${holdersTable(people)} ON d.key = m.holder_key
            JOIN offer o ON o.workspace_id = m.workspace_id AND o.id = m.offer_id AND o.closed_at IS NULL
            JOIN offer_wave w ON w.workspace_id = m.workspace_id AND w.offer_id = m.offer_id AND w.wave = m.wave
              AND w.status = 'open'
            ${joinVisible(access)}
            WHERE m.workspace_id = ${workspaceId} AND m.status = 'held' AND NOT m.is_hold_out
              AND (m.held_until IS NULL OR m.held_until > ${now})
              AND ${exclusionsOf(access, moment, sql`m.offer_id`, sql`m.owns`)} = '[]'
            GROUP BY d.place, m.offer_id, m.wave ORDER BY d.place, open DESC, m.offer_id, m.wave`,
      );
      return byPlace(rows, people.length).map((own) => own.map(({ place: _, ...task }) => task));
    },
  };
}

const holdRow = z.object({
  place: z.number(),
  kind: z.enum(["complaint", "overdue"]),
  accountId: z.string(),
  account: z.string(),
  since: optional(z.string()),
  accounts: bigintNumber,
});

const taskRow = z.object({
  place: z.number(),
  offerId: z.number(),
  wave: z.enum(waveNames),
  open: bigintNumber,
});
