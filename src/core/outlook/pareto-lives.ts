import type { ParetoNbdParameters } from "../models/dropout-integrals.ts";
import type { Fit, History } from "../models/model.ts";
import { paretoNbd } from "../models/pareto-nbd.ts";
import { drawExponential, drawGamma, type Random } from "../random.ts";
import { historyIn, newcomer, newcomerHistory } from "./account-history.ts";
import { drawPurchases, type LifeModel, type Lives } from "./lives.ts";
import type { OutlookInput } from "./outlook-input.ts";
import { drawPair } from "./parameter-draws.ts";
import { type SpendDraws, spendDraws } from "./spend-draws.ts";

/**
 * The Pareto/NBD (Schmittlein, Morrison & Colombo 1987) as it goes on: of an account that is still there after x repeats in
 * the time T, the rate of buying is gamma distributed with shape r + x and rate α + T, that of leaving with s and β + T.
 */
export function paretoLives(
  { fit, asOf }: Pick<OutlookInput, "fit" | "asOf">,
  { parameters, standardErrors, customers }: Fit<ParetoNbdParameters>,
  parameterDraws: number,
  random: Random,
): LifeModel {
  const { r, alpha, s, beta } = parameters ?? { r: 1, alpha: 1, s: 1, beta: 1 };
  const errors = standardErrors;
  const drawn = Array.from({ length: parameterDraws }, (): ParetoNbdParameters => {
    const [buying, per] = drawPair([r, alpha], errors && [errors.r, errors.alpha], customers, random);
    const [leaving, after] = drawPair([s, beta], errors && [errors.s, errors.beta], customers, random);
    return { r: buying, alpha: per, s: leaving, beta: after };
  });

  function lives(history: History, spend: SpendDraws): Lives {
    const alive = Float64Array.from(drawn, (each) => paretoNbd(each).alive(history));
    const { frequency, age } = history;
    return {
      shape: spend.shape,
      draw(parameterDraw, random, life) {
        const own = drawn[parameterDraw];
        life.isThere = own !== undefined && random() < (alive[parameterDraw] ?? 0);
        if (own === undefined || !life.isThere) return;
        life.rate = drawGamma(random, own.r + frequency) / (own.alpha + age);
        life.spend = spend.draw(random);
        const leavingRate = drawGamma(random, own.s) / (own.beta + age);
        life.leavesAfter = drawExponential(random) / leavingRate;
        drawPurchases(life, random);
      },
    };
  }

  return {
    method: { kind: "model", model: "pareto-nbd" },
    livesOf: (account) => lives(historyIn(account, asOf), spendDraws(fit, account)),
    newcomerLives: () => lives(newcomerHistory, spendDraws(fit, newcomer)),
  };
}
