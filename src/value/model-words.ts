import type { Table } from "../command.ts";
import type { Accuracy } from "../core/models/holdout.ts";
import type { PurchaseFit, ValueFit } from "../core/value/value-fit.ts";
import { formatCount, formatShare } from "../wording.ts";
import { nameOf, wordOutcome } from "./value-words.ts";

const WEEKS_A_YEAR = 52;

type Parameters = Readonly<Record<string, number>>;

/** Every model and guess beside each other: how each did in the holdout, and how its fit ended. */
export function modelTable(fit: ValueFit): Table {
  const { models, baselines, predictor, teller } = fit;
  const rows = [
    ...models.map(({ fit: own, holdout, gaveWay }) => ({
      name: `${nameOf(own.model)}${roleOf(own.model, predictor, teller)}`,
      holdout,
      outcome:
        gaveWay && own.outcome.kind === "converged"
          ? `${wordOutcome(own.outcome)}, but not without the time held out: not shown`
          : wordOutcome(own.outcome),
      parameters: own.parameters ? wordParameters({ ...own.parameters }) : "",
    })),
    ...baselines.map(({ name, holdout }) => ({
      name: `${nameOf(name)}${roleOf(name, predictor, teller)}`,
      ...{ holdout, outcome: "a guess without a model", parameters: "" },
    })),
    {
      name: `${nameOf("gamma-gamma")}, spend`,
      ...{ holdout: undefined, outcome: wordOutcome(fit.spend.outcome) },
      parameters: fit.spend.parameters ? wordParameters({ ...fit.spend.parameters }) : "",
    },
  ];
  return {
    caption: "Models and guesses, tried on the time held out",
    columns: [
      { title: "Model" },
      { title: "Off by (MAE)", align: "right" },
      { title: "RMSE", align: "right" },
      { title: "Expected", align: "right" },
      { title: "Came", align: "right" },
      { title: "Fit" },
      { title: "Parameters" },
    ],
    rows: rows.map(({ name, holdout, outcome, parameters }) => [
      { text: name },
      ...accuracyCells(holdout),
      { text: outcome },
      { text: parameters },
    ]),
  };
}

/** The same as exact figures. */
export function modelFigures({ models, baselines, ...fit }: ValueFit) {
  return {
    ...fit,
    holdoutAfter: fit.holdoutAfter ?? null,
    teller: fit.teller ?? null,
    models: models.map(({ fit: own, holdout, gaveWay }) => ({ ...own, holdout: holdout ?? null, gaveWay })),
    baselines: baselines.map(({ name, holdout }) => ({ name, holdout: holdout ?? null })),
  };
}

/** What the parameters of the models say, in words. */
export function explainModels({ models, spend }: ValueFit): readonly string[] {
  return [
    ...models.flatMap(({ fit }) => (fit.parameters ? [explainModel(fit)] : [])),
    ...(spend.parameters
      ? [
          `${nameOf("gamma-gamma")}: what an account spends at a time lies between its own mean and that of all, nearer to its own the more often it bought.`,
        ]
      : []),
  ];
}

function explainModel(fit: PurchaseFit): string {
  if (!fit.parameters) return "";
  const { outcome } = fit;
  if (outcome.kind === "boundary") return `${nameOf(fit.model)}: ${outcome.meaning}.`;
  const { r, alpha } = fit.parameters;
  const rate = `${nameOf(fit.model)}: while it is a customer, an account buys ${((WEEKS_A_YEAR * r) / alpha).toFixed(1)} times a year on average`;
  switch (fit.model) {
    case "bg-nbd":
    case "mbg-nbd": {
      const { a, b } = fit.parameters;
      return `${rate} and leaves after a purchase with a chance of ${formatShare(a / (a + b))}.`;
    }
    case "pareto-nbd": {
      const { s, beta } = fit.parameters;
      return `${rate} and leaves within a year with a chance of ${formatShare(1 - (beta / (beta + WEEKS_A_YEAR)) ** s)}.`;
    }
    case "nbd":
      return `${rate} and never leaves.`;
  }
}

function accuracyCells(holdout: Accuracy | undefined) {
  if (!holdout) return [{ text: "–" }, { text: "–" }, { text: "–" }, { text: "–" }];
  const { mae, rmse, predicted, actual } = holdout;
  return [
    { text: mae.toFixed(3), value: mae },
    { text: rmse.toFixed(3), value: rmse },
    ...[predicted, actual].map((total) => ({ text: formatCount(Math.round(total)), value: total })),
  ];
}

function roleOf(name: string, predictor: string, teller: string | undefined): string {
  const roles = [
    ...(name === predictor ? ["shown"] : []),
    ...(name === teller ? ["tells who has left"] : []),
  ];
  return roles.length === 0 ? "" : ` (${roles.join(", ")})`;
}

function wordParameters(parameters: Parameters): string {
  return Object.entries(parameters)
    .map(([name, value]) => `${name} ${figure(value)}`)
    .join(", ");
}

/** Four digits, whatever the size. */
function figure(value: number): string {
  const size = Math.abs(value);
  return size !== 0 && (size < 0.001 || size >= 1e6) ? value.toExponential(2) : value.toPrecision(4);
}
