import type { Context, Reply } from "../command.ts";
import { requireSnapshot } from "../list-accounts.ts";
import type { Query } from "../query.ts";
import { scopeNotes, stampOf } from "../wording.ts";
import { fitFacts } from "./fit-words.ts";
import { explainModels, modelFigures, modelTable } from "./model-words.ts";
import { requireBasis } from "./require-values.ts";
import { nameOf, wordPredictor, wordQuality, wordTerms } from "./value-words.ts";

/** How lifetime values come about. Figures over all accounts are for those who see all of them. */
export async function explainLtv(query: Query, context: Context): Promise<Reply> {
  const { access } = context;
  const snapshot = await requireSnapshot(context, query);
  const basis = await requireBasis("ltv", snapshot, query, context);
  const { fit, terms, quietBelowPercent } = basis;
  const seesAll = access.owners === "all";
  return {
    headline: `Lifetime values go by: ${nameOf(fit.predictor)}`,
    lines: [
      [`${wordPredictor(fit.predictor)} ${wordQuality(fit)}`],
      [
        `A lifetime value is how often an account is expected to buy, times what it spends at a time: ${wordTerms(terms)}.`,
      ],
      [
        fit.teller === undefined
          ? "No model tells who has left, so nobody is called gone quiet."
          : `An account has gone quiet when ${nameOf(fit.teller)} takes it for a customer with a chance below ${quietBelowPercent} %.`,
      ],
      ...(seesAll ? explainModels(fit).map((text) => [`• ${text}`]) : []),
    ],
    ...(seesAll && { facts: fitFacts(basis, access.timeZone), table: modelTable(fit) }),
    actions: [{ kind: "run", label: "All accounts", line: "ltv" }],
    notes: [
      ...scopeNotes(access),
      ...(seesAll
        ? [
            "Off by: the mean error per account in the time held out, in days with a purchase (MAE); RMSE weighs large misses more.",
          ]
        : ["Figures of the models are over all accounts: those who see all accounts see them."]),
      `Data as of ${snapshot.asOf} · snapshot ${snapshot.id}`,
    ],
    snapshot: stampOf(snapshot),
    data: {
      predictor: fit.predictor,
      because: fit.because,
      teller: fit.teller ?? null,
      terms,
      quietBelowPercent,
      fit: seesAll ? modelFigures(fit) : null,
    },
  };
}
