import type { Line, Reply } from "../command.ts";
import type { ImportReport } from "../ingest/import-files.ts";
import { wordSource } from "../ingest/import-report.ts";
import { presets } from "../ingest/presets.ts";
import type { Refreshed } from "../store/refresh.ts";
import { countOf, formatCount, formatDay } from "../wording.ts";

/** Of every kind of problem so many are shown; the rest is in the file of what was not loaded. */
const SHOWN = 5;

/** Every kind of file that is recognised by its headers, as people call it. */
export const recognisedFiles: readonly string[] = presets.map(({ title }) => title);

/** What an import would do. */
export function previewReply(report: ImportReport): Reply {
  const { files, rejected } = totals(report);
  return {
    headline: `Nothing is imported yet: this is what ${countOf(files, "file")} would change`,
    lines: report.sources.flatMap((source) => sourceLines(wordSource(source, true, SHOWN))),
    notes: [
      ...(rejected > 0 ? ["Rejected rows are left out; the others are loaded."] : []),
      ...currencyNote(report, "Upload the files again with another one if that is wrong."),
    ],
    data: dataOf(report),
  };
}

/** What an import did; after the first one of a workspace, what comes next. */
export function importedReply(report: ImportReport, { isFirst }: { readonly isFirst: boolean }): Reply {
  const { files } = totals(report);
  const { snapshot } = report;
  const hasTiers = snapshot !== undefined && snapshot.accounts > 0;
  return {
    headline: hasTiers
      ? `${countOf(files, "file")} imported: ${countOf(snapshot.accounts, "account")} with a tier as of ${formatDay(snapshot.asOf)}`
      : `${countOf(files, "file")} imported. Nothing was ever sold in this data, so there are no tiers yet`,
    lines: report.sources.flatMap((source) => sourceLines(wordSource(source, false, SHOWN))),
    notes: [
      ...(snapshot
        ? [`Snapshot ${snapshot.snapshot}, ${formatCount(snapshot.changed)} standings changed.`]
        : []),
      ...currencyNote(report, "If that is wrong, undo this import and give the right one."),
    ],
    actions: [
      ...(hasTiers ? [{ kind: "run" as const, label: "Top A", line: "top A" }] : []),
      ...(isFirst
        ? [
            {
              kind: "run" as const,
              label: "Next: check it",
              line: "import steps 2",
              style: "primary" as const,
            },
          ]
        : []),
    ],
    data: dataOf(report),
  };
}

/** What is left after imports were undone. */
export function undoneReply(
  importIds: readonly number[],
  computed: Pick<Refreshed, "snapshot" | "asOf" | "totals"> | undefined,
): Reply {
  return {
    headline: `${importIds.length === 1 ? "Import" : "Imports"} ${importIds.join(", ")} undone`,
    lines: [
      [
        computed && computed.totals.accounts > 0
          ? `Everything is as if it had never been loaded. The portfolio is computed anew, as of ${formatDay(computed.asOf)} (snapshot ${computed.snapshot}).`
          : "Everything is as if it had never been loaded. Nothing is left to compute a portfolio from.",
      ],
    ],
    actions: [{ kind: "run", label: "Import files", line: "import" }],
    data: { undone: importIds },
  };
}

/** A source's name stands out, what is counted below it follows, single problems are points. */
function sourceLines([name = "", ...rest]: readonly string[]): readonly Line[] {
  return [
    [{ text: name, style: "bold" }],
    ...rest.map((text): Line => [text.startsWith("    ") ? `• ${text.trim()}` : text.trim()]),
  ];
}

function currencyNote({ currency, currencyAssumed }: ImportReport, remedy: string): readonly string[] {
  return currencyAssumed ? [`Amounts name no currency and are taken as ${currency}. ${remedy}`] : [];
}

function totals({ sources }: ImportReport) {
  const files = sources.flatMap((source) => source.files);
  const sum = (of: "read" | "kept" | "rejected") => files.reduce((total, file) => total + file[of], 0);
  return { files: files.length, read: sum("read"), kept: sum("kept"), rejected: sum("rejected") };
}

function dataOf(report: ImportReport) {
  const { currency, dryRun, sources } = report;
  return { currency, dryRun, ...totals(report), imports: sources.map(({ importId }) => importId) };
}
