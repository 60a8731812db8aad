import type { Action, Context, Reply } from "../command.ts";
import type { Tier } from "../core/tiers.ts";
import { requireSnapshot } from "../list-accounts.ts";
import { accountListActions, type Paged, pagePrefix, pagesFor, rowsToRead, rowsToShow } from "../paging.ts";
import { formatFilters, formatQuery, type Query } from "../query.ts";
import type { Snapshot } from "../store/reads.ts";
import { countOf, formatShare, scopeNotes, stampOf } from "../wording.ts";
import { likelyRange, listByWorth, type WorthList } from "./list-by-worth.ts";
import { formatEstimate, wordPredictor, wordQuality, wordTerms } from "./value-words.ts";
import { worthChart } from "./worth-chart.ts";
import { worthData } from "./worth-data.ts";
import { worthTable } from "./worth-table.ts";

/** What is wanted of accounts by lifetime value. */
export interface WorthAsked {
  /** `ltv` tells what is expected of each account, `top` where its tiers differ. */
  readonly command: "ltv" | "top";
  readonly tier: Tier | undefined;
  readonly isChart: boolean;
}

/** The answer to `ltv` and to `top by ltv`. */
export async function worthListReply(asked: WorthAsked, paged: Paged, context: Context): Promise<Reply> {
  const { command, tier, isChart } = asked;
  const { query } = paged;
  const snapshot = await requireSnapshot(context, query);
  const list = await listByWorth(command, snapshot, query, { tier, page: rowsToRead(paged), context });
  const { basis, total, spoken, wholeAccounts } = list;
  const { currency } = snapshot;
  const shown = rowsToShow(list.rows, paged).map((account) => ({
    account,
    range: likelyRange(account, basis, snapshot),
  }));
  const accounts = shown.map(({ account }) => account);
  const pages = pagesFor(command, query, total.accounts);
  const title = tier === undefined ? "Accounts by lifetime value" : `${tier} accounts by lifetime value`;
  const worth = formatEstimate({ amount: total.worthMinor, currency });
  const ahead = countOf(basis.terms.horizonMonths, "month");
  return {
    headline: headlineOf(asked, list, worth, ahead),
    lines: [
      [
        { text: worth, style: "bold" },
        ` margin expected in ${ahead}, of ${countOf(wholeAccounts, "account")} with purchases`,
      ],
      [`${wordPredictor(basis.fit.predictor)} ${wordQuality(basis.fit)}`],
    ],
    ...(shown.length > 0 &&
      (isChart
        ? { charts: [worthChart(accounts, { title, currency, total })] }
        : {
            table: worthTable(shown, {
              ...{ caption: title, detail: command === "top" ? "tier" : "expected", basis, snapshot },
            }),
          })),
    actions: [
      ...accountListActions(command, query, pages, { snapshot: snapshot.id, shown: accounts }),
      ...(shown.length > 0 ? [otherView(asked, query, snapshot)] : []),
      { kind: "run", label: "Explain", line: "ltv explain" },
    ],
    notes: [
      ...scopeNotes(context.access),
      ...list.notes,
      ...(spoken.from || spoken.direction ? ["Moves are those by spend."] : []),
      `A likely range holds what comes in four of five cases. Counted: ${wordTerms(basis.terms)}.`,
      `${pagePrefix(query, pages)}Data as of ${snapshot.asOf} · snapshot ${snapshot.id}`,
    ],
    snapshot: stampOf(snapshot),
    data: worthData(list, {
      ...{ tier, snapshot },
      // A file of every account would take minutes of simulating.
      ranges:
        paged.rows === "page" ? new Map(shown.map((row) => [row.account.accountId, row.range])) : undefined,
    }),
  };
}

function headlineOf(
  { command, tier }: WorthAsked,
  { total, spoken }: WorthList,
  worth: string,
  ahead: string,
): string {
  const what = tier === undefined ? "account" : `${tier} account`;
  const { measure: _, ...filters } = spoken;
  const told = formatFilters(filters);
  const suffix = told.length === 0 ? "" : ` (${told.join(" ")})`;
  if (total.accounts === 0) return `No ${what}s by lifetime value${suffix}`;
  return command === "top" && total.share < 1
    ? `${countOf(total.accounts, what)} by lifetime value${suffix}: ${formatShare(total.share)} of it`
    : `${countOf(total.accounts, what)}${suffix} expected to bring ${worth} margin in ${ahead}`;
}

/** The button to the chart of the same page, and back from it to the list. */
function otherView({ command, tier, isChart }: WorthAsked, query: Query, snapshot: Snapshot): Action {
  const words = [
    ...(tier === undefined || query.filters.tier === tier ? [] : [tier]),
    ...(isChart ? [] : ["chart"]),
  ];
  return {
    kind: "run",
    label: isChart ? "List" : "Chart",
    line: formatQuery(command, { ...query, words, snapshot: snapshot.id }),
  };
}
