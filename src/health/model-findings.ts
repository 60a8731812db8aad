import { daysBetween } from "../core/calendar.ts";
import { hasDrifted, scheduleDays } from "../core/value/refit.ts";
import { uploadAction } from "../intake/first-run.ts";
import type { ValueBasis } from "../store/values.ts";
import { wordDrift } from "../value/fit-words.ts";
import { isModel, nameOf } from "../value/value-words.ts";
import { countOf, formatDay } from "../wording.ts";
import type { Finding } from "./health-findings.ts";

/** So long after its last day a fit would have been made anew, had new data come. */
const OLD_AFTER_DAYS = 2 * scheduleDays;

const allModels = { kind: "run" as const, label: "Models", line: "health models" };

/** What is wrong with what lifetime values follow from. */
export function modelFindings({ fit, drift }: ValueBasis, today: string): readonly Finding[] {
  const ageDays = daysBetween(fit.asOf, today);
  const see = { text: allModels.line, style: "code" as const };
  const finding = (isSo: boolean, text: string): readonly Finding[] =>
    isSo ? [{ line: [`${text} See `, see], actions: [allModels] }] : [];
  return [
    ...finding(
      !isModel(fit.predictor),
      fit.because.kind === "no-signal"
        ? `No model of purchases could be fitted. ${fit.because.reason}`
        : `Lifetime values go by a guess, "${nameOf(fit.predictor)}": no model did better on the time held out.`,
    ),
    ...finding(
      fit.teller === undefined && fit.because.kind !== "no-signal",
      'No model tells who has left, so "quiet" needs a number of days, as in "quiet 90d".',
    ),
    ...finding(
      drift !== undefined && hasDrifted(drift.all),
      `Purchases came otherwise than expected: ${drift ? wordDrift(drift.all, drift) : ""}.`,
    ),
    ...(ageDays > OLD_AFTER_DAYS
      ? [
          {
            line: [
              `Lifetime values go by data up to ${formatDay(fit.asOf)}, ${countOf(ageDays, "day")} ago. Import a fresh export.`,
            ],
            actions: [uploadAction],
          },
        ]
      : []),
  ];
}
