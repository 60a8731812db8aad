import type { ImportReport } from "./import-files.ts";
import type { SourceReport } from "./import-source.ts";

const SHOWN = 20;

/** An import's report for people. */
export function wordImport(report: ImportReport): string {
  const { snapshot, currency, currencyAssumed, dryRun } = report;
  return [
    ...report.sources.flatMap((source) => wordSource(source, dryRun)),
    ...(currencyAssumed
      ? [`Amounts name no currency; they were taken as ${currency}. Another one: --currency EUR.`]
      : []),
    dryRun
      ? "This was a dry run: nothing was changed."
      : snapshot && snapshot.accounts > 0
        ? `The portfolio is computed as of ${snapshot.asOf} (snapshot ${snapshot.snapshot}, ${snapshot.changed} standings changed). Try: ask "top A"`
        : "Nothing was ever sold in this data, so there are no tiers yet.",
    "",
  ].join("\n");
}

/** What happened to one source: its name, then indented lines; of every kind of problem the first `shown`. */
export function wordSource(source: SourceReport, dryRun: boolean, shown = SHOWN): readonly string[] {
  const rejected = source.files.reduce((sum, file) => sum + file.rejected, 0);
  return [
    dryRun ? source.source : `${source.source} (import ${source.importId})`,
    ...source.files.map(
      ({ file, recognisedAs, notes, read, kept, leftOut, rejected: refused, customColumns }) =>
        `  ${file}: ${recognisedAs}, ${read} rows read, ${kept} kept, ${refused} rejected` +
        (leftOut > 0 ? `, ${leftOut} left out by the mapping` : "") +
        (notes.length > 0 ? `; ${notes.join("; ")}` : "") +
        (customColumns.length > 0 ? `; columns kept by name: ${customColumns.join(", ")}` : ""),
    ),
    ...Object.entries(source.written)
      .filter(([, { added, changed, unchanged }]) => added + changed + unchanged > 0)
      .map(
        ([kind, { added, changed, unchanged, repeated }]) =>
          `  ${plural[kind as keyof typeof plural]}: ${added} new, ${changed} changed, ${unchanged} as before` +
          (repeated > 0 ? `, ${repeated} repeated` : ""),
      ),
    ...leftAside(source).map((sentence) => `  ${sentence}`),
    ...section(
      `Rejected, ${rejected} in all`,
      source.rejected.map(
        ({ file, line, column, value, reason }) =>
          `${file}, line ${line}: ${[column, value === undefined || value === "" ? undefined : `"${value}"`, reason].filter(Boolean).join(" ")}`,
      ),
      rejected,
      shown,
    ),
    ...section(
      `Suspect, ${source.suspects.length} in all`,
      source.suspects.map(
        ({ column, value, suggestion, reason, rows }) =>
          `${column} "${value}"${suggestion === undefined ? "" : `, perhaps "${suggestion}"`} (${rows} rows): ${reason}`,
      ),
      source.suspects.length,
      shown,
    ),
    ...source.vanished.flatMap(({ of, rows, examples }) =>
      section(
        `No longer in these files, though an earlier import had them (they stay): ${plural[kinds[of] ?? "opportunity"]}, ${rows} in all`,
        examples,
        rows,
        shown,
      ),
    ),
  ];
}

function leftAside(source: SourceReport): readonly string[] {
  const { opportunitiesWithoutAccount, linesWithoutAccount, linesWithoutPrice, replaced } = source;
  return [
    ...(opportunitiesWithoutAccount > 0
      ? [`${opportunitiesWithoutAccount} opportunities name no account: loaded, in no tier.`]
      : []),
    ...(linesWithoutAccount > 0
      ? [`${linesWithoutAccount} lines name no customer: loaded, in no tier.`]
      : []),
    ...(linesWithoutPrice > 0
      ? [`${linesWithoutPrice} lines of customers have no price: loaded, no purchase.`]
      : []),
    ...(replaced > 0 ? [`${replaced} lines no longer count: their invoice came again without them.`] : []),
  ];
}

function section(title: string, lines: readonly string[], all: number, most: number): readonly string[] {
  if (lines.length === 0) return [];
  const shown = lines.slice(0, most);
  const more = all > shown.length ? [`    … and ${all - shown.length} more`] : [];
  return [`  ${title}:`, ...shown.map((line) => `    ${line}`), ...more];
}

const plural = {
  account: "Accounts",
  rep: "Reps",
  product: "Products",
  opportunity: "Opportunities",
  "opportunity-line": "Opportunity lines",
  invoice: "Invoice lines",
  payment: "Payments",
  rate: "Exchange rates",
} as const;

/** What the store's tables hold, as reports call it. */
const kinds: Readonly<Record<string, keyof typeof plural>> = {
  account_record: "account",
  rep_record: "rep",
  product_record: "product",
  opportunity: "opportunity",
  opportunity_line: "opportunity-line",
  ledger_entry: "invoice",
};
