import { z } from "zod";
import { proposeCheckIn, signedWithinDays } from "../core/actions/propose-check-in.ts";
import { proposeReference } from "../core/actions/propose-reference.ts";
import { proposeThankYou } from "../core/actions/propose-thank-you.ts";
import { proposeWinBack } from "../core/actions/propose-win-back.ts";
import { addDays } from "../core/calendar.ts";
import { customersOf, firstOfOwners, type OwnedProposal, type Proposing, proposalsOf } from "./proposing.ts";
import { factsOf } from "./sales.ts";
import { bigintNumber, type Executor, optional, rowsOf, type Sql, sql } from "./sql.ts";
import { heldAt } from "./standing-places.ts";

/** What follows from how customers stand, and from what people noted about them. */
export async function proposedToCustomers(
  on: Executor,
  proposing: Proposing,
): Promise<readonly OwnedProposal[]> {
  return [
    ...(await winBacks(on, proposing)),
    ...(await checkIns(on, proposing)),
    ...(await thankYous(on, proposing)),
    ...(await references(on, proposing)),
  ];
}

const customer = sql`account_id AS "accountId", owner_id AS "ownerId", tier::text, year_minor AS "yearMinor",
  year_before_minor AS "yearBeforeMinor", first_won_on::text AS "firstWonOn", last_won_on::text AS "lastWonOn", alive,
  worth_minor AS "worthMinor"`;

const customerRow = z.object({
  accountId: z.string(),
  ownerId: optional(z.string()),
  tier: z.enum(["A", "B", "C", "D"]),
  yearMinor: bigintNumber,
  yearBeforeMinor: bigintNumber,
  firstWonOn: z.string(),
  lastWonOn: z.string(),
  alive: optional(z.number()),
  worthMinor: optional(bigintNumber),
});

async function winBacks(on: Executor, proposing: Proposing): Promise<readonly OwnedProposal[]> {
  const { terms } = proposing;
  const left = sql`SELECT * FROM (${customersOf(proposing)}) c
    WHERE GREATEST(year_minor, year_before_minor) > 0
      AND (alive * 100 < ${terms.quietBelowPercent}::float8 OR year_before_minor > 0 AND year_minor <= 0)`;
  const measure = sql`GREATEST(year_minor, year_before_minor) * (1 - COALESCE(alive, 0))`;
  const rows = await rowsOf(
    on,
    customerRow,
    sql`SELECT ${customer} FROM (${firstOfOwners(left, measure)}) c`,
  );
  return proposalsOf(rows, (row) => proposeWinBack(row, terms));
}

const wonDeal = z
  .object({ on: z.string(), deal: optional(z.string()), valueMinor: bigintNumber })
  .nullish()
  .transform((value) => value ?? undefined);

async function checkIns(on: Executor, proposing: Proposing): Promise<readonly OwnedProposal[]> {
  const { access, snapshot, terms } = proposing;
  const { workspaceId } = access;
  const since = addDays(snapshot.asOf, -signedWithinDays);
  const wonLately = sql`m.account_id IN (
    SELECT own.account_id FROM current_opportunity w
    JOIN membership own ON own.workspace_id = w.workspace_id AND own.source_record_id = w.account_record_id AND own.valid_to IS NULL
    WHERE w.workspace_id = ${workspaceId} AND w.status = 'won' AND w.close_on BETWEEN ${since}::date AND ${snapshot.asOf}::date)`;
  const won = sql`SELECT DISTINCT ON (f.account_id) f.account_id, jsonb_build_object('on', f.on_day,
        'deal', NULLIF(btrim(f.name), ''), 'valueMinor', COALESCE(f.value_minor, 0)) AS deal
      FROM (${factsOf(workspaceId, snapshot.basis, snapshot.asOf, wonLately)}) f
      WHERE f.basis = 'opportunity' AND f.on_day >= ${since}::date
      ORDER BY f.account_id, f.on_day DESC, f.value_minor DESC NULLS LAST, f.purchase`;
  const signed = sql`SELECT c.*, won.deal FROM (${customersOf(proposing)}) c LEFT JOIN (${won}) won ON won.account_id = c.account_id
    WHERE won.deal IS NOT NULL OR c.first_won_on >= ${since}::date`;
  const measure = sql`COALESCE(worth_minor, year_minor)`;
  const rows = await rowsOf(
    on,
    customerRow.extend({ wonDeal }),
    sql`SELECT ${customer}, deal AS "wonDeal" FROM (${firstOfOwners(signed, measure)}) c`,
  );
  return proposalsOf(rows, (row) => proposeCheckIn(row, terms));
}

