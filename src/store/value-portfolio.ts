import { setImmediate as otherWork } from "node:timers/promises";
import type { Day } from "../core/calendar.ts";
import { daysBetween } from "../core/calendar.ts";
import type { Settings } from "../core/settings.ts";
import { fitPortfolio, type PortfolioHistories } from "../core/value/fit-portfolio.ts";
import type { SpendColumns } from "../core/value/history-columns.ts";
import { holdoutAfter } from "../core/value/holdout-day.ts";
import { type FitCause, refitCause } from "../core/value/refit.ts";
import { type AccountValues, createValuer } from "../core/value/value-accounts.ts";
import type { ValueFit, ValueTerms } from "../core/value/value-fit.ts";
import { storeValues } from "./account-values.ts";
import type { Database } from "./connect.ts";
import { canDrift, measureDrift } from "./measure-drift.ts";
import {
  readHistories,
  readHistoriesThen,
  readPurchaseMeans,
  valuedStandings,
} from "./portfolio-histories.ts";
import type { ValueParameters } from "./snapshot-parameters.ts";
import { type Executor, type Sql, sql } from "./sql.ts";
import { newestValueFit, type StoredFit, storeValueFit } from "./value-fit-row.ts";
import type { Drift } from "./values.ts";

/** Accounts that are valued before anything else has its turn. */
const ACCOUNTS_AT_ONCE = 20_000;

/** A snapshot whose standings are there, and the rows of `countedDays` that they were made of. */
interface Counted {
  readonly workspaceId: string;
  readonly id: number;
  readonly asOf: Day;
  readonly days: Sql;
  /** Whether purchases count otherwise than in the snapshot before. */
  readonly countsOtherwise: boolean;
}

/** What a portfolio is valued from. */
export interface LookedBack {
  readonly all: SpendColumns;
  /** The fit that still holds, or why there has to be another one, and from what. */
  readonly fit:
    | { readonly kind: "kept"; readonly stored: StoredFit; readonly drift: Drift | undefined }
    | { readonly kind: "due"; readonly cause: FitCause; readonly seen: PortfolioHistories };
}

/** Reads what fits and values follow from, in the transaction that the counted days live in. */
export async function lookBack(on: Executor, counted: Counted): Promise<LookedBack> {
  const { workspaceId, id, asOf, days, countsOtherwise } = counted;
  const all = await readHistories(on, valuedStandings(workspaceId, id), asOf);
  const { firstDay, meanPurchase } = await readPurchaseMeans(on, days);
  const stored = await newestValueFit(on, workspaceId);
  const drift = stored && (await driftSince(on, counted, stored));
  const cause = refitCause(stored?.fit, {
    ...{ asOf, countsOtherwise, firstDay, drift: drift?.all },
    customersThen: stored ? agedAtLeast(all, daysBetween(stored.fit.asOf, asOf)) : 0,
  });
  if (stored && cause === undefined) return { all, fit: { kind: "kept", stored, drift } };
  const after = firstDay === undefined ? undefined : holdoutAfter(firstDay, asOf);
  const before = after === undefined ? undefined : { after, ...(await readHistoriesThen(on, days, after)) };
  const seen = { asOf, firstDay: firstDay ?? asOf, all, meanPurchase, ...(before && { before }) };
  return { all, fit: { kind: "due", cause: cause ?? "first", seen } };
}

async function driftSince(
  on: Executor,
  { workspaceId, asOf, days }: Counted,
  { fit, fittedIn }: StoredFit,
): Promise<Drift | undefined> {
  if (!canDrift(fit, asOf)) return undefined;
  // The snapshot of the fit may be gone; the first kept one since then has its standings.
  const standings = sql`SELECT t.account_id, t.tier FROM account_standing t,
      (SELECT MIN(id) AS id FROM snapshot
       WHERE workspace_id = ${workspaceId} AND status = 'ready' AND id >= ${fittedIn}) kept
    WHERE t.workspace_id = ${workspaceId} AND t.valid_from <= kept.id AND (t.valid_to IS NULL OR t.valid_to > kept.id)`;
  return measureDrift(fit, asOf, await readHistoriesThen(on, days, fit.asOf, standings));
}

function agedAtLeast({ ageDays }: SpendColumns, days: number): number {
  return ageDays.reduce((accounts, age) => (age >= days ? accounts + 1 : accounts), 0);
}

/** Fits the portfolio where that is due, values its accounts and stores both; says what the values follow from. */
export async function valuePortfolio(
  database: Database,
  { workspaceId, id, asOf }: Pick<Counted, "workspaceId" | "id" | "asOf">,
  { margin, discountPercent, horizonMonths, quietBelowPercent }: Settings["value"],
  cuts: Settings["cuts"],
  { all, fit: found }: LookedBack,
  now: Date,
): Promise<ValueParameters> {
  const terms = { margin, discountPercent, horizonMonths };
  const stored = found.kind === "kept" ? found.stored : await fitAnew(found, id, now);
  if (found.kind === "due") await storeValueFit(database, workspaceId, stored);
  const values = await valueAll(stored.fit, terms, asOf, all);
  await storeValues(database, { workspaceId, id }, values, cuts);
  const drift = found.kind === "kept" ? found.drift : undefined;
  return { fittedIn: stored.fittedIn, terms, quietBelowPercent, ...(drift && { drift: asStored(drift) }) };
}

async function fitAnew(
  { cause, seen }: Extract<LookedBack["fit"], { readonly kind: "due" }>,
  fittedIn: number,
  fittedAt: Date,
): Promise<StoredFit> {
  await otherWork();
  const fit = fitPortfolio(seen);
  await otherWork();
  return { fittedIn, fittedAt, cause, fit };
}

/** Some accounts at a time, so that signs of life go out in between. */
async function valueAll(
  fit: ValueFit,
  terms: ValueTerms,
  asOf: Day,
  all: SpendColumns,
): Promise<AccountValues> {
  const valuer = createValuer(fit, terms, asOf);
  const accounts = all.frequency.length;
  const alive = new Float64Array(accounts);
  const expected = new Float64Array(accounts);
  const worthMinor = new Float64Array(accounts);
  let isTold = false;
  for (let first = 0; first < accounts; first += ACCOUNTS_AT_ONCE) {
    const part = (column: Float64Array) => column.subarray(first, first + ACCOUNTS_AT_ONCE);
    const values = valuer.valueAll({
      ...{ frequency: part(all.frequency), recencyDays: part(all.recencyDays) },
      ...{ ageDays: part(all.ageDays), repeatMinor: part(all.repeatMinor) },
    });
    if (values.alive) alive.set(values.alive, first);
    isTold = values.alive !== undefined;
    expected.set(values.expected, first);
    worthMinor.set(values.worthMinor, first);
    await otherWork();
  }
  return { alive: isTold ? alive : undefined, expected, worthMinor };
}

function asStored({ since, all, tiers }: Drift): NonNullable<ValueParameters["drift"]> {
  return { since, all, tiers: [...tiers] };
}
