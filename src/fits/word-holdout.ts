import type { Accuracy } from "../core/models/holdout.ts";
import { plainTable } from "../plain-table.ts";
import { formatCount, formatDay } from "../wording.ts";
import type { FitReport } from "./fit-report.ts";

/** What was foretold of the holdout beside what came, and what people should see. */
export function wordHoldout(report: FitReport): readonly string[] {
  const { model, holdout, fallback, baselines, choice, file } = report;
  if (file.holdoutUntil === null) return [];
  if (model === "gamma-gamma") return ["gamma-gamma foretells what is spent, not how often: no holdout."];
  const row = (name: string, { mae, rmse, predicted, actual }: Accuracy) => [
    ...[wordName(name), mae.toFixed(4), rmse.toFixed(4)],
    ...[predicted, actual].map((total) => formatCount(Math.round(total))),
  ];
  const rows = [
    ...(holdout ? [row(model, holdout)] : []),
    ...(fallback?.holdout ? [row(fallback.model, fallback.holdout)] : []),
    ...baselines.map((each) => row(each.name, each)),
  ];
  const columns = [{ title: "" }, right("MAE"), right("RMSE"), right("Predicted"), right("Actual")];
  return [
    titleOf(file),
    ...plainTable(columns, rows),
    ...(choice ? [`Users would see ${wordName(choice.name)}.`] : []),
    ...passedOver(report),
  ];
}

function titleOf(file: FitReport["file"]): string {
  switch (file.kind) {
    case "ledger":
      return `Purchases after that, to ${formatDay(file.holdoutUntil ?? file.until)}`;
    case "survival":
      return `Share left in periods ${file.until + 1} to ${file.holdoutUntil}; totals are customers left at the end`;
    case "lifetimes":
      return `Still there on ${formatDay(file.holdoutUntil ?? "")}, of those who were on ${formatDay(file.until ?? "")}`;
  }
}

/** A guess that is nearest and not chosen needs a word. */
function passedOver({ choice, holdout, fallback, baselines }: FitReport): readonly string[] {
  const errors = [holdout, fallback?.holdout, ...baselines].flatMap((each) => (each ? [each.mae] : []));
  const nearest = baselines.find(({ mae }) => mae === Math.min(...errors));
  if (!choice || !nearest || nearest.name === choice.name) return [];
  const tellsApart = nearest.name === "same-as-calibration" || nearest.name === "constant-retention";
  return [
    `"${wordName(nearest.name)}" comes nearer by MAE and is not chosen: ${tellsApart ? "by RMSE it does not" : "it says the same of everybody"}. Compare RMSE and totals.`,
  ];
}

/** "same as calibration"; models keep their hyphens. */
function wordName(name: string): string {
  return name.endsWith("nbd") ? name : name.replaceAll("-", " ");
}

function right(title: string) {
  return { title, align: "right" } as const;
}
