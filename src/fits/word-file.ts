import { plainTable } from "../plain-table.ts";
import { countOf, formatCount, formatShare } from "../wording.ts";
import type { FitReport, LedgerReport, LifetimesReport, SurvivalPeriod } from "./fit-report.ts";

/** What was read, and how. */
export function wordFile(file: FitReport["file"]): readonly string[] {
  switch (file.kind) {
    case "ledger":
      return rowLines(file, countOf(file.purchases, "purchase"));
    case "survival":
      return periodLines(file.periods);
    case "lifetimes":
      return [
        ...periodLines(file.periods),
        "",
        ...rowLines(file, countOf(file.subscriptions, "subscription")),
      ];
  }
}

function periodLines(periods: readonly SurvivalPeriod[]): readonly string[] {
  const right = (title: string) => ({ title, align: "right" }) as const;
  const share = (value: number | null) => (value === null ? "–" : formatShare(value));
  return plainTable(
    [right("Period"), right("Left"), right("Fitted")],
    periods.map(({ period, actual, fitted }) => [String(period), share(actual), share(fitted)]),
  );
}

const dropWords: Readonly<Record<string, string>> = {
  unreadable: "without a readable day or number",
  withoutCustomer: "without a customer",
  cancelled: "cancelled",
  notPositive: "with an amount, quantity or price of 0 or less",
  endsBeforeStart: "that end before they start",
  notOnePeriod: "of no period",
};
const roleWords: Readonly<Record<string, string>> = { unitPrice: "unit price" };

function rowLines(
  { rows, dropped, columns }: Pick<LedgerReport | LifetimesReport, "rows" | "dropped" | "columns">,
  kept: string,
): readonly string[] {
  const left = Object.entries(dropped).filter(([, count]) => count > 0);
  return [
    `${countOf(rows, "row")}, ${kept}`,
    ...left.map(([reason, count]) => `  left out: ${formatCount(count)} ${dropWords[reason] ?? reason}`),
    `Columns: ${Object.entries(columns)
      .map(([role, header]) => `${roleWords[role] ?? role} ${header}`)
      .join(", ")}`,
  ];
}
