import type { Action, Context } from "../command.ts";
import { isManaging } from "../core/access.ts";
import { pageActions } from "../paging.ts";
import { formatQuery, type Query } from "../query.ts";
import type { Snapshot } from "../store/reads.ts";
import { type BoardOptions, boardMeasures, boardWordsOf } from "./board-options.ts";

/** What can be asked next of a board. */
export function boardActions(
  options: BoardOptions,
  query: Query,
  about: { readonly pages: number; readonly snapshot: Snapshot; readonly isEmpty: boolean },
  { access }: Context,
): readonly Action[] {
  const lineOf = (changed: Partial<BoardOptions>, more: Partial<Query> = {}) =>
    formatQuery("leaderboard", {
      ...query,
      page: 1,
      words: boardWordsOf({ ...options, ...changed }),
      ...more,
    });
  const run = (label: string, changed: Partial<BoardOptions>): Action => ({
    kind: "run",
    label,
    line: lineOf(changed),
  });
  const asked = { ...query, words: boardWordsOf(options) };
  return [
    ...pageActions("leaderboard", asked, about.pages, about.snapshot.id),
    {
      kind: "choose",
      label: "Compare by",
      choices: boardMeasures.map((measure) => ({ label: measure, line: lineOf({ measure }) })),
    },
    options.isRaw ? run("Adjusted", { isRaw: false }) : run("Raw", { isRaw: true }),
    ...(options.show === "chart" ? [] : [run("Chart", { show: "chart" })]),
    ...(options.show === "funnel" ? [] : [run("Funnel", { show: "funnel" })]),
    ...(options.show === "explain" ? [] : [run("Explain", { show: "explain" })]),
    ...(isManaging(access.role)
      ? [{ kind: "run" as const, label: "Incentives", line: "leaderboard incentives" }]
      : []),
    { kind: "run", label: "Champions", line: "leaderboard champions" },
    ...(about.isEmpty
      ? []
      : [
          {
            kind: "share" as const,
            label: "Share",
            line: lineOf({}, { page: query.page, snapshot: about.snapshot.id }),
          },
        ]),
  ];
}
