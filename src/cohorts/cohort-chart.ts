import type { Chart } from "../charts/chart.ts";
import type { Cohorts } from "../core/cohorts.ts";
import { formatCount } from "../wording.ts";
import { shareOf } from "./cohort-table.ts";
import type { Followed } from "./cohort-words.ts";

/** As many as have room for figures of three digits. */
export const MOST_CHARTED = 10;

/** Cohorts as a heatmap: what there is not yet stays empty, what is not over is marked. */
export function cohortChart({ rows }: Cohorts, followed: Followed, message: string): Chart {
  const longest = Math.max(0, ...rows.map(({ cells }) => cells.length - 1));
  const shown = Math.min(MOST_CHARTED, longest);
  return {
    kind: "heatmap",
    title: followed === "accounts" ? "Customers who bought in later quarters" : "Spend in later quarters",
    message,
    categories: rows.map(({ label, customers }) => `${label} · ${formatCount(customers)}`),
    series: Array.from({ length: shown }, (_, index) => ({
      name: `+${index + 1}`,
      values: rows.map(({ cells }) => shareOf(cells[index + 1], followed) ?? Number.NaN),
      unfinished: rows.flatMap(({ cells }, row) => (cells[index + 1]?.isRunning ? [row] : [])),
    })),
    unit: { kind: "share" },
    categoryTitle: "First purchase",
  };
}
