import type { Random } from "../random.ts";
import type { LifeModel } from "./lives.ts";
import { modelLives } from "./model-lives.ts";
import type { OutlookInput } from "./outlook-input.ts";
import { drawFit } from "./parameter-draws.ts";
import { retentionLives } from "./retention-lives.ts";

/**
 * The model that can tell who leaves, with the parameters of so many draws; else the plain retention of a year. Undefined
 * where there is neither: nobody had bought the year before.
 */
export function createLifeModel(
  input: OutlookInput,
  parameterDraws: number,
  random: Random,
): LifeModel | undefined {
  const { fit, totals } = input;
  const { teller } = fit;
  const judged = fit.models.find((each) => each.fit.model === teller);
  if (teller && judged?.fit.parameters)
    return modelLives(
      input,
      teller,
      Array.from({ length: parameterDraws }, () => drawFit(judged.fit, random)),
    );
  return totals.boughtBefore > 0 ? retentionLives(input, parameterDraws, random) : undefined;
}
