import { z } from "zod";
import { workerKeys } from "../core/worker-keys.ts";
import type { Access } from "./access.ts";
import { type BulkColumn, rowsAsTable } from "./bulk.ts";
import { byPlace, placesOf } from "./digest-parties.ts";
import type { About, DigestPerson, DigestReads } from "./digest-reads.ts";
import { joinVisible } from "./offer-waves.ts";
import type { Selection, Snapshot } from "./reads.ts";
import { conditionsOf } from "./selection.ts";
import { allOf, bigintNumber, type Executor, empty, rowsOf, type Sql, sql } from "./sql.ts";
import { heldAt } from "./standing-places.ts";

type Settling = Parameters<DigestReads["settled"]>[0][number];

/** What became of what many people were shown, and what they did besides. */
export function readDigestResults(on: Executor, access: Access): Pick<DigestReads, "settled" | "resultsOf"> {
  const { workspaceId } = access;

  /** Selected accounts; a join of their standing, and conditions. */
  function selected(snapshot: Snapshot, selection: Selection): { readonly join: Sql; readonly where: Sql } {
    return {
      join: sql`LEFT JOIN account_standing s ON s.workspace_id = a.workspace_id AND s.account_id = a.id
                  AND ${heldAt(sql`s`, snapshot.id)}`,
      where: allOf(conditionsOf(access, snapshot, selection, snapshot.window)),
    };
  }

  return {
    async settled(actions) {
      if (actions.length === 0) return [];
      const shown = sql`shown AS MATERIALIZED (SELECT DISTINCT * FROM ${rowsAsTable(actions, shownColumns)})`;
      return rowsOf(
        on,
        settledRow,
        sql`WITH ${shown}
            SELECT m.action_id AS "actionId", m.answer::text AS how, m.at
            FROM action_answer m ${joinVisible(access)}
            WHERE m.workspace_id = ${workspaceId} AND m.ended_at IS NULL AND m.action_id IN (SELECT id FROM shown)
            UNION ALL
            SELECT shown.id, CASE WHEN m.status = 'skipped' THEN 'not-relevant' ELSE 'done' END, m.resolved_at
            FROM shown
            JOIN offer_account m ON m.workspace_id = ${workspaceId} AND m.account_id = shown.account_id
              AND m.offer_id::text = shown.subject
            ${joinVisible(access)}
            WHERE shown.kind = 'offer' AND m.status IN ('won', 'lost', 'no-reply', 'skipped') AND m.resolved_at IS NOT NULL
            UNION ALL
            SELECT shown.id, 'done', m.ended_at
            FROM shown
            JOIN account_hold m ON m.workspace_id = ${workspaceId} AND m.account_id = shown.account_id
              AND m.id::text = shown.subject
            ${joinVisible(access)}
            WHERE shown.kind = 'complaint' AND m.ended_at IS NOT NULL`,
      );
    },

    async resultsOf(snapshot, selection, about, since) {
      const { join, where } = selected(snapshot, selection);
      const answers = await rowsOf(
        on,
        answerRow,
        sql`SELECT d.place, m.action_id AS "actionId", m.answer::text AS how, m.at, m.value_minor AS "valueMinor",
                   m.currency::text
            FROM ${begunBy(about, since, ({ signature }) => [signature])}
            JOIN action_answer m ON m.at > d.at ${about === "everything" ? empty : sql`AND m.by = d.key`}
            ${joinVisible(access)} ${join}
            WHERE m.workspace_id = ${workspaceId} AND m.ended_at IS NULL AND ${where} ORDER BY d.place, m.id`,
      );
      const wins = await rowsOf(
        on,
        winRow,
        sql`SELECT d.place, o.name AS offer, o.terms ->> 'currency' AS currency, COUNT(*) AS accounts,
                   COALESCE(SUM(m.amount_minor), 0)::bigint AS "amountMinor"
            FROM ${begunBy(about, since, workerKeys)}
            JOIN offer_account m ON m.resolved_at > d.at ${about === "everything" ? empty : sql`AND m.holder_key = d.key`}
            JOIN offer o ON o.workspace_id = m.workspace_id AND o.id = m.offer_id
            ${joinVisible(access)} ${join}
            WHERE m.workspace_id = ${workspaceId} AND m.status = 'won' AND ${where}
            GROUP BY d.place, o.id, o.name, o.terms ORDER BY d.place, "amountMinor" DESC, o.id`,
      );
      const places = placesOf(about);
      const own = byPlace(wins, places);
      return byPlace(answers, places).map((rows, place) => ({
        answers: rows.map(({ place: _, ...answer }) => answer),
        wins: (own[place] ?? []).map(({ place: _, ...win }) => win),
      }));
    },
  };
}

const moment = z.union([z.date(), z.string()]).transform((at) => new Date(at));
const how = z.enum(["done", "snoozed", "reassigned", "not-relevant"]);

const settledRow = z.object({ actionId: z.string(), how, at: moment });

const answerRow = settledRow.extend({ place: z.number(), valueMinor: bigintNumber, currency: z.string() });

const winRow = z.object({
  place: z.number(),
  offer: z.string(),
  currency: z.string(),
  accounts: bigintNumber,
  amountMinor: bigintNumber,
});

const shownColumns: readonly BulkColumn<Settling>[] = [
  { name: "id", type: "uuid", of: ({ id }) => id },
  { name: "account_id", type: "uuid", of: ({ accountId }) => accountId },
  { name: "kind", type: "text", of: ({ kind }) => kind },
  { name: "subject", type: "text", of: ({ subject }) => subject },
];

interface Begun {
  readonly place: number;
  readonly at: Date | undefined;
  readonly key: string | undefined;
}

/** Rows `d(place, at, key)`: since when, and for people by which keys of theirs. */
function begunBy(
  about: About,
  since: readonly Date[],
  keysOf: (person: DigestPerson) => readonly string[],
): Sql {
  const rows: readonly Begun[] =
    about === "everything"
      ? [{ place: 0, at: since[0], key: undefined }]
      : about.flatMap((person, place) => keysOf(person).map((key) => ({ place, at: since[place], key })));
  return rowsAsTable(rows, begunColumns);
}

const begunColumns: readonly BulkColumn<Begun>[] = [
  { name: "place", type: "int", of: ({ place }) => place },
  { name: "at", type: "timestamptz", of: ({ at }) => at?.toISOString() },
  { name: "key", type: "text", of: ({ key }) => key },
];
