import { z } from "zod";
import { addDays, type Day, dayIn } from "../core/calendar.ts";
import { effectiveRates } from "../core/rates.ts";
import type { Settings } from "../core/settings.ts";
import { type SalesBasis, salesOf } from "./sales.ts";
import { bigintNumber, type Executor, optional, rowOf, rowsOf, sql } from "./sql.ts";

/** Where nothing says which currency is meant. */
const currencyOfNothing = "USD";

/** The facts' days as the portfolio's clock: the newest that may be true, and how many lie after it. */
export interface FactDays {
  /** Undefined where nothing ever happened, or only in the future. */
  readonly newest: Day | undefined;
  readonly facts: number;
  readonly inTheFuture: number;
}

/**
 * The newest day on which something happened: something was invoiced or paid, a deal was closed or, while it is open,
 * created. What is dated after tomorrow is a typing mistake or a plan: it is counted, and does not move the day.
 */
export async function factDays(on: Executor, workspaceId: string, today: Day): Promise<FactDays> {
  const tomorrow = addDays(today, 1);
  const { newest, facts, future } = await rowOf(
    on,
    z.object({ newest: optional(z.string()), facts: bigintNumber, future: bigintNumber }),
    sql`SELECT MAX(day) FILTER (WHERE day <= ${tomorrow}::date)::text AS newest, COUNT(day) AS facts,
               COUNT(*) FILTER (WHERE day > ${tomorrow}::date) AS future
        FROM (SELECT on_day AS day FROM current_ledger_entry WHERE workspace_id = ${workspaceId}
              UNION ALL
              SELECT CASE WHEN status = 'open' THEN created_on ELSE close_on END
              FROM current_opportunity WHERE workspace_id = ${workspaceId}) fact`,
  );
  return { newest, facts, inTheFuture: future };
}

/** Today in the workspace's zone. */
export function todayOf({ timeZone }: Settings, now: Date): Day {
  return dayIn(now, timeZone);
}

/** How facts up to a day become money: the reporting currency, and the rates into it from every currency in use. */
export async function reportingBasis(
  on: Executor,
  workspaceId: string,
  settings: Settings,
  until: Day,
): Promise<SalesBasis> {
  const { revenue, basisDays } = settings;
  const used = await currenciesUsed(on, workspaceId, until);
  const [only] = used;
  const chosen =
    settings.currency ??
    (used.length === 1 && only ? only.currency : await mostSold(on, workspaceId, settings, until)) ??
    (await mostNamed(on, workspaceId)) ??
    (await previousCurrency(on, workspaceId)) ??
    currencyOfNothing;
  const needs = used.filter(({ currency }) => currency !== chosen);
  const rates = needs.length === 0 ? [] : effectiveRates(await quotedRates(on, workspaceId), chosen, needs);
  return { currency: chosen, revenue, basisDays, rates };
}

async function currenciesUsed(on: Executor, workspaceId: string, until: Day) {
  return rowsOf(
    on,
    z.object({ currency: z.string(), first: z.string(), last: z.string() }),
    sql`SELECT currency, MIN(day)::text AS first, MAX(day)::text AS last
        FROM (SELECT currency, on_day AS day FROM current_ledger_entry
              WHERE workspace_id = ${workspaceId} AND amount_minor IS NOT NULL
              UNION ALL
              SELECT currency, close_on FROM current_opportunity
              WHERE workspace_id = ${workspaceId} AND amount_minor IS NOT NULL AND status = 'won') fact
        WHERE day <= ${until}::date GROUP BY currency ORDER BY currency`,
  );
}

/** The currency of the snapshot before if any sale is in it, else that of most sales. */
async function mostSold(
  on: Executor,
  workspaceId: string,
  { revenue, basisDays }: Settings,
  until: Day,
): Promise<string | undefined> {
  const anyBasis: SalesBasis = { currency: currencyOfNothing, revenue, basisDays, rates: [] };
  const sold = await rowsOf(
    on,
    z.object({ currency: z.string() }),
    sql`SELECT currency FROM (${salesOf(workspaceId, anyBasis, until)}) sale
        GROUP BY currency ORDER BY COUNT(*) DESC, currency`,
  );
  const previous = await previousCurrency(on, workspaceId);
  return (sold.find(({ currency }) => currency === previous) ?? sold[0])?.currency;
}

/** That of most amounts, where nothing was sold yet. */
async function mostNamed(on: Executor, workspaceId: string): Promise<string | undefined> {
  const [most] = await rowsOf(
    on,
    z.object({ currency: z.string() }),
    sql`SELECT currency FROM current_opportunity WHERE workspace_id = ${workspaceId} AND amount_minor IS NOT NULL
        GROUP BY currency ORDER BY COUNT(*) DESC, currency LIMIT 1`,
  );
  return most?.currency;
}

async function previousCurrency(on: Executor, workspaceId: string): Promise<string | undefined> {
  return (await newestSnapshot(on, workspaceId))?.currency;
}

/** What the newest ready snapshot was of. */
export async function newestSnapshot(
  on: Executor,
  workspaceId: string,
): Promise<{ readonly currency: string; readonly asOf: Day } | undefined> {
  const [row] = await rowsOf(
    on,
    z.object({ currency: z.string(), asOf: z.string() }),
    sql`SELECT currency, as_of::text AS "asOf" FROM snapshot WHERE workspace_id = ${workspaceId} AND status = 'ready'
        ORDER BY id DESC LIMIT 1`,
  );
  return row;
}

/** Those of the newest import last: of several for one pair and day they count. */
async function quotedRates(on: Executor, workspaceId: string) {
  return rowsOf(
    on,
    z.object({ base: z.string(), quote: z.string(), onDay: z.string(), rate: z.string() }),
    sql`SELECT base, quote, on_day::text AS "onDay", rate::text FROM current_exchange_rate
        WHERE workspace_id = ${workspaceId} ORDER BY import_id, id`,
  );
}
