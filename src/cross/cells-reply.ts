import type { Action, Context, Reply } from "../command.ts";
import type { Criterion } from "../core/cross/criteria.ts";
import { formatMoney } from "../core/money.ts";
import { scoreInterval } from "../core/score-interval.ts";
import { type Paged, pageActions, pagePrefix, pagesFor, rowsToShow } from "../paging.ts";
import { formatFilters, formatQuery } from "../query.ts";
import type { CrossCell, CrossCells } from "../store/cross.ts";
import type { Snapshot } from "../store/reads.ts";
import { countOf, formatShare, formatWindow, scopeNotes, stampOf } from "../wording.ts";
import { cellFilters } from "./cell-filters.ts";
import { cellsTable, matrixTable, shareOf } from "./cells-tables.ts";
import { labelOf, wordOf, wordValue } from "./criterion-words.ts";
import type { CrossSelection } from "./cross-selection.ts";

/** Combinations that are read at once: enough for every table with rows and columns. */
const MOST_READ = 100;
const PAGE = 10;

/** What accounts come to by two or three criteria. */
export async function cellsReply(
  criteria: readonly Criterion[],
  { snapshot, selection, window, spoken }: CrossSelection,
  { isList, ...paged }: Paged & { readonly isList: boolean },
  context: Context,
): Promise<Reply> {
  const { query, rows } = paged;
  const page = {
    offset: 0,
    ...(rows === "page" && { limit: Math.max(MOST_READ, query.page * PAGE) }),
  };
  const found = await context.store.crossCells(snapshot, criteria, selection, page, window);
  const { currency } = snapshot;
  const matrix = isList ? undefined : matrixTable(criteria, found, currency);
  const pages = matrix ? 1 : pagesFor("cross", query, found.count);
  const shown = rowsToShow(found.cells, { query, rows: "all" });
  const filters = formatFilters(spoken);
  const suffix = filters.length === 0 ? "" : ` (${filters.join(" ")})`;
  const table = matrix ?? (shown.length > 0 ? cellsTable(criteria, shown, found, currency) : undefined);
  return {
    headline: headlineOf(criteria, found, currency, suffix),
    lines:
      found.count === 0
        ? []
        : [
            [
              { text: formatMoney({ amount: found.total.value, currency }), style: "bold" },
              ` spent by ${countOf(found.total.accounts, "account")} ${formatWindow(window ?? snapshot.window)}`,
            ],
          ],
    ...(table && { table }),
    actions: actionsOf(criteria, shown, { ...paged, pages, isMatrix: matrix !== undefined, snapshot }),
    notes: [
      ...notesOf(criteria, found),
      ...scopeNotes(context.access),
      `${pagePrefix(query, pages)}Data as of ${snapshot.asOf} · snapshot ${snapshot.id}`,
    ],
    snapshot: stampOf(snapshot),
    data: {
      criteria: criteria.map(wordOf),
      window: window ?? snapshot.window,
      combinations: found.count,
      ...figuresOf(found.total, currency),
      rows: (rows === "all" || matrix ? found.cells : shown).map((cell) => ({
        ...named(criteria, cell),
        ...figuresOf(cell, currency),
        share: shareOf(cell, found.total),
      })),
    },
  };
}

function headlineOf(
  criteria: readonly Criterion[],
  { cells: [largest], count, total }: CrossCells,
  currency: string,
  suffix: string,
): string {
  if (!largest) return `No accounts to look at${suffix}`;
  const values = criteria.map((criterion, place) => wordValue(criterion, largest.values[place])).join(" × ");
  const figures =
    total.positiveValue === 0
      ? countOf(largest.accounts, "account")
      : `${formatMoney({ amount: largest.value, currency })}, ${formatShare(shareOf(largest, total))} of spend`;
  return count === 1
    ? `All accounts are ${values}: ${figures}${suffix}`
    : `${values} is the largest of ${countOf(count, "combination")}: ${figures}${suffix}`;
}

function figuresOf({ accounts, value, won, closed }: Omit<CrossCell, "values">, currency: string) {
  const rate = scoreInterval(won, closed);
  return {
    ...{ accounts, value: { amount: value, currency }, won, closed },
    ...{ winRate: rate?.share ?? null, winRateLow: rate?.low ?? null, winRateHigh: rate?.high ?? null },
  };
}

const figureNames = new Set([
  "accounts",
  "value",
  "won",
  "closed",
  "winRate",
  "winRateLow",
  "winRateHigh",
  "share",
]);

/** A cell's values under their criteria's names; an imported column may be called as a figure is. */
function named(criteria: readonly Criterion[], { values }: CrossCell): Readonly<Record<string, string>> {
  const nameOf = (label: string) => (figureNames.has(label) ? `${label} (column)` : label);
  return Object.fromEntries(
    criteria.map((criterion, place) => [nameOf(labelOf(criterion)), wordValue(criterion, values[place])]),
  );
}

function actionsOf(
  criteria: readonly Criterion[],
  shown: readonly CrossCell[],
  about: Paged & { readonly pages: number; readonly isMatrix: boolean; readonly snapshot: Snapshot },
): readonly Action[] {
  const { query, pages, isMatrix, snapshot } = about;
  const words = criteria.map(wordOf);
  const choices = shown.flatMap(({ values }) => {
    const filters = cellFilters(criteria, values, query.filters);
    const label = criteria.map((criterion, place) => wordValue(criterion, values[place])).join(" × ");
    return filters ? [{ label, line: formatQuery("top", { words: [], filters, page: 1 }) }] : [];
  });
  const asked = { ...query, words: [...words, ...(isMatrix ? [] : ["list"])] };
  return [
    ...(isMatrix
      ? [
          {
            kind: "run" as const,
            label: "List with win rates",
            line: formatQuery("cross", { ...query, words: [...words, "list"] }),
          },
        ]
      : pageActions("cross", asked, pages, snapshot.id)),
    ...(choices.length > 0 ? [{ kind: "choose" as const, label: "Open the accounts", choices }] : []),
    {
      kind: "run",
      label: "What is surprising",
      line: formatQuery("cross", { ...query, words: [], page: 1 }),
    },
    { kind: "filter", label: "Filter", line: formatQuery("cross", { ...asked, page: 1 }) },
    ...(shown.length > 0
      ? [
          {
            kind: "share" as const,
            label: "Share",
            line: formatQuery("cross", { ...asked, snapshot: snapshot.id }),
          },
        ]
      : []),
  ];
}

function notesOf(criteria: readonly Criterion[], { total }: CrossCells): readonly string[] {
  const byProduct = criteria.includes("product");
  return [
    "Accounts that never bought are counted too.",
    ...(byProduct
      ? [
          `An account is counted in each product that it bought in the window, so accounts add up to more than ${total.accounts.toLocaleString("en")}; deals count by their own product.`,
        ]
      : []),
    ...(total.closed > 0
      ? [
          `Win rate: deals won of those won or lost in the window; in brackets the range it lies in, 19 times of 20.${criteria.includes("tier") && !byProduct ? " Won deals are part of what makes a tier, so it rises with the tier by itself." : ""}`,
        ]
      : []),
    "Margin and acquisition cost are not shown, since no costs are known: they need the cost of goods of each sale and what marketing and sales spent.",
  ];
}
