import type { Reply } from "../command.ts";
import { dayIn } from "../core/calendar.ts";
import { chanceMethod, leastOfEach } from "../core/win/chance-method.ts";
import type { ColumnExclusion } from "../core/win/choose-features.ts";
import type { WinFitCause } from "../core/win/refit-win.ts";
import type { StoredWinFit } from "../store/win-fit-row.ts";
import { wordExclusion } from "../win/word-exclusion.ts";
import { countOf, formatCount, formatDay, formatShare } from "../wording.ts";

const causes: Readonly<Record<WinFitCause, string>> = {
  first: "the first one",
  definition: "since what counts was changed",
  data: "since deals changed",
  schedule: "on schedule",
};

/** Figures of a fit have four places, as in `win-eval`. */
const places = 4;

/** By what deals are foretold, and how well that does on deals that it was not shown. */
export function winModelLine({ fit }: StoredWinFit): string {
  const { evaluation } = fit;
  const method = chanceMethod(fit);
  const tested = countOf(evaluation.tested, "deal");
  const gain = `${evaluation.gain.toFixed(places).replace("-", "−")} ± ${evaluation.gainError.toFixed(places)}`;
  switch (method.kind) {
    case "scorecard":
      return `Win probability goes by an interim scorecard: ${formatCount(method.won)} won and ${formatCount(method.deals - method.won)} lost deals are too few to learn from, ${leastOfEach} of each are needed.`;
    case "base-rate":
      return `Win probability goes by the base rate, ${formatShare(fit.model.baseRate)} of ${countOf(method.deals, "deal")}: there is no signal. On ${tested} that were not shown, nothing that was known beforehand told them better by more than chance${evaluation.method === "base-rate" ? "" : ` (log-loss smaller by ${gain})`}.`;
    case "model": {
      const what =
        fit.model.method === "logistic"
          ? "a regularised logistic model"
          : "shrunk win rates of similar deals";
      const auc = evaluation.auc === undefined ? "" : `, AUC ${evaluation.auc.toFixed(3)} where .5 is chance`;
      return `Win probability goes by ${what} of ${countOf(method.deals, "deal")}: on ${tested} that were not shown its log-loss is smaller than the base rate's by ${gain}${auc}.`;
    }
  }
}

/** When it was fitted, to what, and to which columns. */
export function winModelFacts(
  { fit, fittedIn, fittedAt, cause }: StoredWinFit,
  timeZone: string,
): NonNullable<Reply["facts"]> {
  const { seen, model, maturity, columns, excluded, asOf } = fit;
  const young = maturity ? `, older than ${countOf(maturity.ageDays, "day")}` : "";
  return [
    {
      label: "Win model fitted",
      value: `${formatDay(dayIn(fittedAt, timeZone))} in snapshot ${fittedIn}, ${causes[cause]}; to ${countOf(model.deals, "deal")} of ${formatCount(seen.deals)} that had ended by ${formatDay(asOf)}${young}`,
    },
    { label: "Win model looks at", value: columns.length === 0 ? "nothing" : columns.join(", ") },
    ...(excluded.length === 0
      ? []
      : [
          {
            label: "Left out of it",
            value: excluded
              .map(
                ({ column, why }) =>
                  `${column}: ${wordExclusion(why as ColumnExclusion, "the deal's beginning")}`,
              )
              .join(" "),
          },
        ]),
  ];
}

/** The same as exact figures. */
export function winModelFigures({ fit, fittedIn, fittedAt, cause }: StoredWinFit) {
  const { model, evaluation, columns, excluded, maturity, mix } = fit;
  const { calibration: _, auc, lift10, ...figures } = evaluation;
  return {
    ...{ fittedIn, fittedAt: fittedAt.toISOString(), cause, method: model.method },
    ...{ baseRate: model.baseRate, deals: model.deals, won: model.won },
    evaluation: { ...figures, auc: auc ?? null, lift10: lift10 ?? null },
    ...{ columns, excluded, maturity: maturity ?? null, mix: mix.columns },
  };
}
