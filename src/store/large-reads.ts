import type { Access } from "./access.ts";
import type { Database } from "./connect.ts";
import { readCohorts } from "./read-cohorts.ts";
import { readCoverage } from "./read-coverage.ts";
import { readCross } from "./read-cross.ts";
import { readGrowth } from "./read-growth.ts";
import { readOutlook } from "./read-outlook.ts";
import { readProductResults } from "./read-product-results.ts";
import { readRenewals } from "./read-renewals.ts";
import type { StoreReads } from "./reads.ts";
import { Refused } from "./refused.ts";
import { type Executor, type Sql, sql } from "./sql.ts";
import { transactionLimits } from "./transaction-limits.ts";

/** So long an answer is worth waiting for, and a server worth keeping busy with it. */
const LIMIT_MS = 25_000;

/** Reads that go through everything that they are asked about: its accounts, or even their purchases. */
type LargeReads = Pick<
  StoreReads,
  | "boughtAgain"
  | "cohorts"
  | "coverageFigures"
  | "coverageGaps"
  | "coverageLoads"
  | "missingRoles"
  | "crossCells"
  | "crossPairs"
  | "growth"
  | "outlookBasis"
  | "productQuarters"
  | "productResults"
  | "renewals"
>;

/** These reads as they are. */
export function largeReadsOf(on: Executor, access: Access): LargeReads {
  return {
    ...readCohorts(on, access),
    ...readCoverage(on, access),
    ...readCross(on, access),
    ...readGrowth(on, access),
    ...readOutlook(on, access),
    ...readProductResults(on, access),
    ...readRenewals(on, access),
  };
}

/**
 * The same reads, each planned for what it is asked about, with the memory for that, and up to a limit of time. One plan for
 * whatever is asked, as short questions have it, would take minutes where much is asked about.
 *
 * @throws Refused by each of them where it takes too long.
 */
export function limited(on: Executor, access: Access, limitMs = LIMIT_MS): LargeReads {
  const within = <Result>(work: (reads: LargeReads) => Promise<Result>) =>
    withinLimit(on, limitMs, (own) => work(largeReadsOf(own, access)));
  return {
    boughtAgain: (...asked) => within((reads) => reads.boughtAgain(...asked)),
    cohorts: (...asked) => within((reads) => reads.cohorts(...asked)),
    coverageFigures: (...asked) => within((reads) => reads.coverageFigures(...asked)),
    coverageGaps: (...asked) => within((reads) => reads.coverageGaps(...asked)),
    coverageLoads: (...asked) => within((reads) => reads.coverageLoads(...asked)),
    missingRoles: (...asked) => within((reads) => reads.missingRoles(...asked)),
    crossCells: (...asked) => within((reads) => reads.crossCells(...asked)),
    crossPairs: (...asked) => within((reads) => reads.crossPairs(...asked)),
    growth: (...asked) => within((reads) => reads.growth(...asked)),
    outlookBasis: (...asked) => within((reads) => reads.outlookBasis(...asked)),
    productQuarters: (...asked) => within((reads) => reads.productQuarters(...asked)),
    productResults: (...asked) => within((reads) => reads.productResults(...asked)),
    renewals: (...asked) => within((reads) => reads.renewals(...asked)),
  };
}

async function withinLimit<Result>(
  on: Executor,
  limitMs: number,
  work: (on: Executor) => Promise<Result>,
): Promise<Result> {
  if (!isDatabase(on)) return work(on);
  try {
    return await on.$transaction(async (transaction) => {
      await transaction.$executeRaw(
        sql`SELECT set_config('plan_cache_mode', 'force_custom_plan', true), set_config('work_mem', '64MB', true),
                   set_config('statement_timeout', ${String(limitMs)}, true)`,
      );
      return work(inTurn(transaction));
    }, transactionLimits.bulk);
  } catch (error) {
    if (!isTooLate(error)) throw error;
    throw new Refused(
      "That goes through more accounts and purchases than can be looked at while you wait. Ask about fewer of them, by a filter such as `mine`, `tier:A` or an industry.",
    );
  }
}

/** One question after the other, and none after one that failed: what is asked in a broken transaction has no answer, nor an error. */
function inTurn(on: Executor): Executor {
  let last: Promise<unknown> = Promise.resolve();
  function after<Result>(ask: () => Promise<Result>): Promise<Result> {
    const own = last.then(ask);
    last = own;
    return own;
  }
  const read = (query: Sql) => after(async () => on.$queryRaw(query));
  const write = (statement: Sql) => after(async () => on.$executeRaw(statement));
  return {
    $queryRaw: read as unknown as Executor["$queryRaw"],
    $executeRaw: write as unknown as Executor["$executeRaw"],
  };
}

function isDatabase(on: Executor): on is Database {
  return "$transaction" in on;
}

/** Whether a statement was ended by its limit, as PostgreSQL's code says. */
function isTooLate(error: unknown): boolean {
  return error instanceof Error && /57014|statement timeout/.test(error.message);
}
