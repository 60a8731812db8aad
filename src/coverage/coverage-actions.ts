import type { Action } from "../command.ts";
import { formatQuery, type Query } from "../query.ts";
import type { Snapshot } from "../store/reads.ts";
import type { CoverageView } from "./coverage-options.ts";

const labels: Readonly<Record<CoverageView, string>> = {
  plan: "Plan",
  gaps: "Gaps",
  capacity: "Capacity",
  raci: "Who does what",
  explain: "Explain",
};

/** The other views of the same accounts, filter and share. */
export function coverageActions(
  query: Query,
  shown: CoverageView,
  { id }: Snapshot,
  isShareable: boolean,
): readonly Action[] {
  return [
    ...viewActions(query, shown),
    { kind: "filter", label: "Filter", line: formatQuery("coverage", { ...query, page: 1 }) },
    ...(isShareable
      ? [
          {
            kind: "share" as const,
            label: "Share",
            line: formatQuery("coverage", { ...query, snapshot: id }),
          },
        ]
      : []),
  ];
}

/** The other views of the same accounts. */
export function viewActions(query: Query, shown: CoverageView): readonly Action[] {
  return (Object.keys(labels) as CoverageView[])
    .filter((view) => view !== shown)
    .map((view) => ({
      kind: "run",
      label: labels[view],
      line: formatQuery("coverage", { ...query, page: 1, words: view === "plan" ? [] : [view] }),
    }));
}
