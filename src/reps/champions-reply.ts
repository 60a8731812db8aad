import type { Context, Reply, Table } from "../command.ts";
import type { Paged } from "../paging.ts";
import { pageActions, pagePrefix, pagesFor, rowsToShow } from "../paging.ts";
import { resolveFilters } from "../resolve-filters.ts";
import type { Snapshot } from "../store/reads.ts";
import { UsageError } from "../usage-error.ts";
import { countOf, formatCount, formatWindow, keptDealsNotes, scopeNotes, stampOf } from "../wording.ts";
import { nameOf, wordAdjusted, wordDifference } from "./board-words.ts";
import { subjectOf } from "./finding-words.ts";
import { type Champion, readChampions } from "./read-champions.ts";

/** Who sells a product, or to an industry, better than expected; who does not is for `coach`. */
export async function championsReply(
  snapshot: Snapshot,
  { query, rows }: Paged,
  context: Context,
): Promise<Reply> {
  const { sinceDays, fiscalPeriod, ...others } = query.filters;
  if (Object.keys(others).length > 0)
    throw new UsageError(
      'Champions are looked for among all products and industries that you may see: leave the filters out but "since" and "fy:".',
      [{ label: "leaderboard champions", line: "leaderboard champions" }],
    );
  const times = { ...(sinceDays !== undefined && { sinceDays }), ...(fiscalPeriod && { fiscalPeriod }) };
  const { window = snapshot.window } = await resolveFilters(times, snapshot, context);
  const { champions, compared } = await readChampions(snapshot, window, context);
  const pages = pagesFor("leaderboard", query, champions.length);
  const shown = rowsToShow(champions, { query, rows });
  return {
    headline: headlineOf(champions.length, compared),
    ...(shown.length > 0 && { table: championTable(shown, snapshot) }),
    actions: [
      ...pageActions("leaderboard", query, pages, snapshot.id),
      { kind: "run", label: "Leaderboard", line: "leaderboard" },
    ],
    notes: [
      `A champion wins more deals of a product, or in an industry, than others would of the same deals. Looked at: ${countOf(compared, "product or industry", "products and industries")} in which two reps or more have enough deals. At most one in forty of those with a champion is chance.`,
      ...scopeNotes(context.access),
      ...keptDealsNotes(snapshot, window),
      `${pagePrefix(query, pages)}Deals that closed ${formatWindow(window)} · data as of ${snapshot.asOf} · snapshot ${snapshot.id}`,
    ],
    snapshot: stampOf(snapshot),
    data: { window, compared, rows: (rows === "all" ? champions : shown).map(championData) },
  };
}

function headlineOf(champions: number, compared: number): string {
  if (champions > 0)
    return `${countOf(champions, "champion")}: who sells what better than was to be expected`;
  return compared === 0
    ? "Too early to name champions: no product and no industry has two reps with enough closed deals"
    : "No champions: reps cannot be told apart within any product or industry";
}

function championTable(champions: readonly Champion[], { currency }: Snapshot): Table {
  const right = { align: "right" } as const;
  return {
    caption: "Champions by product and industry",
    columns: [
      { title: "Of" },
      { title: "Rep" },
      { title: "Of expected", ...right },
      { title: "Difference", ...right },
      { title: "Closed", ...right },
    ],
    rows: champions.map(({ row, ...group }) => [
      { text: subjectOf(group) },
      { text: nameOf(row) },
      { text: wordAdjusted(row), ...(row.adjusted && { value: row.adjusted.ratio }) },
      { text: wordDifference(row, "wins", currency), value: row.difference },
      { text: formatCount(row.n), value: row.n },
    ]),
  };
}

/** Exact figures for programs. */
function championData({ dimension, value, row }: Champion) {
  const { name, repId, n, observed, expected, difference, adjusted } = row;
  return {
    ...{ dimension, value, rep: name, repId, closed: n, won: observed, expected, difference },
    ...{
      adjusted: adjusted?.ratio ?? null,
      low: adjusted?.ratioLow ?? null,
      high: adjusted?.ratioHigh ?? null,
    },
  };
}
