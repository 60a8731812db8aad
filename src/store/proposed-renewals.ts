import { z } from "zod";
import { proposeRenewal } from "../core/actions/propose-renewal.ts";
import { addDays } from "../core/calendar.ts";
import { meansRenewalDate, recurringRule, renewalDays, rhythms } from "../core/recurring.ts";
import { fitRetention, renewalChance } from "../core/retention-chance.ts";
import { firstOfOwners, type OwnedProposal, type Proposing, proposalsOf } from "./proposing.ts";
import { currentSeries } from "./purchase-series.ts";
import { expected, lastBought, neverBought } from "./read-renewals.ts";
import { decidedRenewals, recurringTables } from "./recurring-series.ts";
import { renewalDates } from "./renewal-dates.ts";
import { type Executor, optional, rowOf, rowsOf, sql } from "./sql.ts";
import { visibleAccounts } from "./visibility.ts";

/** What is to be renewed within the days that are looked ahead to: what `renewals` lists, with the chance that it says. */
export async function proposedRenewals(
  on: Executor,
  { access, snapshot, terms, columns }: Proposing,
): Promise<readonly OwnedProposal[]> {
  const until = addDays(snapshot.asOf, renewalDays);
  const naming = columns.filter(meansRenewalDate);
  if (naming.length === 0 && !(await mayRecur(on, access.workspaceId))) return [];
  const chosen = sql`SELECT account_id FROM chosen`;
  const series = await currentSeries(on, access, snapshot, chosen);
  const last = naming.length === 0 ? neverBought : lastBought(access, snapshot, until);
  const due = sql`SELECT e.*, a.owner_record_id AS owner_id FROM (${expected(snapshot.asOf, last)}) e
    JOIN account a ON a.workspace_id = ${access.workspaceId} AND a.id = e.account_id WHERE e.due_on <= ${until}::date`;
  const { rows, decided } = await rowOf(
    on,
    z.object({ rows: z.array(dueRow), decided: z.array(decidedRow) }),
    sql`WITH chosen AS MATERIALIZED (SELECT a.id AS account_id FROM account a WHERE ${visibleAccounts(access)}),
          ${renewalDates(access, naming, sql`chosen`)},
          ${recurringTables(series)},
          listed AS MATERIALIZED (${firstOfOwners(due, sql`value`)})
        SELECT (SELECT COALESCE(jsonb_agg(l), '[]') FROM listed l) AS rows,
               (SELECT COALESCE(jsonb_agg(d), '[]') FROM (${decidedRenewals(snapshot.asOf)}) d) AS decided`,
  );
  const retention = fitRetention(
    decided.map(({ is_recent, ...counts }) => ({ ...counts, isRecent: is_recent })),
  );
  return proposalsOf(rows.map(toDue), ({ ownerId: _, ...due }) => {
    const chance =
      due.source.kind === "recurring" ? renewalChance(retention, due.source.renewals)?.share : undefined;
    return proposeRenewal({ ...due, chance }, terms);
  });
}

/** Whether anybody bought on as many days as it takes to tell that something recurs. */
async function mayRecur(on: Executor, workspaceId: string): Promise<boolean> {
  const found = await rowsOf(
    on,
    z.object({ account_id: z.string() }),
    sql`SELECT account_id FROM counted_day WHERE workspace_id = ${workspaceId}
        GROUP BY account_id HAVING COUNT(*) >= ${recurringRule.leastDates}::int ORDER BY account_id LIMIT 1`,
  );
  return found.length > 0;
}

const dueRow = z.object({
  account_id: z.string(),
  owner_id: optional(z.string()),
  due_on: z.string(),
  value: z.number(),
  last_on: optional(z.string()),
  column_name: optional(z.string()),
  product: optional(z.string()),
  rhythm: optional(z.enum(rhythms.map(({ name }) => name))),
  renewals: optional(z.number()),
});

const decidedRow = z.object({
  number: z.number(),
  is_recent: z.boolean(),
  due: z.number(),
  renewed: z.number(),
});

function toDue(row: z.output<typeof dueRow>) {
  const { account_id, owner_id, due_on, value, last_on, column_name, product, rhythm, renewals } = row;
  const months = rhythms.find(({ name }) => name === rhythm)?.months;
  const shared = { accountId: account_id, ownerId: owner_id, dueOn: due_on, valueMinor: value };
  return months === undefined || renewals === undefined || last_on === undefined
    ? { ...shared, source: { kind: "date" as const, column: column_name ?? "" } }
    : { ...shared, source: { kind: "recurring" as const, product, months, renewals, lastOn: last_on } };
}
