import type { FitOutcome } from "../core/models/model.ts";
import { plainTable } from "../plain-table.ts";
import { countOf, formatCount, formatDay } from "../wording.ts";
import type { FitReport, FittedModel } from "./fit-report.ts";
import { wordFile } from "./word-file.ts";
import { wordHoldout } from "./word-holdout.ts";

/** The report as text for a terminal. */
export function wordFit(report: FitReport): string {
  const { fallback } = report;
  const sections = [
    [headline(report), wordOutcome(report.outcome)],
    parameterLines(report),
    fallback
      ? [`Instead ${fallback.model}: ${wordOutcome(fallback.outcome)}`, ...parameterLines(fallback)]
      : [],
    wordHoldout(report),
    wordFile(report.file),
    report.notes,
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}

function headline({ model, customers, seconds, file }: FitReport): string {
  const what = `${model} for ${countOf(customers, "customer")}`;
  const took = `fitted in ${seconds.toFixed(2)} s`;
  if (file.kind === "survival") return `${what}, ${took}`;
  if (file.kind === "lifetimes") {
    const until = file.until === null ? "" : `, until ${formatDay(file.until)}`;
    return `${what} with a renewal behind them, in ${file.unit}s${until}, ${took}`;
  }
  const time = `${formatDay(file.from)} to ${formatDay(file.until)}`;
  // It is shown nobody else, and nobody who always paid nothing.
  const who =
    model === "gamma-gamma"
      ? `${what} who bought again`
      : `${what}, ${formatCount(file.repeatBuyers)} of them bought again`;
  return `${who}, ${time}, in ${file.unit}s, ${took}`;
}

function wordOutcome(outcome: FitOutcome): string {
  switch (outcome.kind) {
    case "converged":
      return "Converged.";
    case "boundary":
      return `At a boundary, where a simpler model holds: ${outcome.meaning} (${outcome.parameter}).`;
    case "did-not-converge":
      return `Did not converge: do not use these parameters. ${outcome.reason}`;
    case "no-signal":
      return `Not fitted. ${outcome.reason}`;
  }
}

function parameterLines({
  parameters,
  standardErrors,
  logLikelihood,
}: Pick<FittedModel, "parameters" | "standardErrors" | "logLikelihood">): readonly string[] {
  if (parameters === null) return [];
  const rows = Object.entries(parameters).map(([name, value]) => [
    ...[name, figure(value), standardErrors === null ? "–" : figure(standardErrors[name])],
  ]);
  return [
    ...plainTable([{ title: "Parameter" }, right("Value"), right("Standard error")], rows),
    ...(logLikelihood === null ? [] : [`Log-likelihood ${logLikelihood.toFixed(3).replace("-", "−")}`]),
  ];
}

/** Four decimals, or four digits where those would say nothing. */
function figure(value = Number.NaN): string {
  const size = Math.abs(value);
  return size !== 0 && (size < 0.001 || size >= 1e6) ? value.toExponential(3) : value.toFixed(4);
}

function right(title: string) {
  return { title, align: "right" } as const;
}
