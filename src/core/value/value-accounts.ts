import type { Day } from "../calendar.ts";
import { createExpectations } from "./expectations.ts";
import { entryOf, type SpendColumns } from "./history-columns.ts";
import { createSpend } from "./spend.ts";
import type { AccountHistory, AccountValue, ValueFit, ValueTerms } from "./value-fit.ts";

/** Values of many accounts; entries run in step with the columns. */
export interface AccountValues {
  /** Undefined where no model can tell. */
  readonly alive: Float64Array | undefined;
  readonly expected: Float64Array;
  readonly worthMinor: Float64Array;
}

/** Values accounts by one fit. */
export interface Valuer {
  value(history: AccountHistory): AccountValue;
  /** The same of many at once. */
  valueAll(columns: SpendColumns): AccountValues;
}

/**
 * Values accounts as of a day, the fit's last one or a later one. An account is worth what it is expected to buy within the
 * horizon times what it spends per purchase, as margin and discounted: how often and how much are taken to be
 * unrelated. Worth is rounded half away from zero, never negative and a safe integer.
 */
export function createValuer(fit: ValueFit, terms: ValueTerms, asOf: Day): Valuer {
  const expectationOf = createExpectations(fit, terms, asOf);
  const spendOf = createSpend(fit);
  const worthOf = (discounted: number, frequency: number, repeatMinor: number) => {
    const worth = (terms.margin / 1000) * spendOf(frequency, repeatMinor) * discounted;
    return Math.min(Math.round(worth), Number.MAX_SAFE_INTEGER);
  };
  return {
    value(history) {
      const { frequency, recencyDays, ageDays, repeatMinor } = entryOf(history, asOf);
      const { alive, year, discounted } = expectationOf(frequency, recencyDays, ageDays);
      return { alive, expected: year, worthMinor: worthOf(discounted, frequency, repeatMinor) };
    },
    valueAll({ frequency, recencyDays, ageDays, repeatMinor }) {
      const size = frequency.length;
      const alive = fit.teller === undefined ? undefined : new Float64Array(size);
      const [expected, worthMinor] = [new Float64Array(size), new Float64Array(size)];
      for (let account = 0; account < size; account += 1) {
        const own = frequency[account] ?? 0;
        const expectation = expectationOf(own, recencyDays[account] ?? 0, ageDays[account] ?? 0);
        if (alive) alive[account] = expectation.alive ?? 0;
        expected[account] = expectation.year;
        worthMinor[account] = worthOf(expectation.discounted, own, repeatMinor[account] ?? 0);
      }
      return { alive, expected, worthMinor };
    },
  };
}
