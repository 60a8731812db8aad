import type { Context, Reply } from "../command.ts";
import { addDays, daysBetween } from "../core/calendar.ts";
import { formatMoney } from "../core/money.ts";
import { meansRenewalDate } from "../core/recurring.ts";
import { fitRetention, type Retention, renewalChance } from "../core/retention-chance.ts";
import { accountListActions, type Paged, pagePrefix, pagesFor, rowsToRead, rowsToShow } from "../paging.ts";
import { formatFilters, formatQuery } from "../query.ts";
import { resolveFilters } from "../resolve-filters.ts";
import type { Snapshot } from "../store/reads.ts";
import type { DueRenewal, DueRenewals } from "../store/renewals.ts";
import { scopeNotes, stampOf } from "../wording.ts";
import {
  renewalHeadline,
  renewalRules,
  wordChance,
  wordDue,
  wordRetention,
  wordSeries,
  wordSource,
} from "./renewal-words.ts";

/** What is due to be renewed from a snapshot's day on. */
export async function renewalsReply(
  snapshot: Snapshot,
  { days, isExplained, ...paged }: Paged & { readonly days: number; readonly isExplained: boolean },
  context: Context,
): Promise<Reply> {
  const { query } = paged;
  const { tier, ...asked } = query.filters;
  const [{ selection, spoken }, { columns }] = await Promise.all([
    resolveFilters(asked, snapshot, context),
    context.store.facets(snapshot),
  ]);
  const narrowed = tier && { tier };
  const span = { columns: columns.filter(meansRenewalDate), until: addDays(snapshot.asOf, days) };
  const found = await context.store.renewals(
    snapshot,
    { ...selection, ...narrowed },
    span,
    rowsToRead(paged),
  );
  const retention = fitRetention(found.decided);
  const shown = rowsToShow(found.rows, paged);
  const pages = pagesFor("renewals", query, found.due.count + found.overdue.count);
  const filters = formatFilters({ ...spoken, ...narrowed });
  const suffix = filters.length === 0 ? "" : ` (${filters.join(" ")})`;
  const { currency } = snapshot;
  return {
    headline: renewalHeadline(found, { days, currency, suffix }),
    lines: isExplained ? renewalRules.map((rule) => [rule]) : [],
    ...(shown.length > 0 && {
      facts: factsOf(found, retention, currency),
      table: tableOf(shown, retention, snapshot),
    }),
    actions: [
      ...accountListActions("renewals", query, pages, { snapshot: snapshot.id, shown }),
      ...(isExplained
        ? []
        : [
            {
              kind: "run" as const,
              label: "Explain",
              line: formatQuery("renewals", { ...query, words: [...query.words, "explain"] }),
            },
          ]),
    ],
    notes: [
      ...wordSeries(found),
      ...(found.series.recurring > 0 ? [wordRetention(retention)] : []),
      ...scopeNotes(context.access),
      `${pagePrefix(query, pages)}Data as of ${snapshot.asOf} · snapshot ${snapshot.id}`,
    ],
    snapshot: stampOf(snapshot),
    data: {
      asOf: snapshot.asOf,
      ...{ until: span.until, columns: span.columns, series: found.series, dates: found.dates },
      due: { count: found.due.count, value: { amount: found.due.value, currency } },
      overdue: { count: found.overdue.count, value: { amount: found.overdue.value, currency } },
      kept: keptOf(found, retention) ?? null,
      retention,
      rows: found.rows.map((row) => dataOf(row, retention, snapshot)),
    },
  };
}

/** What is expected to be renewed of what is due, in minor units; undefined where no chance is known. */
function keptOf({ dueByRenewals }: DueRenewals, retention: Retention) {
  if (retention.kind === "too-little" || dueByRenewals.length === 0) return undefined;
  const sumOf = (part: "share" | "low" | "high") =>
    Math.round(
      dueByRenewals.reduce(
        (sum, { renewals, value }) => sum + value * (renewalChance(retention, renewals)?.[part] ?? 0),
        0,
      ),
    );
  const of = dueByRenewals.reduce((sum, { value }) => sum + value, 0);
  return { expected: sumOf("share"), low: sumOf("low"), high: sumOf("high"), of };
}

function factsOf(found: DueRenewals, retention: Retention, currency: string) {
  const money = (amount: number) => formatMoney({ amount, currency });
  const kept = keptOf(found, retention);
  return [
    { label: "Due", value: money(found.due.value) },
    { label: "Overdue", value: money(found.overdue.value) },
    ...(kept
      ? [
          {
            label: "Expected to be kept",
            value: `${money(kept.expected)} (${money(kept.low)} to ${money(kept.high)}) of ${money(kept.of)}`,
          },
        ]
      : []),
  ];
}

/** An overdue one has none: that it is late says more than how others went. */
function chanceOf({ source, dueOn }: DueRenewal, retention: Retention, { asOf }: Snapshot) {
  return source.kind === "recurring" && dueOn >= asOf ? renewalChance(retention, source.renewals) : undefined;
}

function tableOf(shown: readonly DueRenewal[], retention: Retention, snapshot: Snapshot) {
  const { asOf, currency } = snapshot;
  const hasChance = shown.some((row) => chanceOf(row, retention, snapshot));
  const hasOwner = shown.some(({ owner }) => owner !== undefined);
  return {
    caption: "Due to be renewed",
    columns: [
      { title: "Account" },
      { title: "What" },
      { title: "Last purchase", align: "right" as const },
      { title: "Due" },
      ...(hasChance ? [{ title: "Chance", align: "right" as const }] : []),
      ...(hasOwner ? [{ title: "Owner" }] : []),
    ],
    rows: shown.map((row) => {
      const chance = chanceOf(row, retention, snapshot);
      return [
        { text: row.account },
        { text: wordSource(row) },
        {
          text: row.lastOn === undefined ? "–" : formatMoney({ amount: row.value, currency }),
          value: row.value,
        },
        { text: wordDue(row.dueOn, daysBetween(row.dueOn, asOf)) },
        ...(hasChance ? [chance ? { text: wordChance(chance), value: chance.share } : { text: "–" }] : []),
        ...(hasOwner ? [{ text: row.owner ?? "no owner" }] : []),
      ];
    }),
  };
}

function dataOf(row: DueRenewal, retention: Retention, snapshot: Snapshot) {
  const { source, value, owner, lastOn, ...own } = row;
  const chance = chanceOf(row, retention, snapshot);
  return {
    ...own,
    what: wordSource(row),
    ...{ product: source.kind === "recurring" ? (source.product ?? null) : null },
    ...{ rhythm: source.kind === "recurring" ? source.rhythm : null },
    ...{ renewals: source.kind === "recurring" ? source.renewals : null },
    value: { amount: value, currency: snapshot.currency },
    lastOn: lastOn ?? null,
    overdueDays: Math.max(0, daysBetween(row.dueOn, snapshot.asOf)),
    ...{ chance: chance?.share ?? null, chanceLow: chance?.low ?? null, chanceHigh: chance?.high ?? null },
    owner: owner ?? null,
  };
}
