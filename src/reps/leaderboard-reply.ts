import type { Context, Reply } from "../command.ts";
import { type Paged, pagePrefix, pagesFor, rowsToShow } from "../paging.ts";
import { formatFilters } from "../query.ts";
import { resolveFilters } from "../resolve-filters.ts";
import type { Snapshot } from "../store/reads.ts";
import { formatWindow, keptDealsNotes, scopeNotes, stampOf } from "../wording.ts";
import { boardActions } from "./board-actions.ts";
import { boardData } from "./board-data.ts";
import { explainBoard } from "./board-explanation.ts";
import { boardNotes } from "./board-notes.ts";
import type { BoardOptions } from "./board-options.ts";
import { boardTable } from "./board-table.ts";
import { boardHeadline } from "./board-words.ts";
import { funnelChart } from "./funnel-chart.ts";
import { readAttainments } from "./read-attainments.ts";
import { type Board, type BoardRow, boardRows, readBoard, visibleRows } from "./read-board.ts";
import { resultChart } from "./result-chart.ts";

/** Reps' results beside what was to be expected of the deals that they had. */
export async function leaderboardReply(
  snapshot: Snapshot,
  options: BoardOptions,
  paged: Paged,
  context: Context,
): Promise<Reply> {
  const { query } = paged;
  const { access } = context;
  const {
    selection,
    spoken,
    window = snapshot.window,
  } = await resolveFilters(query.filters, snapshot, context);
  const { ownerIds, ...deals } = selection;
  const { measure, isRaw, show } = options;
  const board = await readBoard(snapshot, { measure, deals, window }, context);
  const all = boardRows(board, isRaw);
  const seen = visibleRows(all, access);
  const rows = ownerIds === undefined ? seen : seen.filter(({ repId }) => ownerIds.includes(repId));
  const attainments = await readAttainments(snapshot, query.filters.fiscalPeriod, rows, context);
  const pages = pagesFor("leaderboard", query, rows.length);
  const shown = rowsToShow(rows, { query, rows: "all" });
  const filters = formatFilters(spoken);
  const suffix = filters.length === 0 ? "" : ` (${filters.join(" ")})`;
  const about = { isRaw, currency: snapshot.currency, attainments };
  const charts =
    show === "funnel"
      ? [funnelChart(board, rows, snapshot.currency)]
      : show === "chart"
        ? [resultChart(board, rows, about)]
        : [];
  return {
    headline: boardHeadline(board, all, { ...about, suffix }),
    lines: [
      ...whatIsExpected(board, all),
      ...(show === "explain" ? explainBoard(board, context).map((text) => [text]) : []),
    ],
    ...(shown.length > 0 && { table: boardTable(board, shown, about) }),
    ...(rows.length > 0 && charts.length > 0 && { charts }),
    actions: boardActions(options, query, { pages, snapshot, isEmpty: rows.length === 0 }, context),
    notes: [
      ...boardNotes(board, rows, {
        ...context,
        isNarrowed: ownerIds !== undefined,
        hidden: all.length - seen.length,
      }),
      ...scopeNotes(access),
      ...keptDealsNotes(snapshot, window),
      `${pagePrefix(query, pages)}Deals ${board.found.createdBy === undefined ? "that closed" : "that began"} ${formatWindow(window)} · data as of ${snapshot.asOf} · snapshot ${snapshot.id}`,
    ],
    snapshot: stampOf(snapshot),
    data: boardData(board, paged.rows === "all" ? rows : shown, { ...about, snapshot }),
  };
}

/** One sentence on what results are set beside. */
function whatIsExpected({ leaderboard }: Board, all: readonly BoardRow[]): Reply["lines"] & object {
  if (all.length === 0) return [];
  return [
    [
      leaderboard.kind === "ranked"
        ? "Expected is what the others bring with deals like theirs; in brackets where the result lies four times of five, chance apart."
        : "Expected is what the others bring with deals like theirs. Nobody has a place.",
    ],
  ];
}
