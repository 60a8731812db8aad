import { baselineNames, createBaselines, type Seen } from "../core/models/baselines.ts";
import { type CustomerHistories, createHistories } from "../core/models/histories.ts";
import { chooseByError, heldOutOf, scoreHoldout } from "../core/models/holdout.ts";
import type { Fit, TransactionModel } from "../core/models/model.ts";
import type { FitReport } from "./fit-report.ts";
import { type LedgerModel, ledgerModels } from "./ledger-models.ts";
import { dayOf, decideLooking, type Looking, type TypedLooking } from "./looking.ts";
import type { Purchases } from "./read-purchases.ts";

const daysPer = { day: 1, week: 7 } as const;

/**
 * Fits a model to what a ledger shows until a day, and compares what it and the baselines foretell of the holdout.
 *
 * @param now in milliseconds, from any moment on.
 * @throws UsageError for days that make no sense.
 */
export function fitLedger(
  name: LedgerModel,
  read: Purchases,
  typed: TypedLooking,
  now: () => number,
): FitReport {
  const looking = decideLooking(typed, read);
  const histories = createHistories(read.purchases, looking);
  const started = now();
  const { fit, model } = ledgerModels[name](histories);
  const seconds = (now() - started) / 1_000;
  const repeatBuyers = histories.frequency.filter((frequency) => frequency > 0).length;
  const { purchases, columns, firstDay, lastDay, rows, dropped, notes } = read;
  return {
    ...{ model: name, parameters: fit.parameters ?? null, standardErrors: fit.standardErrors ?? null },
    ...{ logLikelihood: fit.logLikelihood ?? null, customers: fit.customers, seconds, outcome: fit.outcome },
    ...compare(fit, model, histories, looking),
    file: {
      ...{ kind: "ledger", rows, purchases: purchases.length, dropped, notes, repeatBuyers },
      columns: Object.fromEntries(Object.entries(columns).filter(([, header]) => header !== undefined)),
      ...{ from: dayOf(firstDay), until: dayOf(looking.until), lastPurchase: dayOf(lastDay) },
      ...{ holdoutUntil: looking.end === undefined ? null : dayOf(looking.end), unit: looking.unit },
    },
  };
}

function compare(
  { model: name, outcome }: Fit<object>,
  model: TransactionModel | undefined,
  histories: CustomerHistories,
  { until, end, unit }: Looking,
): Pick<FitReport, "holdout" | "baselines" | "choice"> {
  // What customers spend says nothing about how often they buy.
  if (end === undefined || name === "gamma-gamma") return { holdout: null, baselines: [], choice: null };
  const duration = (end - until) / daysPer[unit];
  const heldOut = heldOutOf(histories);
  const guesses = createBaselines(seenIn(histories, unit), duration);
  const holdout = model && scoreHoldout(heldOut, (history) => model.expected(history, duration));
  const baselines = baselineNames.flatMap((baseline) => {
    const accuracy = scoreHoldout(heldOut, guesses[baseline]);
    return accuracy ? [{ name: baseline, ...accuracy }] : [];
  });
  // Parameters that no search settled on are not to be seen, however near they came this once.
  const contends = holdout && outcome.kind !== "did-not-converge";
  const choice = chooseByError([...(contends ? [{ name, mae: holdout.mae }] : []), ...baselines]);
  return { holdout: holdout ?? null, baselines, choice: choice ?? null };
}

/** Both the first and the last day count: three days are three, though only two lie between them. */
function seenIn({ age, frequency }: CustomerHistories, unit: Looking["unit"]): Seen {
  const oldest = age.reduce((most, each) => Math.max(most, each), 0);
  const purchases = frequency.reduce((sum, each) => sum + each, 0);
  return { span: oldest + 1 / daysPer[unit], purchases, customers: frequency.length };
}
