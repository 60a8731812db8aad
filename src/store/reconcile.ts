import { z } from "zod";
import type { Day, Window } from "../core/calendar.ts";
import { type PageOf, rowsOfPage } from "./page-of.ts";
import { factsOf, type SalesBasis } from "./sales.ts";
import { bigintNumber, type Executor, optional, rowOf, rowsOf, type Sql, sql } from "./sql.ts";

/** What is compared: the facts of some accounts in a window, as a snapshot turned them into money. */
export interface Reconciled {
  readonly workspaceId: string;
  readonly basis: SalesBasis;
  readonly asOf: Day;
  readonly window: Window;
  /** A condition on `account a`: the accounts that the viewer may see, or some of them. */
  readonly accounts: Sql;
}

/** What the systems say of an account, in minor units of the reporting currency; facts without a rate are left out. */
export interface AccountComparison {
  readonly accountId: string;
  readonly account: string;
  readonly invoiced: number;
  readonly paid: number;
  readonly won: number;
  /** What of all this is spend. */
  readonly counted: number;
  /** Won less invoiced. */
  readonly difference: number;
}

/** A payment or deal that a better fact stands for. */
export interface UncountedFact {
  readonly accountId: string;
  readonly account: string;
  readonly kind: "payment" | "opportunity";
  readonly coveredBy: "invoice" | "payment";
  readonly onDay: Day;
  /** A number or id that people know. */
  readonly label: string | undefined;
  readonly name: string | undefined;
  /** In minor units of its own currency. */
  readonly amount: number;
  readonly currency: string;
}

export interface Listed<Row> {
  readonly rows: readonly Row[];
  /** Those on other pages too. */
  readonly total: number;
}

/** What each account's invoices, payments and won deals say, the largest differences first. */
export function compareAccounts(
  on: Executor,
  reconciled: Reconciled,
  page: PageOf,
): Promise<Listed<AccountComparison>> {
  return comparisons(on, reconciled, sql`TRUE`, page);
}

/**
 * The accounts whose won deals are more than `tolerance` off what was invoiced, as a share of the larger of the two.
 * Accounts without a won deal in the window are not in it: a shop's customers have none.
 */
export function differingAccounts(
  on: Executor,
  reconciled: Reconciled,
  tolerance: number,
  page: PageOf,
): Promise<Listed<AccountComparison>> {
  const differs = sql`c.deals > 0 AND abs(c.difference) > ${tolerance}::float8 * GREATEST(abs(c.won), abs(c.invoiced))`;
  return comparisons(on, reconciled, differs, page);
}

async function comparisons(
  on: Executor,
  reconciled: Reconciled,
  condition: Sql,
  page: PageOf,
): Promise<Listed<AccountComparison>> {
  const said = (facts: Sql) => sql`COALESCE(SUM(f.value_minor) FILTER (WHERE ${facts}), 0)::bigint`;
  const invoiced = said(sql`f.basis = 'invoice'`);
  const won = said(sql`f.basis = 'opportunity'`);
  const compared = sql`
    SELECT f.account_id AS "accountId", a.name AS account, ${invoiced} AS invoiced,
           ${said(sql`f.basis = 'payment'`)} AS paid, ${won} AS won, ${said(sql`f.covered_by IS NULL`)} AS counted,
           ${won} - ${invoiced} AS difference, COUNT(*) FILTER (WHERE f.basis = 'opportunity') AS deals
    FROM (${windowFacts(reconciled)}) f JOIN account a ON a.workspace_id = ${reconciled.workspaceId} AND a.id = f.account_id
    GROUP BY f.account_id, a.name`;
  const { total } = await rowOf(
    on,
    z.object({ total: bigintNumber }),
    sql`SELECT COUNT(*) AS total FROM (${compared}) c WHERE ${condition}`,
  );
  const rows = await rowsOf(
    on,
    comparisonRow,
    sql`SELECT * FROM (${compared}) c WHERE ${condition}
        ORDER BY abs(c.difference) DESC, c."accountId" ${rowsOfPage(page)}`,
  );
  return { rows, total };
}

/** The payments and deals that do not count because a better fact does, the newest first. */
export async function uncountedFacts(
  on: Executor,
  reconciled: Reconciled,
  page: PageOf,
): Promise<Listed<UncountedFact>> {
  const facts = sql`FROM (${windowFacts(reconciled)}) f
    JOIN account a ON a.workspace_id = ${reconciled.workspaceId} AND a.id = f.account_id
    WHERE f.covered_by IS NOT NULL`;
  const { total } = await rowOf(
    on,
    z.object({ total: bigintNumber }),
    sql`SELECT COUNT(*) AS total ${facts}`,
  );
  const rows = await rowsOf(
    on,
    uncountedRow,
    sql`SELECT f.account_id AS "accountId", a.name AS account, f.basis AS kind, f.covered_by AS "coveredBy",
               f.on_day::text AS "onDay", f.label, f.name, f.amount_minor AS amount, f.currency ${facts}
        ORDER BY f.on_day DESC, f.basis, f.purchase, f.amount_minor DESC, f.label ${rowsOfPage(page)}`,
  );
  return { rows, total };
}

function windowFacts({ workspaceId, basis, asOf, window, accounts }: Reconciled): Sql {
  const seen = sql`m.account_id IN (SELECT a.id FROM account a WHERE a.workspace_id = ${workspaceId} AND ${accounts})`;
  return sql`SELECT * FROM (${factsOf(workspaceId, basis, asOf, seen)}) fact
    WHERE on_day > ${window.after}::date AND on_day <= ${window.until}::date`;
}

const comparisonRow = z.object({
  accountId: z.string(),
  account: z.string(),
  invoiced: bigintNumber,
  paid: bigintNumber,
  won: bigintNumber,
  counted: bigintNumber,
  difference: bigintNumber,
});

const uncountedRow = z.object({
  accountId: z.string(),
  account: z.string(),
  kind: z.enum(["payment", "opportunity"]),
  coveredBy: z.enum(["invoice", "payment"]),
  onDay: z.string(),
  label: optional(z.string()),
  name: optional(z.string()),
  amount: bigintNumber,
  currency: z.string(),
});
