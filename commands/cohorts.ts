import { cohortActions } from "../src/cohorts/cohort-actions.ts";
import { cohortChart, MOST_CHARTED } from "../src/cohorts/cohort-chart.ts";
import { cohortData } from "../src/cohorts/cohort-data.ts";
import { cohortTable, comparisonTable, MOST_QUARTERS } from "../src/cohorts/cohort-table.ts";
import {
  type Again,
  methodLines,
  wordAgain,
  wordComparison,
  wordEstimate,
  wordHeadline,
} from "../src/cohorts/cohort-words.ts";
import { comparedCohorts } from "../src/cohorts/compared-cohorts.ts";
import { defineCommand } from "../src/command.ts";
import { onlyWords } from "../src/command-words.ts";
import { monthsUntil } from "../src/core/calendar.ts";
import { type Cohorts, cohortsOf } from "../src/core/cohorts.ts";
import { requireSnapshot } from "../src/list-accounts.ts";
import { accountFilters, formatFilters, without } from "../src/query.ts";
import { resolveFilters } from "../src/resolve-filters.ts";
import { scopeNotes, stampOf } from "../src/wording.ts";

/** As many as a heatmap has room for, with figures in its cells. */
const MOST_ROWS = 8;

export default defineCommand({
  summary: "Customers by when they first bought, and how many of them stay",
  usage: "cohorts [value|accounts] [chart|explain] [filters]",
  examples: ["cohorts", "cohorts chart", "cohorts value mine"],
  filters: without(accountFilters, "from", "direction", "quietDays", "goneQuiet"),
  options: onlyWords("value", "accounts", "chart", "explain"),

  async run({ options, query }, context) {
    const { store } = context;
    const snapshot = await requireSnapshot(context, query);
    const { tier, ...filters } = query.filters;
    const resolved = await resolveFilters(filters, snapshot, context);
    const selection = { ...resolved.selection, ...(tier && { tier }) };
    const [figures, again] = await Promise.all([
      store.cohorts(snapshot, selection),
      store.boughtAgain(snapshot, selection),
    ]);
    const cohorts = cohortsOf(figures, snapshot.asOf, MOST_ROWS);
    const compared = comparedCohorts(cohorts.rows);
    const followed = options.value ? "value" : "accounts";
    const spoken = formatFilters({ ...resolved.spoken, ...(tier && { tier }) });
    const headline = wordHeadline(cohorts, followed, spoken.length === 0 ? "" : ` (${spoken.join(" ")})`);
    const isEmpty = cohorts.customers === 0;
    return {
      headline,
      lines: [...wordComparison(compared), ...(options.explain ? methodLines : [])].map((line) => [line]),
      facts: factsOf(cohorts, again, snapshot.asOf),
      ...(!isEmpty &&
        (options.chart
          ? { charts: [cohortChart(cohorts, followed, `${headline}.`)] }
          : {
              table:
                options.explain && compared.length > 0
                  ? comparisonTable(compared)
                  : cohortTable(cohorts, followed, snapshot.currency),
            })),
      actions: cohortActions(cohorts, query, options, snapshot.id),
      notes: [
        ...scopeNotes(context.access),
        ...notesOf(cohorts, options.chart ? MOST_CHARTED : MOST_QUARTERS),
        `Data as of ${snapshot.asOf} · snapshot ${snapshot.id}`,
      ],
      snapshot: stampOf(snapshot),
      data: cohortData(cohorts, compared, again, snapshot),
    };
  },
});

function factsOf({ yearLater }: Cohorts, again: Again | undefined, asOf: string) {
  return [
    ...(yearLater ? [{ label: "Bought a year later", value: wordEstimate(yearLater) }] : []),
    ...(again && again.customers > 0
      ? [{ label: "Bought again", value: wordAgain(again, monthsUntil(asOf, 12).after) }]
      : []),
  ];
}

function notesOf({ quarters, rows }: Cohorts, shown: number): readonly string[] {
  const isRunning = quarters.some(({ cells }) => cells.at(-1)?.isRunning);
  const longest = Math.max(0, ...rows.map(({ cells }) => cells.length - 1));
  return [
    ...quarters
      .slice(0, 1)
      .map(
        ({ label }) => `Purchases are known from ${label} on: who bought before counts as having come then.`,
      ),
    ...(isRunning ? ["The newest quarter is not over: its figures are what they are so far."] : []),
    ...(longest > shown ? [`Quarters after +${shown} are in the download.`] : []),
    ...(rows.length < quarters.length
      ? ["Older quarters are shown by years; the download has each quarter."]
      : []),
  ];
}
