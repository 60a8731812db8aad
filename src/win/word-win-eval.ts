import { plainTable } from "../plain-table.ts";
import { countOf, formatCount, formatDay, formatShare } from "../wording.ts";
import type { WinReport } from "./win-report.ts";

const methods = {
  "base-rate": "the base rate",
  "shrunk-rates": "the win rates of similar rows, shrunk towards the base rate",
  logistic: "a regularised logistic model",
} as const;

/** The report as text for a terminal. */
export function wordWinEval(report: WinReport): string {
  const sections = [
    [verdict(report)],
    readLines(report),
    [`${splitLine(report)} ${methodLine(report)}`],
    figureLines(report),
    calibrationLines(report),
    excludedLines(report),
    suspiciousLines(report),
    report.notes,
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}

function verdict(report: WinReport): string {
  const { signal, baseRate, auc, lift10, tested, outcome, gain, gainError, method } = report;
  const base = formatShare(baseRate);
  if (tested === 0) return `Nothing could be tested: use the base rate of ${base}.`;
  if (!signal) {
    const why =
      method === "base-rate"
        ? "nothing did better than the base rate by more than chance"
        : `gain in log-loss ${signed(gain)} ± ${gainError.toFixed(4)}`;
    return `There is no signal: what was known beforehand does not tell ${outcome.column} better than chance allows (${why}). Use the base rate of ${base}.`;
  }
  const lift = lift10 === null ? "" : ` The likeliest tenth came ${lift10.toFixed(1)} times as often as all.`;
  return `There is a signal: as of what was known beforehand, ${outcome.column} is told with an AUC of ${auc === null ? "–" : auc.toFixed(3)} where .5 is chance; the base rate is ${base}.${lift}`;
}

function readLines({ rows, used, won, outcome, time, skipped, features }: WinReport): readonly string[] {
  const open = Object.entries(skipped.open).toSorted(([, one], [, more]) => more - one);
  const openCount = open.reduce((sum, [, count]) => sum + count, 0);
  const openWords = open.slice(0, 6).map(([value, count]) => `${value.slice(0, 40)} ${formatCount(count)}`);
  return [
    `${countOf(rows, "row")}, ${formatCount(used)} of them with an outcome`,
    `${outcome.column}: ${quoted(outcome.won)} in ${countOf(won, "row")}, which counts as won; ${quoted(outcome.lost)} in ${formatCount(used - won)}, which counts as lost`,
    ...(openCount > 0
      ? [
          `  set aside: ${formatCount(openCount)} that are neither (${openWords.join(", ")}${open.length > 6 ? ", …" : ""})`,
        ]
      : []),
    ...(skipped.withoutOutcome > 0
      ? [`  set aside: ${formatCount(skipped.withoutOutcome)} without an outcome`]
      : []),
    ...(skipped.unreadable > 0 ? [`  left out: ${formatCount(skipped.unreadable)} that cannot be read`] : []),
    ...(time === null
      ? []
      : [`Time ${time.column}: ${told(time.from)} to ${told(time.until)}${withoutTime(time.without)}`]),
    `${countOf(features.length, "column")} of what was known beforehand: ${features.length === 0 ? "none" : features.join(", ")}`,
  ];
}

function quoted(values: readonly string[]): string {
  const shown = values.slice(0, 6).map((value) => `"${value}"`);
  return `${shown.join(", ")}${values.length > shown.length ? ", …" : ""}`;
}

function told(time: string | number): string {
  return typeof time === "string" ? formatDay(time) : String(time);
}

function withoutTime(without: number): string {
  return without === 0 ? "" : `; ${countOf(without, "row")} without one are learned from, and not tested`;
}

function splitLine({ split, trained, tested, time }: WinReport): string {
  if (split === "time")
    return `By time: the latest ${formatCount(tested)} rows, told by the ${formatCount(trained)} before them.`;
  const why = time === null ? "No time column was named" : `${time.column} does not order the rows`;
  return `${why}: ${formatCount(tested)} rows were tested, each told by about ${formatCount(trained)} others.`;
}

function methodLine({ method, tested }: WinReport): string {
  return tested === 0 ? "" : `They were told by ${methods[method]}.`;
}

function figureLines(report: WinReport): readonly string[] {
  if (report.tested === 0) return [];
  const { auc, brier, logLoss, baseLogLoss, calibration, gain, gainError, lift10, method } = report;
  const share =
    sumOf(calibration.map((bin) => bin.rows * bin.observed)) / sumOf(calibration.map(({ rows }) => rows));
  const isBase = method === "base-rate";
  return [
    ...plainTable(
      [{ title: "" }, right("Told"), right("Base rate")],
      [
        ["AUC", auc === null ? "–" : auc.toFixed(4), "0.5000"],
        ["Brier", brier.toFixed(4), isBase ? brier.toFixed(4) : (share * (1 - share)).toFixed(4)],
        ["Log-loss", logLoss.toFixed(4), baseLogLoss.toFixed(4)],
        ["Lift of the likeliest tenth", lift10 === null ? "–" : lift10.toFixed(2), "1.00"],
      ],
    ),
    `Gain in log-loss over the base rate: ${signed(gain)}, standard error ${gainError.toFixed(4)}`,
  ];
}

function calibrationLines({ calibration }: WinReport): readonly string[] {
  if (calibration.length === 0) return [];
  return plainTable(
    [right("Rows"), right("Foretold"), right("Came")],
    calibration.map((bin) => [formatCount(bin.rows), formatShare(bin.predicted), formatShare(bin.observed)]),
  );
}

function excludedLines({ excluded }: WinReport): readonly string[] {
  if (excluded.length === 0) return [];
  return ["Left out:", ...excluded.map(({ column, reason }) => `  ${column}: ${reason}`)];
}

function suspiciousLines({ suspicious }: WinReport): readonly string[] {
  if (suspicious.length === 0) return [];
  return ["Used, and worth a look:", ...suspicious.map(({ column, reason }) => `  ${column}: ${reason}`)];
}

function signed(figure: number): string {
  return figure.toFixed(4).replace("-", "−");
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

function right(title: string) {
  return { title, align: "right" } as const;
}
