import { z } from "zod";
import type { ProposedAction } from "../core/actions/action.ts";
import { proposeComplaint } from "../core/actions/propose-complaint.ts";
import { proposeOfferTask } from "../core/actions/propose-offer-task.ts";
import type { Day } from "../core/calendar.ts";
import type { Worker } from "../core/offers/offer.ts";
import type { Access } from "./access.ts";
import { type BulkColumn, rowsAsTable } from "./bulk.ts";
import { exclusionsOf } from "./offer-exclusions.ts";
import type { Snapshot } from "./reads.ts";
import { bigintNumber, type Executor, optional, rowsOf, type Sql, sql } from "./sql.ts";
import { heldAt } from "./standing-places.ts";
import { visibleAccounts } from "./visibility.ts";

/** What is to be done and known before the next snapshot. */
export interface LiveAction extends ProposedAction {
  /** Undefined where it is whoever owns the account. */
  readonly holder: Worker | undefined;
}

interface Asked {
  readonly snapshot: Snapshot;
  readonly today: Day;
  /** A condition on `account a`. */
  readonly accounts: Sql;
}

/** Open complaints, and the pitches of open waves, as far as the viewer sees their accounts. */
export async function liveActions(
  on: Executor,
  access: Access,
  asked: Asked,
): Promise<readonly LiveAction[]> {
  const [complaints, pitches] = await Promise.all([
    openComplaints(on, access, asked),
    openPitches(on, access, asked),
  ]);
  return [...complaints, ...pitches];
}

async function openComplaints(
  on: Executor,
  access: Access,
  { snapshot, today, accounts }: Asked,
): Promise<readonly LiveAction[]> {
  const rows = await rowsOf(
    on,
    complaintRow,
    sql`SELECT h.id AS "holdId", h.account_id AS "accountId", h.reason,
               (h.created_at AT TIME ZONE ${access.timeZone})::date::text AS since,
               COALESCE(s.year_minor, 0)::bigint AS "yearMinor", COALESCE(s.year_before_minor, 0)::bigint AS "yearBeforeMinor"
        FROM account_hold h JOIN account a ON a.workspace_id = h.workspace_id AND a.id = h.account_id
        LEFT JOIN account_standing s ON s.workspace_id = a.workspace_id AND s.account_id = a.id AND ${heldAt(sql`s`, snapshot.id)}
        WHERE h.workspace_id = ${access.workspaceId} AND h.kind = 'complaint' AND h.ended_at IS NULL
          AND (h.until IS NULL OR h.until >= ${today}::date) AND ${visibleAccounts(access)} AND ${accounts}`,
  );
  return rows.map((row) => ({ ...proposeComplaint(row, access.settings.value), holder: undefined }));
}

/** Accounts that somebody holds in an open wave and has not answered for; those held out or held back are nobody's task. */
async function openPitches(
  on: Executor,
  access: Access,
  { snapshot, today, accounts }: Asked,
): Promise<readonly LiveAction[]> {
  const { timeZone, settings } = access;
  const moment = { today, timeZone, restDays: settings.offers.restDays };
  const dayOf = (time: Sql) => sql`(${time} AT TIME ZONE ${timeZone})::date`;
  const rows = await rowsOf(
    on,
    pitchRow,
    sql`SELECT m.account_id AS "accountId", m.offer_id AS "offerId", o.name AS offer, m.probability,
               m.expected_margin_minor AS "expectedMarginMinor", m.effort_minutes AS "effortMinutes",
               ${dayOf(sql`w.opened_at`)}::text AS "waveOpenedOn", ${dayOf(sql`m.held_until`)}::text AS "heldUntil",
               m.holder_key AS key, COALESCE(m.holder_name, '') AS name
        FROM offer_account m
        JOIN offer o ON o.workspace_id = m.workspace_id AND o.id = m.offer_id AND o.closed_at IS NULL
        JOIN offer_wave w ON w.workspace_id = m.workspace_id AND w.offer_id = m.offer_id AND w.wave = m.wave
          AND w.status = 'open' AND w.opened_at IS NOT NULL
        JOIN account a ON a.workspace_id = m.workspace_id AND a.id = m.account_id
        WHERE m.workspace_id = ${access.workspaceId} AND m.status = 'held' AND NOT m.is_hold_out AND m.holder_key IS NOT NULL
          AND (m.held_until IS NULL OR ${dayOf(sql`m.held_until`)} >= ${today}::date)
          AND o.terms ->> 'currency' = ${snapshot.currency} AND ${visibleAccounts(access)} AND ${accounts}
          AND ${exclusionsOf(access, moment, sql`m.offer_id`, sql`m.owns`)} = '[]'`,
  );
  return rows.map(({ key, name, ...facts }) => ({ ...proposeOfferTask(facts), holder: { key, name } }));
}

const complaintRow = z.object({
  holdId: z.number(),
  accountId: z.string(),
  reason: z.string(),
  since: z.string(),
  yearMinor: bigintNumber,
  yearBeforeMinor: bigintNumber,
});

const pitchRow = z.object({
  accountId: z.string(),
  offerId: z.number(),
  offer: z.string(),
  probability: z.number(),
  expectedMarginMinor: bigintNumber,
  effortMinutes: z.number(),
  waveOpenedOn: z.string(),
  heldUntil: optional(z.string()),
  key: z.string(),
  name: z.string(),
});

/** Live actions as rows of `action_proposal`, with `holder_key` and `holder_name`. */
export function liveTable(actions: readonly LiveAction[]): Sql {
  return sql`SELECT * FROM ${rowsAsTable(actions, liveColumns)}`;
}

export const proposalColumns: readonly BulkColumn<ProposedAction>[] = [
  { name: "id", type: "uuid", of: ({ id }) => id },
  { name: "account_id", type: "uuid", of: ({ accountId }) => accountId },
  { name: "kind", type: "text", of: ({ kind }) => kind },
  { name: "subject", type: "text", of: ({ subject }) => subject },
  { name: "value_minor", type: "bigint", of: ({ valueMinor }) => valueMinor },
  { name: "due_on", type: "date", of: ({ dueOn }) => dueOn },
  { name: "effort_minutes", type: "int", of: ({ effortMinutes }) => effortMinutes },
  { name: "reasons", type: "jsonb", of: ({ reasons }) => JSON.stringify(reasons) },
  { name: "score", type: "float8", of: ({ score }) => score },
];

const liveColumns: readonly BulkColumn<LiveAction>[] = [
  ...proposalColumns,
  { name: "holder_key", type: "text", of: ({ holder }) => holder?.key },
  { name: "holder_name", type: "text", of: ({ holder }) => holder?.name },
];