/** Customers of the best tiers that still buy. */
function goodCustomers(proposing: Proposing): Sql {
  return firstOfOwners(
    sql`SELECT * FROM (${customersOf(proposing)}) c WHERE tier IN ('A', 'B') AND year_minor > 0`,
    sql`year_minor`,
  );
}

/** The last day on which a proposal of a kind was done, for the account `c`. */
function lastDone({ access }: Proposing, kind: string): Sql {
  return sql`SELECT MAX(x.at AT TIME ZONE ${access.timeZone})::date FROM action_answer x
    WHERE x.workspace_id = ${access.workspaceId} AND x.account_id = c.account_id AND x.kind = ${kind}
      AND x.answer = 'done' AND x.ended_at IS NULL`;
}

async function thankYous(on: Executor, proposing: Proposing): Promise<readonly OwnedProposal[]> {
  const { access, terms } = proposing;
  const { workspaceId } = access;
  const rows = await rowsOf(
    on,
    customerRow.extend({ lastThanksOn: optional(z.string()) }),
    sql`SELECT ${customer}, GREATEST(
          (SELECT MAX(w.on_day) FROM reward w WHERE w.workspace_id = ${workspaceId} AND w.account_id = c.account_id
             AND w.status IN ('planned', 'given')),
          (SELECT MAX(i.on_day) FROM interaction i WHERE i.workspace_id = ${workspaceId} AND i.account_id = c.account_id
             AND i.kind = 'gift' AND i.taken_back_at IS NULL),
          (${lastDone(proposing, "thank-you")}))::text AS "lastThanksOn"
        FROM (${goodCustomers(proposing)}) c`,
  );
  return proposalsOf(rows, (row) => proposeThankYou(row, terms));
}

const survey = z
  .object({ score: z.number(), on: z.string() })
  .nullish()
  .transform((value) => value ?? undefined);

async function references(on: Executor, proposing: Proposing): Promise<readonly OwnedProposal[]> {
  const { access, snapshot, terms } = proposing;
  const { workspaceId } = access;
  const like = sql`SELECT a.industry, a.region, COUNT(*)::int AS prospects FROM account a
    WHERE a.workspace_id = ${workspaceId} AND a.active AND a.industry IS NOT NULL AND a.region IS NOT NULL
      AND NOT EXISTS (SELECT FROM account_standing s WHERE s.workspace_id = a.workspace_id AND s.account_id = a.id
                      AND ${heldAt(sql`s`, snapshot.id)})
    GROUP BY 1, 2`;
  const rows = await rowsOf(
    on,
    customerRow.extend({
      hasOpenComplaint: z.boolean(),
      survey,
      prospects: z.number(),
      lastAskedOn: optional(z.string()),
    }),
    sql`SELECT ${customer}, p.prospects, (${lastDone(proposing, "reference")})::text AS "lastAskedOn",
               EXISTS (SELECT FROM account_hold h WHERE h.workspace_id = ${workspaceId} AND h.account_id = c.account_id
                       AND h.kind = 'complaint' AND h.ended_at IS NULL) AS "hasOpenComplaint",
               (SELECT jsonb_build_object('score', i.score, 'on', i.on_day) FROM interaction i
                WHERE i.workspace_id = ${workspaceId} AND i.account_id = c.account_id AND i.kind = 'survey'
                  AND i.score IS NOT NULL AND i.taken_back_at IS NULL
                ORDER BY i.on_day DESC, i.id DESC LIMIT 1) AS survey
        FROM (${goodCustomers(proposing)}) c JOIN (${like}) p ON p.industry = c.industry AND p.region = c.region`,
  );
  return proposalsOf(rows, (row) => proposeReference(row, terms));
}
