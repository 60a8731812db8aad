import type { History } from "../models/model.ts";
import { modelCourses } from "../value/courses.ts";
import { daysPerWeek } from "../value/history-columns.ts";
import { historyOf } from "../value/purchase-draws.ts";
import type { PurchaseFit, TellingModelName } from "../value/value-fit.ts";
import type { LifeModel, Lives } from "./lives.ts";
import type { OutlookInput } from "./outlook-input.ts";
import { createMeanSpends, type SpendDraws } from "./spend-draws.ts";

const newcomer: History = { frequency: 0, recency: 0, age: 0 };

/**
 * By a model that can tell who leaves: accounts take the courses that lifetime values are simulated from.
 *
 * @param fits the fit under each draw of its parameters.
 */
export function modelLives(
  { fit, asOf }: Pick<OutlookInput, "fit" | "asOf">,
  model: TellingModelName,
  fits: readonly PurchaseFit[],
): LifeModel {
  const coursesOf = fits.flatMap((each) => modelCourses(each) ?? []);
  const spendsOf = createMeanSpends(fit);

  function lives(history: History, spend: SpendDraws): Lives {
    const courses = coursesOf.map((of) => of(history));
    return {
      shape: spend.shape,
      draw(parameterDraw, random, life) {
        const course = courses[parameterDraw]?.(random);
        if (course === undefined || course.stay <= 0) return false;
        // Several purchases on a day are one.
        life.rate = Math.min(course.rate, daysPerWeek);
        life.stay = course.stay;
        life.purchases = course.purchases;
        life.spend = spend.draw(random);
        return true;
      },
    };
  }

  return {
    method: { kind: "model", model },
    livesOf(account) {
      const history = historyOf(account, asOf);
      return lives(history, spendsOf(history.frequency, account.repeatMinor));
    },
    newcomerLives: () => lives(newcomer, spendsOf(0, 0)),
  };
}
