import { falseShare, largestTelling } from "../false-discovery.ts";
import { chanceOf, leastChanceOf, logFactorials } from "../fisher-test.ts";
import type { Criterion } from "./criteria.ts";

/** How many accounts have two values at once; combinations that no account has are left out. */
export interface PairTable {
  readonly criteria: readonly [Criterion, Criterion];
  readonly cells: readonly {
    readonly values: readonly [string, string];
    readonly accounts: number;
  }[];
}

/** Two values that go together more often, or less often, than chance puts them together. */
export interface Surprise {
  readonly criteria: readonly [Criterion, Criterion];
  readonly values: readonly [string, string];
  /** Accounts with both. */
  readonly accounts: number;
  /** What it would be if neither had to do with the other. */
  readonly expected: number;
  /** Accounts with the first value and any second one, and the reverse. */
  readonly withFirst: number;
  readonly withSecond: number;
  /** Accounts of which both are known. */
  readonly whole: number;
  /** `accounts ÷ expected`. */
  readonly ratio: number;
  /** How many times more, or fewer, at least: at the nearer end of the ratio's interval of 95 %; 1 where that holds 1. */
  readonly sureRatio: number;
  /** How likely chance alone is as far off. */
  readonly chance: number;
}

export interface Surprises {
  /** Combinations that were tested, and the pairs of criteria that they are of. */
  readonly tested: number;
  readonly pairs: number;
  /** Pairs of which one says the other, as a country says its region: nothing about them is a surprise. */
  readonly following: readonly PairTable["criteria"][];
  /** The most telling first. */
  readonly found: readonly Surprise[];
}

/** With a million accounts everything differs a little: less than that is not worth a word. */
const leastRatio = 1.25;
/** From here on, knowing one criterion spares so much of the error in guessing the other that it follows from it. */
const followsFrom = 0.9;
/** The normal quantile of an interval of 95 %. */
const z = 1.959963984540054;

/**
 * The combinations of two values that are more than chance: the exact chance of each, if its two criteria had nothing to
 * do with each other, by Benjamini and Hochberg's rule (1995) at 5 % over all that were tested. Tested is every
 * combination that could be surprising at all, which only depends on how many accounts each value has (Gilbert 2005).
 * Of those, the ones are found that differ by a quarter or more, in order of how much they differ at least.
 */
export function findSurprises(tables: readonly PairTable[]): Surprises {
  const following = tables.filter((table) => follows(table));
  const logs = logFactorials(Math.max(0, ...tables.map(wholeOf)));
  const judged = tables.filter((table) => !following.includes(table)).flatMap((table) => judge(table, logs));
  const threshold = largestTelling(judged.map(({ chance }) => chance));
  return {
    tested: judged.length,
    pairs: tables.length - following.length,
    following: following.map(({ criteria }) => criteria),
    found: judged
      .filter(({ chance, ratio }) => chance <= threshold && (ratio >= leastRatio || ratio <= 1 / leastRatio))
      .sort(byWeight),
  };
}

/** Every combination of a table's values that could be significant. */
function judge(table: PairTable, logs: Float64Array): readonly Surprise[] {
  const { criteria, cells } = table;
  const whole = wholeOf(table);
  const [firsts, seconds] = [totalsOf(cells, 0), totalsOf(cells, 1)];
  const counts = new Map(cells.map(({ values, accounts }) => [JSON.stringify(values), accounts]));
  return [...firsts].flatMap(([first, withFirst]) =>
    [...seconds].flatMap(([second, withSecond]) => {
      const draw = { whole, marked: withSecond, drawn: withFirst };
      if (leastChanceOf(draw, logs) > falseShare) return [];
      const accounts = counts.get(JSON.stringify([first, second])) ?? 0;
      const expected = (withFirst * withSecond) / whole;
      return [
        {
          ...{ criteria, values: [first, second] as const, accounts, expected, withFirst, withSecond, whole },
          ...{ ratio: accounts / expected, sureRatio: sureRatioOf(accounts, expected) },
          chance: chanceOf(draw, accounts, logs),
        },
      ];
    }),
  );
}

/** Byar's limits of a count (Breslow & Day 1987) against what is expected. */
function sureRatioOf(accounts: number, expected: number): number {
  const limit = (count: number, reach: number) =>
    count === 0 ? 0 : count * (1 - 1 / (9 * count) + reach / (3 * Math.sqrt(count))) ** 3;
  const low = limit(accounts, -z) / expected;
  const high = limit(accounts + 1, z) / expected;
  return accounts > expected ? Math.max(1, low) : Math.max(1, 1 / high);
}

/** Whether one criterion nearly tells the other: Goodman and Kruskal's lambda (1954), in either direction. */
function follows(table: PairTable): boolean {
  const { cells } = table;
  const whole = wholeOf(table);
  const spared = (known: 0 | 1) => {
    const largest = new Map<string, number>();
    for (const { values, accounts } of cells)
      largest.set(values[known], Math.max(largest.get(values[known]) ?? 0, accounts));
    const guessed = Math.max(0, ...totalsOf(cells, known === 0 ? 1 : 0).values());
    const told = [...largest.values()].reduce((sum, accounts) => sum + accounts, 0);
    return whole === guessed ? 1 : (told - guessed) / (whole - guessed);
  };
  return spared(0) >= followsFrom || spared(1) >= followsFrom;
}

function wholeOf({ cells }: PairTable): number {
  return cells.reduce((sum, { accounts }) => sum + accounts, 0);
}

function totalsOf(cells: PairTable["cells"], place: 0 | 1): ReadonlyMap<string, number> {
  const totals = new Map<string, number>();
  for (const { values, accounts } of cells)
    totals.set(values[place], (totals.get(values[place]) ?? 0) + accounts);
  return totals;
}

function byWeight(left: Surprise, right: Surprise): number {
  const name = ({ criteria, values }: Surprise) => JSON.stringify([criteria, values]);
  return (
    right.sureRatio - left.sureRatio ||
    left.chance - right.chance ||
    right.accounts - left.accounts ||
    (name(left) < name(right) ? -1 : 1)
  );
}
