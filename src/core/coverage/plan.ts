import { type CoverageLevel, type CoverageTerms, coverageLevels, headcount } from "./levels.ts";

/** Accounts by what is recommended and what is the case, where anything says what is. */
export interface ServedCount {
  readonly level: CoverageLevel;
  readonly actual: CoverageLevel | undefined;
  readonly accounts: number;
  readonly prospects: number;
  readonly unowned: number;
  readonly moved: number;
  readonly stake: number;
}

/** What a level takes in a year. Money in minor units. */
export interface LevelPlan {
  readonly level: CoverageLevel;
  readonly accounts: number;
  readonly prospects: number;
  /** Without an owner. */
  readonly unowned: number;
  readonly hours: number;
  readonly people: number;
  readonly cost: number;
  readonly stake: number;
}

/** What the recommended levels take, and how far that is from how accounts are served. */
export interface CoveragePlan {
  /** In the order of `coverageLevels`; levels without accounts have zeros. */
  readonly levels: readonly LevelPlan[];
  readonly accounts: number;
  readonly hours: number;
  readonly people: number;
  readonly cost: number;
  readonly stake: number;
  /** Accounts of which it is known how they are served, and what that costs. */
  readonly known: { readonly accounts: number; readonly hours: number; readonly cost: number };
  /** Served less than recommended, and what is missing for it. */
  readonly under: GapSum;
  /** Served more than recommended, and what that costs beyond. */
  readonly over: GapSum;
  /** Recommended to be served by somebody, and without an owner. */
  readonly unowned: number;
  /** Whose tier is another one than before. */
  readonly moved: number;
}

interface GapSum {
  readonly accounts: number;
  readonly hours: number;
  readonly cost: number;
}

/** Adds up what serving accounts as recommended takes, and compares it with how they are served. */
export function planCoverage(cells: readonly ServedCount[], terms: CoverageTerms): CoveragePlan {
  const levels = terms.levels.map((own): LevelPlan => {
    const mine = cells.filter(({ level }) => level === own.level);
    const sumOf = (part: "accounts" | "prospects" | "unowned" | "stake") => total(mine, (cell) => cell[part]);
    const accounts = sumOf("accounts");
    const hours = accounts * own.hours;
    return {
      ...{ level: own.level, accounts, hours, people: headcount(hours, terms), cost: accounts * own.cost },
      ...{ prospects: sumOf("prospects"), unowned: sumOf("unowned"), stake: sumOf("stake") },
    };
  });
  const known = cells.flatMap(({ actual, ...cell }) => (actual === undefined ? [] : [{ ...cell, actual }]));
  const away = (isGap: (difference: number) => boolean): GapSum => {
    const gaps = known.filter(({ level, actual }) => isGap(placeOf(actual) - placeOf(level)));
    const apart = (part: "hours" | "cost") =>
      total(gaps, ({ level, actual, accounts }) =>
        Math.abs(accounts * (takes(terms, actual)[part] - takes(terms, level)[part])),
      );
    return { accounts: total(gaps, ({ accounts }) => accounts), hours: apart("hours"), cost: apart("cost") };
  };
  const hours = total(levels, (level) => level.hours);
  return {
    levels,
    accounts: total(levels, ({ accounts }) => accounts),
    ...{ hours, people: headcount(hours, terms) },
    cost: total(levels, ({ cost }) => cost),
    stake: total(levels, ({ stake }) => stake),
    known: {
      accounts: total(known, ({ accounts }) => accounts),
      hours: total(known, ({ actual, accounts }) => accounts * takes(terms, actual).hours),
      cost: total(known, ({ actual, accounts }) => accounts * takes(terms, actual).cost),
    },
    under: away((difference) => difference > 0),
    over: away((difference) => difference < 0),
    unowned: total(levels, ({ level, unowned }) => (level === "self-serve" ? 0 : unowned)),
    moved: total(cells, ({ moved }) => moved),
  };
}

/** Hours of a year that the recommended levels of so many accounts take. */
export function hoursFor(accounts: Readonly<Record<CoverageLevel, number>>, terms: CoverageTerms): number {
  return total(terms.levels, ({ level, hours }) => accounts[level] * hours);
}

/** What one account takes at a level. */
export function takes({ levels }: CoverageTerms, level: CoverageLevel) {
  const own = levels[placeOf(level)];
  if (!own) throw new RangeError(`No terms for ${level}.`);
  return own;
}

function placeOf(level: CoverageLevel): number {
  return coverageLevels.indexOf(level);
}

function total<Item>(items: readonly Item[], of: (item: Item) => number): number {
  return items.reduce((sum, item) => sum + of(item), 0);
}
