import { scorePredictions } from "../core/models/holdout.ts";
import { renewalsOfSurvivors, type Survivors } from "../core/models/renewals.ts";
import { fitSbg, survivalOf } from "../core/models/sbg.ts";
import { UsageError } from "../usage-error.ts";
import type { FitReport } from "./fit-report.ts";
import { nameParameters } from "./ledger-models.ts";
import { reportFit } from "./report-fit.ts";
import { chanceToRenew, compareRetention, type RetentionIn } from "./sbg-holdout.ts";

/** Periods after the table's last one that are foretold. */
const ahead = 5;

interface TypedPeriods {
  readonly until?: string;
  readonly holdout?: string;
}

/**
 * Fits sbg to a survival table up to a period, and compares what it foretells of the later ones.
 *
 * @param now in milliseconds, from any moment on.
 * @throws UsageError for periods that the table does not have.
 */
export function fitSurvival(table: readonly Survivors[], typed: TypedPeriods, now: () => number): FitReport {
  const { until, end } = decidePeriods(typed, table.length - 1);
  const renewals = renewalsOfSurvivors(table.slice(0, until + 1));
  const started = now();
  const fit = fitSbg(renewals);
  const seconds = (now() - started) / 1_000;
  const { parameters } = fit;
  const leftAfter = (period: number) => table[period]?.survivors ?? 0;
  const score = (retention: RetentionIn) => {
    if (end === undefined || leftAfter(0) === 0) return undefined;
    const later = Array.from({ length: end - until }, (_, index) => until + 1 + index);
    const foretold = (period: number) =>
      leftAfter(until) * chanceToRenew(retention, until + 1, period - until);
    const shares = later.map((period) => ({
      ...{
        predicted: foretold(period) / leftAfter(0),
        actual: leftAfter(period) / leftAfter(0),
        customers: 1,
      },
    }));
    const accuracy = scorePredictions(() => shares);
    return accuracy && { ...accuracy, predicted: foretold(end), actual: leftAfter(end) };
  };
  return {
    ...{ ...reportFit(nameParameters(fit)), seconds, fallback: null, notes: [] },
    ...compareRetention(parameters, fit.outcome, renewals, score),
    file: {
      kind: "survival",
      periods: Array.from({ length: table.length + ahead }, (_, period) => ({
        ...{ period, fitted: parameters ? survivalOf(parameters, period) : null },
        actual: period < table.length && leftAfter(0) > 0 ? leftAfter(period) / leftAfter(0) : null,
      })),
      ...{ until, holdoutUntil: end ?? null },
    },
  };
}

function decidePeriods({ until, holdout }: TypedPeriods, last: number) {
  const shown = until === undefined ? last : typedPeriod("--until", until, last);
  if (holdout === undefined) return { until: shown, end: shown < last ? last : undefined };
  const end = typedPeriod("--holdout", holdout, last);
  if (until === undefined)
    throw new UsageError(`Say --until too: the last period that the model is shown, before ${end}.`);
  if (end <= shown) throw new UsageError(`--holdout ${holdout} is not after --until ${until}.`);
  return { until: shown, end };
}

function typedPeriod(option: string, text: string, last: number): number {
  const period = Number(text);
  if (!/^\d+$/.test(text) || period > last)
    throw new UsageError(
      `${option} ${text}: a survival table has periods and no days. Say one of its periods, from 0 to ${last}.`,
    );
  return period;
}
