import type { Random } from "../random.ts";
import type { LifeModel } from "./lives.ts";
import { mbgLives } from "./mbg-lives.ts";
import type { OutlookInput } from "./outlook-input.ts";
import { paretoLives } from "./pareto-lives.ts";
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
  const teller = fit.models.find((judged) => judged.fit.model === fit.teller)?.fit;
  if (teller?.model === "mbg-nbd" && teller.parameters)
    return mbgLives(input, teller, parameterDraws, random);
  if (teller?.model === "pareto-nbd" && teller.parameters)
    return paretoLives(input, teller, parameterDraws, random);
  return totals.boughtBefore > 0 ? retentionLives(input, parameterDraws, random) : undefined;
}
