import type { Action, Context, Entry, Reply } from "../command.ts";
import { dayIn } from "../core/calendar.ts";
import { methodLabel, wordProbability } from "../deals/chance-words.ts";
import { accountIn, accountLine } from "../find-account.ts";
import { requireSnapshot } from "../list-accounts.ts";
import { accountListActions, type Paged, pagePrefix, pagesFor, rowsToRead, rowsToShow } from "../paging.ts";
import { formatFilters, formatQuery } from "../query.ts";
import { resolveFilters } from "../resolve-filters.ts";
import type { ProspectRow, Prospects } from "../store/prospects.ts";
import type { Snapshot } from "../store/reads.ts";
import { formatEstimate } from "../value/value-words.ts";
import { countOf, scopeNotes, stampOf } from "../wording.ts";
import { wordNextStep } from "./next-step.ts";
import { wordInterval, wordProspectChances, wordReasons, wordSignal } from "./potential-words.ts";
import { prospectsChart } from "./prospects-chart.ts";
import { prospectsData } from "./prospects-data.ts";
import { requirePotential } from "./require-potential.ts";

/** Prospects by potential times chance, the first of which is worth the next hour. */
export async function prospectsReply(paged: Paged, isChart: boolean, context: Context): Promise<Reply> {
  const { store, access, now } = context;
  const { query } = paged;
  const snapshot = await requireSnapshot(context, query);
  const { tier, ...filters } = query.filters;
  const [basis, { selection, spoken, notes }] = await Promise.all([
    requirePotential("prospects", snapshot, query, context),
    resolveFilters(filters, snapshot, context),
  ]);
  const narrowed = tier && { tier };
  const found = await store.prospects(snapshot, { ...selection, ...narrowed }, rowsToRead(paged));
  const shown = rowsToShow(found.rows, paged);
  const pages = pagesFor("prospects", query, found.accounts);
  const told = formatFilters({ ...spoken, ...narrowed });
  const suffix = told.length === 0 ? "" : ` (${told.join(" ")})`;
  const today = dayIn(now, access.timeZone);
  const title = "Prospects by weighted potential";
  return {
    headline: headlineOf(found, suffix, snapshot, methodLabel(basis.chances, access)),
    lines: found.accounts === 0 ? [] : [[`${wordSignal(basis)} ${wordProspectChances(basis, access)}`]],
    ...(shown.length > 0 &&
      (isChart
        ? { charts: [prospectsChart(shown, { title, currency: snapshot.currency, total: found })] }
        : { entries: shown.map((row) => entryOf(row, snapshot, today, context)) })),
    actions: [
      ...accountListActions("prospects", query, pages, { snapshot: snapshot.id, shown }),
      ...(shown.length > 0 ? [otherView(paged, isChart, snapshot)] : []),
      { kind: "run", label: "Explain", line: "prospects explain" },
    ],
    notes: [
      ...scopeNotes(access),
      ...notes,
      "Potential is margin of a year, weighted by the chance to win it. In brackets, what comes in four of five cases.",
      `${pagePrefix(query, pages)}Data as of ${snapshot.asOf} · snapshot ${snapshot.id}`,
    ],
    snapshot: stampOf(snapshot),
    data: prospectsData(found, { basis, snapshot, access, today }),
  };
}

function headlineOf(found: Prospects, suffix: string, { currency }: Snapshot, method: string): string {
  if (found.accounts === 0) return `No prospects${suffix}`;
  const money = (amount: number) => formatEstimate({ amount, currency });
  return `${countOf(found.accounts, "prospect")}${suffix}: weighted potential ${money(found.weightedMinor)} a year of ${money(found.potentialMinor)}, by the ${method}`;
}

function entryOf(row: ProspectRow, snapshot: Snapshot, today: string, { access }: Context): Entry {
  const { currency } = snapshot;
  const money = (amount: number) => formatEstimate({ amount, currency });
  const owner = row.claimedBy === undefined ? (row.owner ?? "no owner") : `${row.claimedBy}, claimed`;
  const why = [
    ...wordReasons(row.reasons, access),
    ...(row.resembles ? [`most like ${row.resembles.account} (A)`] : []),
  ];
  const isFree = row.ownerId === undefined && row.claimedBy === undefined;
  return {
    lines: [
      [
        `${row.rank}. `,
        { text: row.account, style: "bold" },
        ` · ${money(row.weightedMinor)} = ${money(row.potentialMinor)} (${wordInterval(row.lowMinor, row.highMinor, currency)}) × ${wordProbability(row)} · `,
        owner,
      ],
      [`${why.join(" · ")}${why.length > 0 ? " · " : ""}Next: ${wordNextStep(row, today)}`],
    ],
    actions: [
      ...(isFree && access.repIds.length > 0 ? [claimAction(row.accountId)] : []),
      { kind: "fill", form: "interaction", label: "Log", line: accountLine("log", row.accountId) },
      { kind: "run", label: "Open", line: accountLine("account", row.accountId) },
    ],
  };
}

function claimAction(accountId: string): Action {
  return { kind: "run", label: "Claim", line: `prospects claim ${accountIn(accountId)}`, style: "primary" };
}

/** The button to the chart of the same page, and back from it to the list. */
function otherView({ query }: Paged, isChart: boolean, { id }: Snapshot): Action {
  return {
    kind: "run",
    label: isChart ? "List" : "Chart",
    line: formatQuery("prospects", { ...query, words: isChart ? [] : ["chart"], snapshot: id }),
  };
}
