import { type Day, daysBetween } from "../calendar.ts";
import { bgNbd } from "../models/bg-nbd.ts";
import { mbgNbd } from "../models/mbg-nbd.ts";
import type { History, TransactionModel } from "../models/model.ts";
import { nbd } from "../models/nbd.ts";
import { paretoNbd } from "../models/pareto-nbd.ts";
import { daysPerWeek } from "./history-columns.ts";
import type { PurchaseFit, ValueFit } from "./value-fit.ts";

/** What a fit can predict, in weeks; undefined without parameters. */
export function modelOf(fit: PurchaseFit): TransactionModel | undefined {
  if (!fit.parameters) return undefined;
  switch (fit.model) {
    case "bg-nbd":
      return withinReason(bgNbd(fit.parameters));
    case "mbg-nbd":
      return withinReason(mbgNbd(fit.parameters));
    case "pareto-nbd":
      return withinReason(paretoNbd(fit.parameters));
    case "nbd":
      return withinReason(nbd(fit.parameters));
  }
}

/** What people are shown: the fit's predictor, as of a day from the fit's last one on. */
export function predictorOf(fit: ValueFit, asOf: Day): TransactionModel {
  const judged = fit.models.find((each) => each.fit.model === fit.predictor);
  const model = judged && modelOf(judged.fit);
  return model ?? goingOn(spanOf(fit, asOf));
}

/** Says who is still a customer; undefined where no model can tell. */
export function tellerOf(fit: ValueFit): TransactionModel | undefined {
  const judged = fit.models.find((each) => each.fit.model === fit.teller);
  return judged && modelOf(judged.fit);
}

/** The time that purchases were seen in, in weeks: that of the fit, and what has come after it. */
export function spanOf({ seen, asOf }: Pick<ValueFit, "seen" | "asOf">, now: Day): number {
  return seen.span + Math.max(0, daysBetween(asOf, now)) / daysPerWeek;
}

/** Every account buys as often as it did, as "same as calibration" has it. */
function goingOn(span: number): TransactionModel {
  const expected = ({ frequency }: Pick<History, "frequency">, duration: number) =>
    (frequency * duration) / span;
  return { alive: () => 1, expected, expectedIfAlive: expected };
}

/** Several purchases on a day are one: nobody is expected to buy more often, however wild the few data of a fit. */
function withinReason(model: TransactionModel): TransactionModel {
  const expectedIfAlive: TransactionModel["expectedIfAlive"] = (history, duration) =>
    Math.min(model.expectedIfAlive(history, duration), duration * daysPerWeek);
  return {
    alive: (history) => model.alive(history),
    expected: (history, duration) => model.alive(history) * expectedIfAlive(history, duration),
    expectedIfAlive,
  };
}
