import { type Day, daysBetween } from "../calendar.ts";
import { type BaselineName, baselineNames, createBaselines } from "../models/baselines.ts";
import { type Accuracy, type HeldOut, heldOutOf, scoreHoldout } from "../models/holdout.ts";
import { fitModels } from "./fit-models.ts";
import { modelOf } from "./forecast.ts";
import { daysPerWeek, type HistoryColumns, inWeeks, seenIn } from "./history-columns.ts";
import { remembering } from "./remembering.ts";
import type { PurchaseFit } from "./value-fit.ts";

/** Accounts that had bought by the last day before the holdout. */
export interface ShownBefore extends HistoryColumns {
  /** That day. */
  readonly after: Day;
  /** Days with a purchase in the holdout. */
  readonly heldOut: Float64Array;
}

/** Models that know nothing of what came after a day, and guesses, by what came. */
export interface Trial {
  readonly models: readonly { readonly fit: PurchaseFit; readonly holdout: Accuracy | undefined }[];
  readonly baselines: readonly { readonly name: BaselineName; readonly holdout: Accuracy | undefined }[];
}

/** Fits every model to the time before the holdout, and scores them and the baselines by the holdout. */
export function judgeModels(before: ShownBefore, firstDay: Day, asOf: Day): Trial {
  const duration = daysBetween(before.after, asOf) / daysPerWeek;
  const heldOut = [...heldOutOf({ ...inWeeks(before), heldOut: before.heldOut })];
  const guesses = createBaselines(seenIn(before, firstDay, before.after), duration);
  return {
    models: fitModels(before).map((fit) => ({ fit, holdout: scoreModel(fit, heldOut, duration) })),
    baselines: baselineNames.map((name) => ({ name, holdout: scoreHoldout(heldOut, guesses[name]) })),
  };
}

/** Parameters that no search settled on say nothing, however near they came this once. */
function scoreModel(fit: PurchaseFit, heldOut: readonly HeldOut[], duration: number): Accuracy | undefined {
  const model = fit.outcome.kind === "did-not-converge" ? undefined : modelOf(fit);
  if (!model) return undefined;
  const ifAlive = remembering((frequency, age) => ({
    expected: model.expectedIfAlive({ frequency, age }, duration),
  }));
  return scoreHoldout(heldOut, (history) => {
    const { expected } = ifAlive(history.frequency, Math.round(history.age * daysPerWeek));
    return model.alive(history) * expected;
  });
}
