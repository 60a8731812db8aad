/** What is told of a year, per run or as a range. Money in minor units. */
export interface YearFigures<Value> {
  /** Customers of today who have left by its end, and who are still there. */
  readonly left: Value;
  readonly there: Value;
  /** What those who left would have bought until its end. */
  readonly lostMinor: Value;
  /** What customers of today buy in the year. */
  readonly todayMinor: Value;
  /** Accounts won until its end, and what they buy in the year. */
  readonly won: Value;
  readonly wonMinor: Value;
  /** What both buy in the year. */
  readonly allMinor: Value;
  /** Accounts to win each year until its end so that it brings as much as the last twelve months did. */
  readonly needed: Value;
}

/** Where the portfolio goes if leaving and acquisition stay as they are, told of its tenth year. */
interface LongRunFigures<Value> {
  readonly customers: Value;
  readonly yearMinor: Value;
}

/** What is bought in one of the quarters to come: by customers of today, and by all. */
interface QuarterFigures<Value> {
  readonly todayMinor: Value;
  readonly allMinor: Value;
}

export interface OutlookFigures<Value> {
  readonly customers: Value;
  readonly in12Months: YearFigures<Value>;
  readonly in36Months: YearFigures<Value>;
  readonly longRun: LongRunFigures<Value>;
  readonly quarters: readonly QuarterFigures<Value>[];
}

export function mapFigures<From, To>(
  { customers, in12Months, in36Months, longRun, quarters }: OutlookFigures<From>,
  map: (value: From) => To,
): OutlookFigures<To> {
  return {
    customers: map(customers),
    in12Months: mapYear(in12Months, map),
    in36Months: mapYear(in36Months, map),
    longRun: { customers: map(longRun.customers), yearMinor: map(longRun.yearMinor) },
    quarters: quarters.map(({ todayMinor, allMinor }) => ({
      todayMinor: map(todayMinor),
      allMinor: map(allMinor),
    })),
  };
}

function mapYear<From, To>(year: YearFigures<From>, map: (value: From) => To): YearFigures<To> {
  return {
    left: map(year.left),
    there: map(year.there),
    lostMinor: map(year.lostMinor),
    todayMinor: map(year.todayMinor),
    won: map(year.won),
    wonMinor: map(year.wonMinor),
    allMinor: map(year.allMinor),
    needed: map(year.needed),
  };
}
