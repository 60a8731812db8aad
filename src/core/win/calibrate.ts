import { z } from "zod";
import { createRandom } from "../random.ts";
import { chanceOf } from "./design.ts";
import { fitIsotonic } from "./isotonic.ts";
import { awayFromCertain, losses } from "./measures.ts";
import { fitPlatt, logOddsOf } from "./platt.ts";

/** What brings a model's probabilities to how often things come: plain data, stored with the model. */
export const calibrationSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("none") }),
  /** A line in log-odds; the slope is above 0. */
  z.object({ kind: z.literal("platt"), slope: z.number(), intercept: z.number() }),
  /** Chances at some probabilities, both rising; between two of them along a line, beyond the ends level. */
  z.object({
    kind: z.literal("isotonic"),
    at: z.array(z.number()).min(1).readonly(),
    to: z.array(z.number()).min(1).readonly(),
  }),
]);
export type Calibration = Readonly<z.infer<typeof calibrationSchema>>;

/** With fewer outcomes of the rarer kind nothing is learned. */
const enoughForLine = 10;
/** From so many outcomes of the rarer kind on, the shape is learned too, and not a line only (Niculescu-Mizil & Caruana 2005). */
const enoughForShape = 1_000;

/**
 * Learns a calibration. It never makes things worse by what can be known: learned on one half of the rows, drawn by lot, it
 * must lower the log-loss of the other half, both halves together and by more than a standard error; else there is none.
 *
 * @param probabilities of a model that was not shown these outcomes, from 0 to 1.
 * @param outcomes 0 or 1 each.
 */
export function fitCalibration(probabilities: ArrayLike<number>, outcomes: ArrayLike<number>): Calibration {
  const won = Array.from(outcomes).filter((outcome) => outcome === 1).length;
  const rarer = Math.min(won, outcomes.length - won);
  if (rarer < enoughForLine) return { kind: "none" };
  const learn = rarer >= enoughForShape ? learnShape : learnLine;
  return isOfUse(learn, probabilities, outcomes) ? learn(probabilities, outcomes) : { kind: "none" };
}

/** Probabilities as a calibration has them: as they are, or above 0 and below 1, and none overtakes another. */
export function calibrate(calibration: Calibration, probabilities: ArrayLike<number>): Float64Array {
  switch (calibration.kind) {
    case "none":
      return Float64Array.from(probabilities);
    case "platt": {
      const { slope, intercept } = calibration;
      return Float64Array.from(probabilities, (each) =>
        awayFromCertain(chanceOf(intercept + slope * logOddsOf(each))),
      );
    }
    case "isotonic": {
      const { at, to } = calibration;
      return Float64Array.from(probabilities, (each) => interpolate(at, to, each));
    }
  }
}

interface Half {
  readonly probabilities: Float64Array;
  readonly outcomes: Uint8Array;
}

type Learn = (probabilities: ArrayLike<number>, outcomes: ArrayLike<number>) => Calibration;

function learnShape(probabilities: ArrayLike<number>, outcomes: ArrayLike<number>): Calibration {
  return { kind: "isotonic", ...fitIsotonic(probabilities, outcomes) };
}

function learnLine(probabilities: ArrayLike<number>, outcomes: ArrayLike<number>): Calibration {
  const line = fitPlatt(probabilities, outcomes);
  return line ? { kind: "platt", ...line } : { kind: "none" };
}

function isOfUse(learn: Learn, probabilities: ArrayLike<number>, outcomes: ArrayLike<number>): boolean {
  const random = createRandom("calibration");
  const halves = [[] as number[], [] as number[]] as const;
  for (let row = 0; row < outcomes.length; row += 1) halves[random() < 0.5 ? 0 : 1].push(row);
  const [first, second] = halves.map((rows) => ({
    probabilities: Float64Array.from(rows, (row) => probabilities[row] ?? 0),
    outcomes: Uint8Array.from(rows, (row) => outcomes[row] ?? 0),
  }));
  if (!first || !second) return false;
  const gains = [...gainsOf(learn, first, second), ...gainsOf(learn, second, first)];
  const mean = gains.reduce((sum, gain) => sum + gain, 0) / gains.length;
  const variance = gains.reduce((sum, gain) => sum + (gain - mean) ** 2, 0) / gains.length;
  return mean > 0 && mean > Math.sqrt(variance / gains.length);
}

/** How much smaller the loss of each row is that is told by a calibration of others. */
function gainsOf(learn: Learn, shown: Half, told: Half): Float64Array {
  const calibrated = calibrate(learn(shown.probabilities, shown.outcomes), told.probabilities);
  const after = losses(calibrated, told.outcomes);
  return losses(told.probabilities, told.outcomes).map((before, row) => before - (after[row] ?? 0));
}

function interpolate(at: readonly number[], to: readonly number[], probability: number): number {
  // The first place beyond the probability.
  let [low, high] = [0, at.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((at[middle] ?? 0) > probability) high = middle;
    else low = middle + 1;
  }
  const [from, upTo] = [at[low - 1], at[low]];
  const [chance = 0, next = chance] = [to[low - 1] ?? to[low], to[low]];
  if (from === undefined || upTo === undefined) return chance;
  return chance + ((next - chance) * (probability - from)) / (upTo - from);
}
