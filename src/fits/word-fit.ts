import type { Accuracy } from "../core/models/holdout.ts";
import type { FitOutcome } from "../core/models/model.ts";
import { plainTable } from "../plain-table.ts";
import { countOf, formatCount, formatDay, formatShare } from "../wording.ts";
import type { FitReport, LedgerReport, SurvivalReport } from "./fit-report.ts";

/** The report as text for a terminal. */
export function wordFit(report: FitReport): string {
  const { file } = report;
  const sections = [
    [headline(report), wordOutcome(report.outcome)],
    parameterLines(report),
    file.kind === "survival" ? survivalLines(file) : holdoutLines(report, file),
    file.kind === "survival" ? [] : fileLines(file),
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

function parameterLines({ parameters, standardErrors, logLikelihood }: FitReport): readonly string[] {
  if (parameters === null) return [];
  const rows = Object.entries(parameters).map(([name, value]) => [
    ...[name, figure(value), standardErrors === null ? "–" : figure(standardErrors[name])],
  ]);
  return [
    ...plainTable([{ title: "Parameter" }, right("Value"), right("Standard error")], rows),
    ...(logLikelihood === null ? [] : [`Log-likelihood ${logLikelihood.toFixed(3).replace("-", "−")}`]),
  ];
}

function holdoutLines(
  { model, holdout, baselines, choice }: FitReport,
  file: LedgerReport,
): readonly string[] {
  if (file.holdoutUntil === null) return [];
  if (model === "gamma-gamma") return ["gamma-gamma foretells what is spent, not how often: no holdout."];
  const row = (name: string, { mae, rmse, predicted, actual }: Accuracy) => [
    ...[wordName(name), mae.toFixed(4), rmse.toFixed(4)],
    ...[predicted, actual].map((total) => formatCount(Math.round(total))),
  ];
  const rows = [...(holdout ? [row(model, holdout)] : []), ...baselines.map((each) => row(each.name, each))];
  const columns = [{ title: "" }, right("MAE"), right("RMSE"), right("Predicted"), right("Actual")];
  return [
    `Purchases after that, to ${formatDay(file.holdoutUntil)}`,
    ...plainTable(columns, rows),
    ...(choice
      ? [`Nearest by MAE: ${wordName(choice.name)}, by ${choice.margin.toFixed(4)} before the next.`]
      : []),
    ...(file.lastPurchase < file.holdoutUntil
      ? [`The last purchase in the file is of ${formatDay(file.lastPurchase)}: later ones count as none.`]
      : []),
  ];
}

function survivalLines({ periods }: SurvivalReport): readonly string[] {
  const share = (value: number | null) => (value === null ? "–" : formatShare(value));
  return plainTable(
    [right("Period"), right("Left"), right("Fitted")],
    periods.map(({ period, actual, fitted }) => [String(period), share(actual), share(fitted)]),
  );
}

const dropWords: Readonly<Record<string, string>> = {
  unreadable: "without a readable day or amount",
  withoutCustomer: "without a customer",
  cancelled: "cancelled",
  notPositive: "with an amount, quantity or price of 0 or less",
};

function fileLines({ rows, purchases, dropped, columns, notes }: LedgerReport): readonly string[] {
  const left = Object.entries(dropped).filter(([, count]) => count > 0);
  return [
    `${countOf(rows, "row")}, ${countOf(purchases, "purchase")}`,
    ...left.map(([reason, count]) => `  left out: ${formatCount(count)} ${dropWords[reason] ?? reason}`),
    `Columns: ${Object.entries(columns)
      .map(([role, header]) => `${roleWords[role] ?? role} ${header}`)
      .join(", ")}`,
    ...notes.map((note) => `The file ${note}.`),
  ];
}

const roleWords: Readonly<Record<string, string>> = { unitPrice: "unit price" };

/** "same as calibration"; models keep their hyphens. */
function wordName(name: string): string {
  return name.endsWith("nbd") ? name : name.replaceAll("-", " ");
}

/** Four decimals, or four digits where those would say nothing. */
function figure(value = Number.NaN): string {
  const size = Math.abs(value);
  return size !== 0 && (size < 0.001 || size >= 1e6) ? value.toExponential(3) : value.toFixed(4);
}

function right(title: string) {
  return { title, align: "right" } as const;
}
