import type { ImportReport, SourceReport } from "./import-files.ts";

const SHOWN = 20;

/** An import's report for people. */
export function wordImport(report: ImportReport): string {
  const { snapshot, currency, currencyAssumed } = report;
  return [
    ...report.sources.flatMap(wordSource),
    ...(currencyAssumed
      ? [`Amounts name no currency; they were taken as ${currency}. Another one: --currency EUR.`]
      : []),
    snapshot && snapshot.accounts > 0
      ? `The portfolio is computed as of ${snapshot.asOf} (snapshot ${snapshot.snapshot}, ${snapshot.changed} standings changed). Try: ask "top A"`
      : "Nothing was ever won in this data, so there are no tiers yet.",
    "",
  ].join("\n");
}

function wordSource(source: SourceReport): readonly string[] {
  const rejected = source.files.reduce((sum, file) => sum + file.rejected, 0);
  return [
    `${source.source} (import ${source.importId})`,
    ...source.files.map(
      ({ file, recognisedAs, read, kept, rejected: refused, customColumns }) =>
        `  ${file}: ${recognisedAs}, ${read} rows read, ${kept} kept, ${refused} rejected` +
        (customColumns.length > 0 ? `; columns kept by name: ${customColumns.join(", ")}` : ""),
    ),
    ...Object.entries(source.written)
      .filter(([, { added, changed, unchanged }]) => added + changed + unchanged > 0)
      .map(
        ([kind, { added, changed, unchanged, repeated }]) =>
          `  ${plural[kind as keyof typeof plural]}: ${added} new, ${changed} changed, ${unchanged} as before` +
          (repeated > 0 ? `, ${repeated} repeated` : ""),
      ),
    ...(source.opportunitiesWithoutAccount > 0
      ? [`  ${source.opportunitiesWithoutAccount} opportunities name no account: loaded, in no tier.`]
      : []),
    ...section(
      `Rejected, ${rejected} in all`,
      source.rejected.map(
        ({ file, line, column, value, reason }) =>
          `${file}, line ${line}: ${[column, value === undefined || value === "" ? undefined : `"${value}"`, reason].filter(Boolean).join(" ")}`,
      ),
    ),
    ...section(
      `Suspect, ${source.suspects.length} in all`,
      source.suspects.map(
        ({ column, value, suggestion, reason, rows }) =>
          `${column} "${value}"${suggestion === undefined ? "" : `, perhaps "${suggestion}"`} (${rows} rows): ${reason}`,
      ),
    ),
  ];
}

function section(title: string, lines: readonly string[]): readonly string[] {
  if (lines.length === 0) return [];
  const more = lines.length > SHOWN ? [`    … and ${lines.length - SHOWN} more`] : [];
  return [`  ${title}:`, ...lines.slice(0, SHOWN).map((line) => `    ${line}`), ...more];
}

const plural = {
  account: "Accounts",
  rep: "Reps",
  product: "Products",
  opportunity: "Opportunities",
} as const;
