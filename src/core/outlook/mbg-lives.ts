import { mbgNbd } from "../models/mbg-nbd.ts";
import type { Fit, History } from "../models/model.ts";
import type { LeavingParameters } from "../models/purchase-counts.ts";
import { drawBeta, drawExponential, drawGamma, type Random } from "../random.ts";
import { historyIn, newcomer, newcomerHistory } from "./account-history.ts";
import { drawPurchasesUpTo, type LifeModel, type Lives } from "./lives.ts";
import type { OutlookInput } from "./outlook-input.ts";
import { drawPair } from "./parameter-draws.ts";
import { type SpendDraws, spendDraws } from "./spend-draws.ts";

/**
 * The MBG/NBD (Batislam, Denizel & Filiztekin 2007) as it goes on: of an account that is still there after x repeats in the
 * time T, the rate is gamma distributed with shape r + x and rate α + T, and the chance to leave at a purchase is beta
 * distributed with a and b + x + 1.
 */
export function mbgLives(
  { fit, asOf }: Pick<OutlookInput, "fit" | "asOf">,
  { parameters, standardErrors, customers }: Fit<LeavingParameters>,
  parameterDraws: number,
  random: Random,
): LifeModel {
  const { r, alpha, a, b } = parameters ?? { r: 1, alpha: 1, a: 1, b: 1 };
  const errors = standardErrors;
  const drawn = Array.from({ length: parameterDraws }, (): LeavingParameters => {
    const [shape, rate] = drawPair([r, alpha], errors && [errors.r, errors.alpha], customers, random);
    const [leaves, stays] = drawPair([a, b], errors && [errors.a, errors.b], customers, random);
    return { r: shape, alpha: rate, a: leaves, b: stays };
  });

  function lives(history: History, spend: SpendDraws): Lives {
    const alive = Float64Array.from(drawn, (each) => mbgNbd(each).alive(history));
    const { frequency, age } = history;
    return {
      shape: spend.shape,
      draw(parameterDraw, random, life) {
        const own = drawn[parameterDraw];
        life.isThere = own !== undefined && random() < (alive[parameterDraw] ?? 0);
        if (own === undefined || !life.isThere) return;
        life.rate = drawGamma(random, own.r + frequency) / (own.alpha + age);
        const chance = drawBeta(random, own.a, own.b + frequency + 1);
        life.spend = spend.draw(random);
        // A geometric distribution: 1 for who leaves at the next purchase.
        const lastPurchase = 1 + Math.floor(drawExponential(random) / -Math.log1p(-chance));
        drawPurchasesUpTo(lastPurchase, life, random);
      },
    };
  }

  return {
    method: { kind: "model", model: "mbg-nbd" },
    livesOf: (account) => lives(historyIn(account, asOf), spendDraws(fit, account)),
    newcomerLives: () => lives(newcomerHistory, spendDraws(fit, newcomer)),
  };
}
