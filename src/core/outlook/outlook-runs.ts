import { drawNewcomers } from "./newcomers.ts";
import type { OutlookFigures, YearFigures } from "./outlook-figures.ts";
import { allQuarters, quartersOfYear, toldQuarters } from "./outlook-input.ts";
import { type Paths, parameterDrawOf, pathColumns, runs } from "./paths.ts";
import type { SimulatedCustomers, SimulatedOutlook } from "./simulate-outlook.ts";

/** What is asked about: nothing, or what if. */
export interface WhatIf {
  /** The paths of an account that is lost today. */
  readonly without?: Paths;
  /** How many times as many are won as in the last year; 1 unless said. */
  readonly pace?: number;
}

/** The figures of an outlook in every run, as it is or as it would be. */
export function outlookRuns(simulated: SimulatedOutlook, whatIf: WhatIf): OutlookFigures<Float64Array> {
  const { pace = 1 } = whatIf;
  const { newcomers, levels, wonRates, totals, seed } = simulated;
  const own = customerRuns(simulated, whatIf.without);
  const coming = drawNewcomers(newcomers, wonRates, pace, seed);
  const level = (run: number) => levels[run] ?? 1;
  const comingIn = (run: number, from: number, to: number) =>
    sumOf(coming.first, run * toldQuarters, from, to) +
    level(run) * sumOf(coming.repeated, run * toldQuarters, from, to);

  const left = own.leftUntil(pathColumns);

  function yearTo(end: number): YearFigures<Float64Array> {
    const from = end - quartersOfYear;
    const { left, there, lostMinor, todayMinor } = own.yearTo(end);
    const wonMinor = inEachRun((run) => comingIn(run, from, end));
    return {
      ...{ left, there, lostMinor, todayMinor },
      won: inEachRun((run) => sumOf(coming.won, run * toldQuarters, 0, end)),
      wonMinor,
      allMinor: inEachRun((run) => (todayMinor[run] ?? 0) + (wonMinor[run] ?? 0)),
      needed: inEachRun((run) => {
        const gap = Math.max(0, totals.yearMinor - (todayMinor[run] ?? 0));
        const brought = broughtByOne(simulated, run, end);
        return brought > 0 ? gap / brought : 0;
      }),
    };
  }

  return {
    customers: own.customers,
    in12Months: yearTo(quartersOfYear),
    in36Months: yearTo(toldQuarters),
    longRun: {
      customers: inEachRun((run) => {
        const stayed = Math.max(0, (own.customers[run] ?? 0) - (left[run] ?? 0));
        const stay = newcomers.meanThere[parameterDrawOf(run)] ?? new Float64Array();
        return stayed + ((pace * (wonRates[run] ?? 0)) / quartersOfYear) * sumOf(stay, 0, 0, allQuarters);
      }),
      yearMinor: inEachRun(
        (run) =>
          own.bought(run, toldQuarters, pathColumns) +
          pace * (wonRates[run] ?? 0) * broughtByOne(simulated, run, allQuarters),
      ),
    },
    quarters: Array.from({ length: toldQuarters }, (_, quarter) => {
      const todayMinor = inEachRun((run) => own.bought(run, quarter, quarter + 1));
      const allMinor = todayMinor.map((value, run) => value + comingIn(run, quarter, quarter + 1));
      return { todayMinor, allMinor };
    }),
  };
}

/**
 * What newcomers buy in the year to the end of a quarter if one is won each year from today on, at any time of it: what
 * those are divided by who are needed.
 */
function broughtByOne(
  { newcomers, levels }: Pick<SimulatedOutlook, "newcomers" | "levels">,
  run: number,
  end: number,
): number {
  const repeats = newcomers.meanRepeats[parameterDrawOf(run)] ?? new Float64Array();
  let repeated = 0;
  for (let quarter = end - quartersOfYear; quarter < end; quarter += 1)
    repeated += sumOf(repeats, 0, 0, quarter + 1) / quartersOfYear;
  return (newcomers.meanFirst[parameterDrawOf(run)] ?? 0) + (levels[run] ?? 1) * repeated;
}

/** What becomes of customers of today in every run, without the one that is lost. */
export function customerRuns({ paths, levels }: Pick<SimulatedCustomers, "paths" | "levels">, lost?: Paths) {
  function sum(kind: "left" | "bought" | "lost", run: number, from: number, to: number): number {
    const all = sumOf(paths[kind], run * pathColumns, from, to);
    // In a sample, whoever stands for the account may have bought less.
    return lost ? Math.max(0, all - sumOf(lost[kind], run * pathColumns, from, to)) : all;
  }
  const customers = inEachRun((run) => Math.max(0, (paths.there[run] ?? 0) - (lost?.there[run] ?? 0)));
  const bought = (run: number, from: number, to: number) => (levels[run] ?? 1) * sum("bought", run, from, to);
  const leftUntil = (end: number) => inEachRun((run) => sum("left", run, 0, end));
  return {
    ...{ customers, bought, leftUntil },
    yearTo(end: number) {
      const left = leftUntil(end);
      return {
        left,
        there: inEachRun((run) => Math.max(0, (customers[run] ?? 0) - (left[run] ?? 0))),
        lostMinor: inEachRun((run) => (levels[run] ?? 1) * sum("lost", run, 0, end)),
        todayMinor: inEachRun((run) => bought(run, end - quartersOfYear, end)),
      };
    },
  };
}

function inEachRun(figure: (run: number) => number): Float64Array {
  return Float64Array.from({ length: runs }, (_, run) => figure(run));
}

function sumOf(values: Float64Array, row: number, from: number, to: number): number {
  let sum = 0;
  for (let at = row + from; at < row + to; at += 1) sum += values[at] ?? 0;
  return sum;
}
