import { addDays, type Day, daysBetween } from "../../../src/core/calendar.ts";
import type { PortfolioHistories } from "../../../src/core/value/fit-portfolio.ts";
import { holdoutAfter } from "../../../src/core/value/holdout-day.ts";
import type { AccountHistory } from "../../../src/core/value/value-fit.ts";
import { cdnowDays, readCdnowSample, readOnlineRetail } from "../../helpers/cdnow.ts";

/** Purchases of one account: days since the epoch, and amounts in minor units. */
export type Bought = readonly { readonly day: number; readonly minor: number }[];

const epoch = "1970-01-01";
export const dayOf = (day: number): Day => addDays(epoch, day);
const numberOf = (day: Day) => daysBetween(epoch, day);

/** What a store would gather of accounts up to a day, and of the time before the holdout. */
export function portfolioOf(
  accounts: readonly Bought[],
  asOf: Day,
  after?: Day,
): PortfolioHistories & { readonly histories: readonly AccountHistory[] } {
  const bought = accounts.filter((each) => each.length > 0);
  const firstDay = bought.reduce(
    (first, each) => Math.min(first, ...each.map(({ day }) => day)),
    numberOf(asOf),
  );
  const end = numberOf(asOf);
  const cut = after ?? holdoutAfter(dayOf(firstDay), asOf);
  const histories = bought.map(historyOf);
  const amounts = bought.flat().map(({ minor }) => minor);
  return {
    ...{ asOf, firstDay: dayOf(firstDay), histories, all: columnsUntil(bought, end) },
    meanPurchase:
      amounts.reduce((sum, each) => sum + each, 0) /
      histories.reduce((sum, each) => sum + each.purchaseDays, 0),
    ...(cut === undefined ? {} : { before: beforeHoldout(bought, numberOf(cut)) }),
  };
}

function historyOf(bought: Bought): AccountHistory {
  const days = daysOf(bought);
  const first = days[0] ?? 0;
  return {
    ...{ purchaseDays: days.length, firstOn: dayOf(first), lastOn: dayOf(days.at(-1) ?? first) },
    repeatMinor: bought.reduce((sum, { day, minor }) => sum + (day > first ? minor : 0), 0),
  };
}

function columnsUntil(accounts: readonly Bought[], end: number) {
  const rows = accounts.map((bought) => ({ days: daysOf(bought), minor: historyOf(bought).repeatMinor }));
  return {
    frequency: Float64Array.from(rows, ({ days }) => days.length - 1),
    recencyDays: Float64Array.from(rows, ({ days }) => (days.at(-1) ?? 0) - (days[0] ?? 0)),
    ageDays: Float64Array.from(rows, ({ days }) => end - (days[0] ?? 0)),
    repeatMinor: Float64Array.from(rows, ({ minor }) => minor),
  };
}

function beforeHoldout(accounts: readonly Bought[], cut: number) {
  const known = accounts.filter((bought) => bought.some(({ day }) => day <= cut));
  const shown = known.map((bought) => bought.filter(({ day }) => day <= cut));
  const heldOut = Float64Array.from(known, (bought) => daysOf(bought).filter((day) => day > cut).length);
  return { ...columnsUntil(shown, cut), after: dayOf(cut), heldOut };
}

function daysOf(bought: Bought): readonly number[] {
  return [...new Set(bought.map(({ day }) => day))].sort((left, right) => left - right);
}

/** The 1/10 sample of CDNOW, whole, with the holdout of its papers; amounts in cents. */
export function cdnowPortfolio() {
  const accounts = new Map<string, { day: number; minor: number }[]>();
  for (const { customerId, day, amount = 0 } of readCdnowSample()) {
    const known = accounts.get(customerId) ?? [];
    known.push({ day, minor: Math.round(amount * 100) });
    accounts.set(customerId, known);
  }
  return portfolioOf([...accounts.values()], dayOf(cdnowDays.end), dayOf(cdnowDays.until));
}

/** Online Retail, of which only histories before the holdout are kept: they stand for all of it, too. */
export function onlineRetailPortfolio(): PortfolioHistories {
  const rows = readOnlineRetail().heldOut.flatMap((row) => new Array<typeof row>(row.customers).fill(row));
  const column = (value: (row: (typeof rows)[number]) => number) => Float64Array.from(rows, value);
  const columns = {
    frequency: column(({ history }) => history.frequency),
    recencyDays: column(({ history }) => Math.round(history.recency * 7)),
    ageDays: column(({ history }) => Math.round(history.age * 7)),
  };
  return {
    ...{ asOf: "2011-12-09", firstDay: "2010-12-01", meanPurchase: 48_000 },
    all: { ...columns, repeatMinor: columns.frequency.map((frequency) => frequency * 48_000) },
    before: { ...columns, after: "2011-06-08", heldOut: column(({ actual }) => actual) },
  };
}
