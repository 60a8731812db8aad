import type { Context } from "../command.ts";
import { countOf, formatDay } from "../wording.ts";
import { quarterEndSentence } from "./quarter-end.ts";
import { type Board, type BoardRow, openPlaces } from "./read-board.ts";

/** What is to be known of a board beside its figures. */
export function boardNotes(
  board: Board,
  rows: readonly BoardRow[],
  {
    access,
    isNarrowed,
    hidden,
  }: Pick<Context, "access"> & { readonly isNarrowed: boolean; readonly hidden: number },
): readonly string[] {
  const { found, leaderboard, quarterEnd, measure } = board;
  const early = rows.filter(({ standing }) => standing === "too-early").length;
  const { leastDeals } = access.settings.leaderboard;
  const quarter = quarterEndSentence(quarterEnd);
  return [
    ...(early > 0
      ? [
          measure === "cycle"
            ? `Too early: fewer than ${leastDeals} won deals.`
            : `Too early: fewer than ${leastDeals} closed deals, or fewer than 3 wins to be expected of them.`,
        ]
      : []),
    ...(quarter === undefined ? [] : [quarter]),
    ...(found.createdBy === undefined
      ? []
      : [
          `Of deals that began by ${formatDay(found.createdBy)}: of later ones too many are still open to tell.`,
        ]),
    ...(hidden === 0
      ? []
      : [
          leaderboard.kind === "ranked"
            ? `You see the first ${openPlaces} and your own row.`
            : "You see your own row.",
        ]),
    ...(isNarrowed && leaderboard.kind === "ranked" ? ["Places are among all reps."] : []),
    ...(found.withoutRep > 0 && access.owners === "all" && !access.anonymous
      ? [
          `${countOf(found.withoutRep, "deal")} without a rep ${found.withoutRep === 1 ? "counts" : "count"} for nobody.`,
        ]
      : []),
    ...(measure === "margin" && found.withoutAmount > 0
      ? [
          `${countOf(found.withoutAmount, "won deal")} without an amount ${found.withoutAmount === 1 ? "is" : "are"} left out.`,
        ]
      : []),
  ];
}
