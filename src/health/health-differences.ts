import type { Context, Reply } from "../command.ts";
import { formatMoney } from "../core/money.ts";
import { chooseAccount } from "../find-account.ts";
import { uploadAction } from "../intake/first-run.ts";
import { requireSnapshot } from "../list-accounts.ts";
import { type Paged, pageActions, pagePrefix, pagesFor, rowsToRead, rowsToShow } from "../paging.ts";
import type { Snapshot } from "../store/reads.ts";
import { countOf, formatChange, formatWindow, stampOf } from "../wording.ts";
import { TOLERANCE, toleranceText } from "./health-findings.ts";
import { basisData, basisFacts } from "./health-words.ts";

const overview = { kind: "run" as const, label: "All of health", line: "health" };

/** Accounts whose won deals and invoices do not agree, the largest differences first. */
export async function listDifferences(paged: Paged, context: Context): Promise<Reply> {
  const { query } = paged;
  const { store } = context;
  const snapshot = await requireSnapshot(context, query);
  if ((await store.coverage()).invoiceLines === 0) return nothingToCompare(snapshot);
  const { currency, window } = snapshot;
  const { rows, total } = await store.differences(snapshot, TOLERANCE, rowsToRead(paged));
  const pages = pagesFor("health", query, total);
  const shown = rowsToShow(rows, paged);
  const { workspace } = await store.totals(snapshot);
  const money = (amount: number) => ({ amount, currency });
  const cell = (amount: number) => ({ text: formatMoney(money(amount)), value: amount });
  return {
    headline:
      total === 0
        ? "Won deals and invoices agree"
        : `Won deals and invoices are more than ${toleranceText} apart for ${countOf(total, "account")}`,
    lines: [
      [
        `What was won and what was invoiced ${formatWindow(window)}, for accounts with a won deal. A deal that is invoiced in parts or not yet differs too.`,
      ],
    ],
    facts: workspace ? basisFacts(workspace, await store.coveredFacts(snapshot), snapshot) : [],
    ...(shown.length > 0 && {
      table: {
        caption: "The largest differences first",
        columns: [
          { title: "Account" },
          { title: "Won deals", align: "right" },
          { title: "Invoiced", align: "right" },
          { title: "Paid", align: "right" },
          { title: "Difference", align: "right" },
          { title: "Counts", align: "right" },
        ],
        rows: shown.map(({ account, won, invoiced, paid, difference, counted }) => [
          { text: account },
          cell(won),
          cell(invoiced),
          cell(paid),
          { text: formatChange(difference, currency), value: difference },
          cell(counted),
        ]),
      },
    }),
    actions: [
      ...pageActions("health", query, pages, snapshot.id),
      ...chooseAccount("Why it counts so", "why", shown),
      overview,
    ],
    notes: [`${pagePrefix(query, pages)}Data as of ${snapshot.asOf} · snapshot ${snapshot.id}`],
    snapshot: stampOf(snapshot),
    data: {
      tolerance: TOLERANCE,
      total,
      basis: workspace ? basisData(workspace, snapshot) : null,
      rows: rows.map(({ accountId, account, ...amounts }) => ({
        accountId,
        account,
        won: money(amounts.won),
        invoiced: money(amounts.invoiced),
        paid: money(amounts.paid),
        difference: money(amounts.difference),
        counted: money(amounts.counted),
      })),
    },
  };
}

function nothingToCompare(snapshot: Snapshot): Reply {
  return {
    headline: "There are no invoices to compare won deals with",
    lines: [
      [
        "Import invoices from your accounting: then spend is what was really charged, and each sale counts once.",
      ],
    ],
    actions: [uploadAction, overview],
    snapshot: stampOf(snapshot),
    data: { tolerance: TOLERANCE, total: 0, basis: null, rows: [] },
  };
}
