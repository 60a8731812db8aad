import { renewalsOfSurvivors, type Survivors } from "../core/models/renewals.ts";
import { fitSbg, survivalOf } from "../core/models/sbg.ts";
import type { FitReport } from "./fit-report.ts";

/** Periods after the table's last one that are foretold. */
const ahead = 5;

/** @param now in milliseconds, from any moment on. */
export function fitSurvival(table: readonly Survivors[], now: () => number): FitReport {
  const started = now();
  const { parameters, standardErrors, logLikelihood, ...fit } = fitSbg(renewalsOfSurvivors(table));
  const seconds = (now() - started) / 1_000;
  const all = table[0]?.survivors ?? 0;
  const periods = Array.from({ length: table.length + ahead }, (_, period) => {
    const left = table[period]?.survivors;
    const actual = left === undefined || all === 0 ? null : left / all;
    return { period, actual, fitted: parameters ? survivalOf(parameters, period) : null };
  });
  return {
    ...fit,
    ...{ parameters: parameters ? { ...parameters } : null, seconds },
    ...{
      standardErrors: standardErrors ? { ...standardErrors } : null,
      logLikelihood: logLikelihood ?? null,
    },
    ...{ holdout: null, baselines: [], choice: null, file: { kind: "survival", periods } },
  };
}
