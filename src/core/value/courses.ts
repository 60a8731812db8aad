import type { Day } from "../calendar.ts";
import type { ParetoNbdParameters } from "../models/dropout-integrals.ts";
import type { History } from "../models/model.ts";
import type { LeavingParameters, NbdParameters } from "../models/purchase-counts.ts";
import { drawBeta, drawExponential, drawGamma, type Random } from "../random.ts";
import { modelOf, spanOf } from "./forecast.ts";
import type { PurchaseFit, ValueFit } from "./value-fit.ts";

/** One way in which an account may go on, drawn from those that its history leaves possible. */
export interface Course {
  /** Purchases per week while it is there. */
  readonly rate: number;
  /** It leaves after so many weeks, or with the last purchase of so many, whichever is first. */
  readonly stay: number;
  readonly purchases: number;
}

/** Creates, for the history of an account in weeks, what draws its courses. */
export type Courses = (history: History) => (random: Random) => Course;

const gone: Course = { rate: 0, stay: 0, purchases: 0 };
const forEver = { stay: Number.POSITIVE_INFINITY, purchases: Number.POSITIVE_INFINITY };

/** By what a model believes after what it saw of an account; undefined without parameters. */
export function modelCourses(fit: PurchaseFit): Courses | undefined {
  const [model, draw] = [modelOf(fit), whileThere(fit)];
  if (!model || !draw) return undefined;
  return (history) => {
    const alive = model.alive(history);
    return (random) => (random() < alive ? draw(history, random) : gone);
  };
}

/**
 * Where every account goes on as it did. How often it did so far is by chance, too: the rate varies by as much as a count
 * of so many purchases does. Nobody leaves, and who never bought again does not begin to.
 */
export function guessedCourses(fit: ValueFit, asOf: Day): Courses {
  const span = spanOf(fit, asOf);
  return ({ frequency }) =>
    (random) => ({ rate: drawGamma(random, frequency) / span, ...forEver });
}

/** Of an account that has not left. */
function whileThere(fit: PurchaseFit): ((history: History, random: Random) => Course) | undefined {
  const { model, parameters } = fit;
  if (!parameters) return undefined;
  switch (model) {
    case "bg-nbd":
    case "mbg-nbd":
      return leavingAtPurchases(parameters, model === "mbg-nbd" ? 1 : 0);
    case "pareto-nbd":
      return leavingAnyTime(parameters);
    case "nbd":
      return (history, random) => ({ rate: drawRate(parameters, history, random), ...forEver });
  }
}

/** As in the BG/NBD and the MBG/NBD. Each purchase so far was a chance to leave that was not taken. */
function leavingAtPurchases(parameters: LeavingParameters, firstLeaves: 0 | 1) {
  const { a, b } = parameters;
  return (history: History, random: Random): Course => {
    const rate = drawRate(parameters, history, random);
    const leaves = drawBeta(random, a, b + history.frequency + firstLeaves);
    return { rate, stay: Number.POSITIVE_INFINITY, purchases: drawTrials(random, leaves) };
  };
}

/** As in the Pareto/NBD. */
function leavingAnyTime(parameters: ParetoNbdParameters) {
  const { s, beta } = parameters;
  return (history: History, random: Random): Course => {
    const rate = drawRate(parameters, history, random);
    const leaves = drawGamma(random, s) / (beta + history.age);
    const stay = leaves > 0 ? drawExponential(random) / leaves : Number.POSITIVE_INFINITY;
    return { rate, stay, purchases: Number.POSITIVE_INFINITY };
  };
}

function drawRate({ r, alpha }: NbdParameters, { frequency, age }: History, random: Random): number {
  return drawGamma(random, r + frequency) / (alpha + age);
}

/** How many trials it takes until one succeeds. */
function drawTrials(random: Random, chance: number): number {
  if (chance >= 1) return 1;
  return chance > 0 ? 1 + Math.floor(Math.log(1 - random()) / Math.log1p(-chance)) : Number.POSITIVE_INFINITY;
}
