import type { Action } from "../command.ts";
import type { Cohorts } from "../core/cohorts.ts";
import { formatQuery, type Query } from "../query.ts";

type Options = Readonly<Record<"value" | "accounts" | "chart" | "explain", boolean>>;

/** Other views of the same, and lists of who came when. */
export function cohortActions(
  cohorts: Cohorts,
  query: Query,
  options: Options,
  snapshot: number,
): readonly Action[] {
  const view = (label: string, { value, chart, explain }: Partial<Options>): Action => ({
    kind: "run",
    label,
    line: formatQuery("cohorts", {
      ...query,
      words: [...(value ? ["value"] : []), ...(chart ? ["chart"] : []), ...(explain ? ["explain"] : [])],
    }),
  });
  const { value, chart } = options;
  const choices = cohorts.rows
    .filter(({ label }) => /^\d{4}/.test(label))
    .map(({ label }) => ({
      label,
      line: formatQuery("top", { ...query, words: [], filters: { ...query.filters, cohort: label } }),
    }));
  return [
    ...(chart ? [view("Table", { value })] : [view("Heatmap", { value, chart: true })]),
    ...(value ? [view("Customers", { chart })] : [view("Spend", { value: true, chart })]),
    ...(options.explain ? [] : [view("Explain", { value, explain: true })]),
    ...(choices.length > 0 ? [{ kind: "choose" as const, label: "Who came when", choices }] : []),
    { kind: "filter", label: "Filter", line: formatQuery("cohorts", query) },
    ...(cohorts.customers > 0
      ? [{ kind: "share" as const, label: "Share", line: formatQuery("cohorts", { ...query, snapshot }) }]
      : []),
  ];
}
