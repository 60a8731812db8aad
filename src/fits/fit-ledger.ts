import { type CustomerHistories, historiesOf } from "../core/models/histories.ts";
import type { FitReport, LedgerReport } from "./fit-report.ts";
import { compareInHoldout } from "./ledger-contenders.ts";
import { type LedgerModel, ledgerModels } from "./ledger-models.ts";
import { dayOf, decideLooking, type Looking, type TypedLooking } from "./looking.ts";
import type { Purchases } from "./read-purchases.ts";
import { reportFit } from "./report-fit.ts";

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
  const histories = historiesOf(read.purchases, looking);
  const started = now();
  const fitted = ledgerModels[name](histories);
  const seconds = (now() - started) / 1_000;
  return {
    ...{ ...reportFit(fitted.fit), seconds },
    ...compareInHoldout(fitted, histories, looking),
    ...{ notes: notesOn(read, looking), file: describe(read, histories, looking) },
  };
}

function notesOn({ notes, currencies, lastDay }: Purchases, { until, end }: Looking): readonly string[] {
  return [
    ...notes.map((note) => `The file ${note}.`),
    ...(currencies.length > 1
      ? [`Amounts are in ${currencies.join(", ")}: how often customers buy does not depend on them.`]
      : []),
    ...(end === undefined || lastDay <= until || lastDay >= end
      ? []
      : [`The last purchase in the file is of ${dayOf(lastDay)}: later ones count as none.`]),
  ];
}

function describe(read: Purchases, histories: CustomerHistories, looking: Looking): LedgerReport {
  const { purchases, columns, firstDay, lastDay, rows, dropped } = read;
  return {
    ...{ kind: "ledger", rows, purchases: purchases.days.length, dropped },
    columns: Object.fromEntries(Object.entries(columns).filter(([, header]) => header !== undefined)),
    ...{ from: dayOf(firstDay), until: dayOf(looking.until), lastPurchase: dayOf(lastDay) },
    ...{ holdoutUntil: looking.end === undefined ? null : dayOf(looking.end), unit: looking.unit },
    repeatBuyers: histories.frequency.filter((frequency) => frequency > 0).length,
  };
}
