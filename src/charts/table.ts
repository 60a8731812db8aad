import { exactValue } from "./amounts.ts";
import { firstCategories, onlyCategories, sumOf } from "./categories.ts";
import type { Chart } from "./chart.ts";
import { readable, readableNames } from "./labels.ts";
import { cumulativeShares } from "./pareto.ts";

/** The same shape as the contract's `Table`, which this folder does not know. */
export interface ChartTable {
  readonly caption: string;
  readonly columns: readonly { readonly title: string; readonly align?: "left" | "right" }[];
  readonly rows: readonly (readonly ChartCell[])[];
}

interface ChartCell {
  readonly text: string;
  /** In the unit of the chart. */
  readonly value?: number;
}

/** As many as Slack's table holds beside its header. */
const MOST_ROWS = 100;

/** The chart's exact figures, a row for each category; of a Pareto chart and a pie also their shares. */
export function chartTable(chart: Chart): ChartTable {
  const shares = sharesOf(chart);
  const shown = onlyCategories(chart, firstCategories(chart, MOST_ROWS));
  const names = readableNames(shown.categories, chart.categoryTitle);
  const titles = readableNames(
    shown.series.map(({ name }) => name),
    "Series",
  );
  return {
    caption: caption(chart, shown),
    columns: [
      { title: readable(chart.categoryTitle) || "Category" },
      ...(shown.along ? [{ title: readable(shown.along.title) || "Along", align: "right" as const }] : []),
      ...titles.map((title) => ({ title, align: "right" as const })),
      ...(shares ? [{ title: shares.title, align: "right" as const }] : []),
    ],
    rows: names.map((name, row) => [
      { text: name },
      ...(shown.along ? [cell(shown.along.values[row], shown.along.unit)] : []),
      ...shown.series.map(({ values, unfinished }) =>
        cell(values[row], chart.unit, unfinished?.includes(row)),
      ),
      ...(shares ? [cell(shares.values[row], { kind: "share" })] : []),
    ]),
  };
}

interface Shares {
  readonly title: string;
  readonly values: readonly number[];
}

/** The shares that belong to a kind of chart; the rows stand in its order. */
function sharesOf(chart: Chart): Shares | undefined {
  if (chart.kind === "pareto") {
    const cumulative = cumulativeShares(chart);
    return cumulative && { title: "Cumulative share", values: cumulative };
  }
  const values = chart.series[0]?.values ?? [];
  const total = sumOf(values);
  if (chart.kind !== "pie" || chart.unit.kind === "share" || !(total > 0)) return undefined;
  return { title: "Share", values: values.map((value) => value / total) };
}

function cell(value: number | undefined, unit: Chart["unit"], isUnfinished = false): ChartCell {
  const text = exactValue(value, unit);
  if (value === undefined || !Number.isFinite(value)) return { text };
  return { text: isUnfinished ? `${text} so far` : text, value };
}

function caption(chart: Chart, shown: Chart): string {
  const title = readable(chart.title) || "Chart";
  const [all, some] = [chart.categories.length, shown.categories.length];
  return all === some ? title : `${title}: the first ${some} of ${all} rows`;
}
