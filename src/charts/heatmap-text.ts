import stringWidth from "string-width";
import { shortValue } from "./amounts.ts";
import type { Chart, Unit } from "./chart.ts";
import { distinctLabels, readableNames } from "./labels.ts";

const MOST_ROWS = 12;
const MOST_COLUMNS = 12;
const ROW_NAME = (text: string) => stringWidth(text) <= 20;
const COLUMN_NAME = (text: string) => stringWidth(text) <= 6;

/** A heatmap's grid as rows of cells to be lined up, and what is to be said of them. */
export interface HeatmapText {
  readonly rows: readonly (readonly string[])[];
  readonly remarks: readonly string[];
}

export function heatmapText({ categories, categoryTitle, series, unit }: Chart): HeatmapText {
  const shown = series.slice(0, MOST_COLUMNS);
  const titles = distinctLabels(
    readableNames(
      shown.map(({ name }) => name),
      "Column",
    ),
    COLUMN_NAME,
  );
  const names = distinctLabels(readableNames(categories.slice(0, MOST_ROWS), categoryTitle), ROW_NAME);
  const isOpen = shown.some(({ unfinished = [] }) => unfinished.some((place) => place < names.length));
  const mark = (isOwn: boolean) => (isOpen ? (isOwn ? "*" : " ") : "");
  return {
    rows: [
      [unit.kind === "share" ? "in %" : "", ...titles.map((title) => title + mark(false)), ""],
      ...names.map((name, row) => [
        name,
        ...shown.map(
          ({ values, unfinished = [] }) => cellText(values[row], unit) + mark(unfinished.includes(row)),
        ),
        "",
      ]),
    ],
    remarks: [
      ...(isOpen ? ["* so far"] : []),
      ...leftOut("row", categories.length - names.length),
      ...leftOut("column", series.length - shown.length),
    ],
  };
}

/** Shares as whole numbers, since a grid has no room for more; nothing where there is no cell. */
function cellText(value: number | undefined, unit: Unit): string {
  if (value === undefined || !Number.isFinite(value)) return "";
  return unit.kind === "share" ? `${Math.round(value * 100)}` : shortValue(value, unit);
}

function leftOut(noun: string, count: number): readonly string[] {
  return count === 0 ? [] : [`… and ${count} more ${noun}${count === 1 ? "" : "s"}.`];
}
