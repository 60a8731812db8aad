import { chooseFeatures } from "../core/win/choose-features.ts";
import { fitWinModel } from "../core/win/fit-win-model.ts";
import { aucAlone } from "../core/win/leaks-by-evidence.ts";
import type { TextColumn } from "../core/win/text-column.ts";
import type { Progress } from "../ingest/import-source.ts";
import { FileFault } from "../tables/file-fault.ts";
import type { TableOptions } from "../tables/read-table.ts";
import { excludedColumns, suspiciousColumns } from "./judged-columns.ts";
import { readColumns } from "./read-columns.ts";
import { readOutcome } from "./read-outcome.ts";
import { readTime } from "./read-time.ts";
import { setOpenAside } from "./set-open-aside.ts";
import type { WinReport } from "./win-report.ts";
import { dayIn, readingOf, type WrittenOptions } from "./written-cells.ts";

export interface EvalOptions extends WrittenOptions, Pick<TableOptions, "encoding" | "sheet"> {
  readonly outcome: string;
  readonly time?: string;
  /** The values that count as won, where the column does not say it. */
  readonly won?: readonly string[];
  readonly progress?: Progress;
}

/**
 * How well the outcomes of a table are told by its other columns, as of what was known beforehand.
 *
 * @param now in milliseconds, from any moment on.
 * @throws FileFault for a file that does not hold what is needed, UsageError for options that make no sense.
 */
export async function evalFile(
  path: string,
  { outcome, time, won = [], progress, dates, decimal, ...table }: EvalOptions,
  now: () => number,
): Promise<WinReport> {
  const said = { ...(dates === undefined ? {} : { dates }), ...(decimal === undefined ? {} : { decimal }) };
  const wanted = time === undefined ? [outcome] : [outcome, time];
  const read = await readColumns(path, wanted, { ...table, ...(progress === undefined ? {} : { progress }) });
  const [outcomeName = outcome, timeName] = read.named;
  if (outcomeName === timeName)
    throw new FileFault(path, `cannot have ${outcomeName} as outcome and time`, "Name two columns");
  const written = readOutcome(path, columnOf(read.columns, outcomeName), won, (text) =>
    dayIn(text, "ambiguous"),
  );
  const ended = setOpenAside(written, outcomeName, read.columns);
  const rows = Int32Array.from(ended.ends.keys()).filter((row) => (ended.ends[row] ?? 2) < 2);
  const ends = Uint8Array.from(rows, (row) => ended.ends[row] ?? 0);
  const wins = ends.reduce((sum, end) => sum + end, 0);
  if (wins === 0 || wins === rows.length)
    throw new FileFault(
      path,
      `has no row that was ${wins === 0 ? "won" : "lost"}`,
      "Check --outcome and --won",
    );
  const times = timeName === undefined ? undefined : readTime(path, columnOf(read.columns, timeName), said);
  const at = times && Float64Array.from(rows, (row) => times.at[row] ?? Number.NaN);
  const chosen = chooseFeatures(
    read.columns.filter(({ name }) => name !== outcomeName && name !== timeName),
    { outcome: outcomeName, won: ends, days: times?.unit === "day" ? at : undefined, rows },
    (column) => readingOf(column, said),
  );
  const kept = chosen.flatMap((each) => (each.kind === "feature" ? [each] : []));
  const started = now();
  const features = kept.map(({ feature }) => feature);
  const { evaluation, excluded } = fitWinModel(
    { rows: rows.length, features },
    { won: ends, ...(at === undefined ? {} : { at }) },
  );
  const seconds = (now() - started) / 1_000;
  const leaks = new Map(excluded.map(({ feature, why }) => [feature, why]));
  const { auc, brier, logLoss, baseRate, lift10, signal, calibration, ...figures } = evaluation;
  return {
    ...{ auc: auc ?? null, brier, logLoss, baseRate, lift10: lift10 ?? null, signal },
    calibration: calibration.map((bin) => ({ rows: bin.rows, predicted: bin.foretold, observed: bin.came })),
    ...figures,
    ...{ rows: read.rows + read.unreadable, used: rows.length, won: wins },
    outcome: { column: outcomeName, won: ended.won, lost: ended.lost },
    time:
      timeName === undefined || at === undefined
        ? null
        : { column: timeName, ...spanOf(at, times?.unit === "day") },
    skipped: {
      open: Object.fromEntries(ended.setAside),
      withoutOutcome: ended.ends.reduce((count, end) => count + Number(end === 3), 0),
      unreadable: read.unreadable,
    },
    features: features.map(({ name }) => name).filter((name) => !leaks.has(name)),
    excluded: excludedColumns(chosen, leaks, timeName),
    suspicious: suspiciousColumns(kept, leaks, aucAlone({ rows: rows.length, features }, ends)),
    seconds,
    notes: [
      ...read.notes.map((note) => `The file ${note}.`),
      ...(ended.note === undefined ? [] : [ended.note]),
    ],
  };
}

function columnOf(columns: readonly TextColumn[], name: string): TextColumn {
  const found = columns.find((column) => column.name === name);
  if (!found) throw new Error(`${name} was found among the headers and not among the columns`);
  return found;
}

/** Of the rows that have a time. */
function spanOf(at: Float64Array, isDays: boolean) {
  const known = at.filter((value) => Number.isFinite(value));
  const from = known.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const until = known.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  const told = (value: number) =>
    isDays ? new Date(Math.floor(value) * 86_400_000).toISOString().slice(0, 10) : value;
  return { from: told(from), until: told(until), without: at.length - known.length };
}
