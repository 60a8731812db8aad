import type { Along, Chart } from "./chart.ts";

/** A year, quarter, month, week or day as it is written. */
const PERIOD =
  /^(\d{4}([-/.](\d{1,2}|Q[1-4]|W\d{1,2})){0,2}|Q[1-4].{0,5}|W(eek )?\d{1,2}.{0,5}|(\d{1,2} )?(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?( \d{1,2})?( '?\d{2,4})?)$/;

/** The places of the categories with the largest values, in the order in which they stand. */
export function largestCategories(chart: Chart, most: number): readonly number[] {
  return chart.categories
    .map((_, index) => ({ index, size: sizeOf(chart, index) }))
    .sort((left, right) => right.size - left.size || left.index - right.index)
    .slice(0, most)
    .map(({ index }) => index)
    .sort((left, right) => left - right);
}

/** The places of the first categories. */
export function firstCategories(chart: Chart, most: number): readonly number[] {
  return chart.categories.slice(0, most).map((_, index) => index);
}

/** The chart with these categories only. */
export function onlyCategories(chart: Chart, kept: readonly number[]): Chart {
  return {
    ...chart,
    categories: kept.map((index) => chart.categories[index] ?? ""),
    series: chart.series.map((series) => ({
      ...series,
      values: kept.map((index) => series.values[index] ?? Number.NaN),
    })),
    ...(chart.along && { along: onlyPlaces(chart.along, kept) }),
  };
}

function onlyPlaces(along: Along, kept: readonly number[]): Along {
  return {
    ...along,
    values: kept.map((index) => along.values[index] ?? Number.NaN),
    named: kept.flatMap((index, place) => (along.named.includes(index) ? [place] : [])),
  };
}

/** The chart with these categories and a last one, `Other (31)`, for the sum of the rest. */
export function sumOtherCategories(chart: Chart, kept: readonly number[]): Chart {
  const shown = onlyCategories(chart, kept);
  const places = new Set(kept);
  const rest = chart.categories.length - kept.length;
  if (rest === 0) return shown;
  return {
    ...shown,
    categories: [...shown.categories, `Other (${rest})`],
    series: shown.series.map((series, index) => ({
      ...series,
      values: [
        ...series.values,
        sumOf((chart.series[index]?.values ?? []).filter((_, place) => !places.has(place))),
      ],
    })),
  };
}

/** Whether the categories follow one another, so that none may be left out: a line, or bars of months. */
export function isTrend({ kind, categories }: Chart): boolean {
  if (kind === "line" || kind === "area") return true;
  return kind === "bar" && categories.every((category) => PERIOD.test(category.trim()));
}

/** Whether the values of several categories make a sum: rates do not. */
export function addsUp({ kind, unit }: Chart): boolean {
  if (kind === "pie" || kind === "pareto") return true;
  return kind === "bar" && unit.kind !== "share";
}

export function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

/** Whether every series has a finite value for every category. */
export function isComplete({ categories, series }: Chart): boolean {
  return series.every(({ values }) => categories.every((_, index) => Number.isFinite(values[index])));
}

function sizeOf(chart: Chart, index: number): number {
  return sumOf(chart.series.map(({ values }) => Math.abs(values[index] || 0)));
}
