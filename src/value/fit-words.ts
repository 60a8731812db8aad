import type { Reply } from "../command.ts";
import { addDays, dayIn } from "../core/calendar.ts";
import { type FitCause, scheduleDays } from "../core/value/refit.ts";
import type { Drift, DriftFigures, ValueBasis } from "../store/values.ts";
import { countOf, formatCount, formatDay } from "../wording.ts";
import { nameOf } from "./value-words.ts";

const causes: Readonly<Record<FitCause, string>> = {
  first: "the first one",
  schedule: "on schedule",
  drift: "since purchases came otherwise than expected",
  data: "since the past was imported otherwise",
  definition: "since what counts was changed",
};

/** When and why the models were fitted, what people see of them, and how they have done since. */
export function fitFacts(basis: ValueBasis, timeZone: string): NonNullable<Reply["facts"]> {
  const { fit, cause, fittedAt, fittedIn, drift } = basis;
  return [
    {
      label: "Models fitted",
      value: `${formatDay(dayIn(fittedAt, timeZone))} in snapshot ${fittedIn}, ${causes[cause]}; to ${countOf(fit.customers, "customer")}, ${formatDay(fit.firstDay)} to ${formatDay(fit.asOf)}`,
    },
    {
      label: "Shown",
      value: `${nameOf(fit.predictor)}; ${fit.teller === undefined ? "no model tells who has left" : `${nameOf(fit.teller)} tells who has left`}`,
    },
    { label: "Since the fit", value: drift ? wordDrift(drift.all, drift) : "too little time to compare" },
    {
      label: "Next fit",
      value: `when the data reach ${formatDay(addDays(fit.asOf, scheduleDays))}, earlier where purchases drift away`,
    },
  ];
}

/** "120 purchases, 110 expected (+9 %), since 30 Jun 2026". */
export function wordDrift({ expected, actual }: DriftFigures, { since }: Pick<Drift, "since">): string {
  const change = expected > 0 ? ` (${signedPercent(actual / expected - 1)})` : "";
  return `${countOf(actual, "purchase")}, ${formatCount(Math.round(expected))} expected${change}, since ${formatDay(since)}`;
}

function signedPercent(share: number): string {
  const percent = Math.round(share * 100);
  return `${percent < 0 ? "−" : "+"}${Math.abs(percent)} %`;
}
