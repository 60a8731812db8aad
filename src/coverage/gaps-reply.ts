import type { Context, Reply, Table } from "../command.ts";
import { planCoverage } from "../core/coverage/plan.ts";
import { formatMoney } from "../core/money.ts";
import { accountListActions, type Paged, pagePrefix, pagesFor, rowsToRead, rowsToShow } from "../paging.ts";
import type { ServedAccount } from "../store/coverage.ts";
import type { Snapshot } from "../store/reads.ts";
import { countOf, formatCount, scopeNotes, stampOf } from "../wording.ts";
import { viewActions } from "./coverage-actions.ts";
import { type Asked, asOfNote } from "./coverage-asked.ts";
import { wordActual, wordGap, wordTier } from "./coverage-words.ts";

/** Accounts that are served otherwise than recommended, or by nobody. */
export async function gapsReply(
  { snapshot, query, selection, basis, suffix, notes }: Asked,
  paged: Paged,
  context: Context,
): Promise<Reply> {
  const { store, access } = context;
  const [figures, { rows, total }] = await Promise.all([
    store.coverageFigures(snapshot, selection, basis),
    store.coverageGaps(snapshot, selection, basis, rowsToRead(paged)),
  ]);
  const plan = planCoverage(figures.cells, basis.terms);
  const shown = rowsToShow(rows, paged);
  const pages = pagesFor("coverage", query, total);
  const { currency } = snapshot;
  const parts = [
    ...(plan.unowned > 0 ? [`${formatCount(plan.unowned)} without an owner`] : []),
    ...(plan.under.accounts > 0 ? [`${formatCount(plan.under.accounts)} served too little`] : []),
    ...(plan.over.accounts > 0 ? [`${formatCount(plan.over.accounts)} served too much`] : []),
  ];
  return {
    headline:
      total === 0
        ? `No gap is known: nothing says that an account is served otherwise than recommended${suffix}`
        : `${countOf(total, "account")} to serve otherwise: ${parts.join(", ")}${suffix}`,
    ...(shown.length > 0 && { table: tableOf(shown, currency) }),
    actions: [
      ...accountListActions("coverage", query, pages, { snapshot: snapshot.id, shown }),
      ...viewActions(query, "gaps"),
    ],
    notes: [
      wordActual(basis, figures, plan),
      ...scopeNotes(access),
      ...notes,
      `${pagePrefix(query, pages)}${asOfNote(snapshot)}`,
    ],
    snapshot: stampOf(snapshot),
    data: {
      asOf: snapshot.asOf,
      ...{ total, unowned: plan.unowned, under: plan.under.accounts, over: plan.over.accounts },
      rows: rows.map((row) => servedData(row, snapshot)),
    },
  };
}

function tableOf(shown: readonly ServedAccount[], currency: string): Table {
  return {
    caption: "Accounts to serve otherwise",
    columns: [
      { title: "Account" },
      { title: "Tier" },
      { title: "Recommended" },
      { title: "Gap" },
      { title: "At stake", align: "right" },
      { title: "Owner" },
    ],
    rows: shown.map((row) => [
      { text: row.account },
      { text: wordTier(row) },
      { text: row.level },
      { text: wordGap(row) },
      { text: formatMoney({ amount: row.stake, currency }), value: row.stake },
      { text: row.owner ?? "no owner" },
    ]),
  };
}

/** One account for programs. */
export function servedData({ margin, potential, stake, ...row }: ServedAccount, { currency }: Snapshot) {
  const money = (amount: number) => ({ amount, currency });
  return {
    ...{ accountId: row.accountId, account: row.account, owner: row.owner ?? null },
    ...{ tier: row.tier ?? null, previousTier: row.previousTier ?? null },
    ...{ level: row.level, actual: row.actual ?? null, hours: row.hours ?? null },
    ...{ margin: money(margin), potential: money(potential), stake: money(stake) },
  };
}
