import { scorePredictions } from "../core/models/holdout.ts";
import { type Lifetime, type Renewals, renewalsOfLifetimes } from "../core/models/renewals.ts";
import { fitSbg, survivalOf } from "../core/models/sbg.ts";
import type { PeriodUnit } from "./count-periods.ts";
import type { FitReport, LifetimesReport, SurvivalPeriod } from "./fit-report.ts";
import { nameParameters } from "./ledger-models.ts";
import { heldOutLifetimes, lifetimeOn, type Spell } from "./lifetimes.ts";
import { dayOf, decideDays, type TypedDays } from "./looking.ts";
import { reportFit } from "./report-fit.ts";
import { chanceToRenew, compareRetention, type RetentionIn } from "./sbg-holdout.ts";

/** Periods after the last renewal that are foretold. */
const ahead = 5;

type Read = Pick<LifetimesReport, "rows" | "dropped" | "columns">;

/**
 * Fits sbg to subscriptions from day to day: to all renewals up to a day.
 *
 * @param now in milliseconds, from any moment on.
 * @throws UsageError for days that make no sense.
 */
export function fitSpells(
  spells: readonly Spell[],
  read: Read,
  typed: TypedDays & { readonly unit: PeriodUnit },
  now: () => number,
): FitReport {
  const known = spells.flatMap(({ start, end }) => [start, end ?? start]);
  const [firstDay, lastDay] = [least(spells.map(({ start }) => start)), most(known)];
  const { until, end } = decideDays(typed, { firstDay, lastDay }, "Nobody had begun");
  const { unit } = typed;
  const lifetimes = spells.flatMap((spell) => lifetimeOn(spell, until, unit) ?? []);
  const score = (retention: RetentionIn) =>
    end === undefined
      ? undefined
      : scorePredictions(function* () {
          for (const { period, renewals, hasStayed } of heldOutLifetimes(spells, until, end, unit))
            yield {
              predicted: chanceToRenew(retention, period, renewals),
              ...{ actual: hasStayed ? 1 : 0, customers: 1 },
            };
        });
  const days = { until: dayOf(until), holdoutUntil: end === undefined ? null : dayOf(end) };
  return fitLifetimes(lifetimes, { ...read, unit, ...days }, score, now);
}

/** Fits sbg to subscriptions of which only the lengths are known. */
export function fitLengths(
  lifetimes: readonly Lifetime[],
  read: Read,
  unit: PeriodUnit,
  now: () => number,
): FitReport {
  return fitLifetimes(lifetimes, { ...read, unit, until: null, holdoutUntil: null }, () => undefined, now);
}

function fitLifetimes(
  lifetimes: readonly Lifetime[],
  read: Omit<LifetimesReport, "kind" | "subscriptions" | "periods">,
  score: Parameters<typeof compareRetention>[3],
  now: () => number,
): FitReport {
  const renewals = renewalsOfLifetimes(lifetimes);
  const started = now();
  const fit = fitSbg(renewals);
  const seconds = (now() - started) / 1_000;
  const file = { kind: "lifetimes", subscriptions: lifetimes.length, ...read } as const;
  return {
    ...{ ...reportFit(nameParameters(fit)), seconds, fallback: null },
    ...compareRetention(fit.parameters, fit.outcome, renewals, score),
    notes: ["Every row counts as one subscription: who came back, or has several, counts again."],
    file: { ...file, periods: survivalPeriods(renewals, fit.parameters) },
  };
}

/** What is left by the renewals of all, after Kaplan and Meier (1958), beside what was fitted. */
function survivalPeriods(
  renewals: readonly Renewals[],
  parameters: Parameters<typeof survivalOf>[0] | undefined,
): readonly SurvivalPeriod[] {
  let left = 1;
  return Array.from({ length: renewals.length + 1 + ahead }, (_, period) => {
    const before = renewals[period - 1];
    if (before) left *= before.renewed / before.due;
    const actual = period <= renewals.length ? left : null;
    return { period, actual, fitted: parameters ? survivalOf(parameters, period) : null };
  });
}

function least(days: readonly number[]): number {
  return days.reduce((first, day) => Math.min(first, day), Number.POSITIVE_INFINITY);
}

function most(days: readonly number[]): number {
  return days.reduce((last, day) => Math.max(last, day), Number.NEGATIVE_INFINITY);
}
