import type { Context, Line, Reply } from "../command.ts";
import { requireSnapshot } from "../list-accounts.ts";
import type { Query } from "../query.ts";
import type { Drift } from "../store/values.ts";
import { fitFacts, wordDrift } from "../value/fit-words.ts";
import { explainModels, modelFigures, modelTable } from "../value/model-words.ts";
import { requireBasis } from "../value/require-values.ts";
import { nameOf, wordQuality } from "../value/value-words.ts";
import { stampOf } from "../wording.ts";
import { winModelFacts, winModelFigures, winModelLine } from "./win-model.ts";

/** Every model that values and win probabilities follow from: how it was fitted, how well, and how it has done since. */
export async function listModels(query: Query, context: Context): Promise<Reply> {
  const snapshot = await requireSnapshot(context, query);
  const [basis, win] = await Promise.all([
    requireBasis("health", snapshot, query, context),
    context.store.winFit(snapshot),
  ]);
  const { fit, drift, cause, fittedAt, fittedIn } = basis;
  const { timeZone } = context.access;
  return {
    headline: `Lifetime values go by: ${nameOf(fit.predictor)}`,
    lines: [
      [wordQuality(fit)],
      ...explainModels(fit).map((text) => [`• ${text}`]),
      ...(drift ? driftLines(drift) : []),
      ...(win ? [[winModelLine(win)]] : []),
    ],
    facts: [...fitFacts(basis, timeZone), ...(win ? winModelFacts(win, timeZone) : [])],
    table: modelTable(fit),
    actions: [
      { kind: "run", label: "Lifetime values", line: "ltv" },
      { kind: "run", label: "All of health", line: "health" },
    ],
    notes: [
      "Off by: the mean error per account in the time held out, in days with a purchase (MAE); RMSE weighs large misses more.",
      `Data as of ${snapshot.asOf} · snapshot ${snapshot.id}`,
    ],
    snapshot: stampOf(snapshot),
    data: {
      fittedIn,
      fittedAt: fittedAt.toISOString(),
      cause,
      fit: modelFigures(fit),
      drift: drift ?? null,
      win: win ? winModelFigures(win) : null,
    },
  };
}

function driftLines(drift: Drift): readonly Line[] {
  return [
    ["Purchases since the fit, of accounts that it knew:"],
    ...drift.tiers.map(({ tier, ...figures }) => [`• Tier ${tier}: ${wordDrift(figures, drift)}`]),
  ];
}
