import type { Action } from "../command.ts";
import { chooseAccount } from "../find-account.ts";
import { formatQuery, type Query } from "../query.ts";
import type { GrowthFigures } from "../store/growth.ts";

/** Other views of the same, and the accounts that made the most of it. */
export function growthActions(
  { gained, lost, paths }: GrowthFigures,
  query: Query,
  options: Readonly<Record<"chart" | "explain", boolean>>,
  snapshot: number,
): readonly Action[] {
  const view = (label: string, words: readonly string[]): Action => ({
    kind: "run",
    label,
    line: formatQuery("growth", { ...query, words }),
  });
  return [
    ...(options.chart || options.explain ? [view("Table", [])] : []),
    ...(options.chart ? [] : [view("Chart", ["chart"])]),
    ...(options.explain ? [] : [view("Explain", ["explain"])]),
    ...chooseAccount("Open an account", "account", [...gained, ...lost]),
    { kind: "filter", label: "Filter", line: formatQuery("growth", query) },
    ...(paths.length > 0
      ? [{ kind: "share" as const, label: "Share", line: formatQuery("growth", { ...query, snapshot }) }]
      : []),
  ];
}
