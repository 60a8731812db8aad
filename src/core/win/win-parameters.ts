import { z } from "zod";
import { calibrationSchema } from "./calibrate.ts";
import { encodingSchema } from "./encode.ts";
import { shrunkRatesSchema } from "./shrunk-rates.ts";
import type { WinModel } from "./win-model.ts";

const ratesParametersSchema = z.object({ rates: shrunkRatesSchema, calibration: calibrationSchema });

const logisticParametersSchema = z.object({
  encoding: encodingSchema,
  penalty: z.number().positive(),
  weights: z.array(z.number()).readonly(),
  /** Of each column over the deals that were learned from: what the average deal has. */
  means: z.array(z.number()).readonly(),
  /** Of the weights: what is on and below the diagonal, row by row. */
  covariance: z.array(z.number()).readonly(),
  calibration: calibrationSchema,
});

export type RatesParameters = z.infer<typeof ratesParametersSchema>;
export type LogisticParameters = z.infer<typeof logisticParametersSchema>;

// A model is asked for one deal after the other: it is read once.
const [ratesRead, logisticRead] = [
  new WeakMap<WinModel, RatesParameters>(),
  new WeakMap<WinModel, LogisticParameters>(),
];

/** @throws ZodError for parameters that are not those of shrunk rates. */
export function readRates(model: WinModel): RatesParameters {
  const read = ratesRead.get(model) ?? ratesParametersSchema.parse(model.parameters);
  ratesRead.set(model, read);
  return read;
}

/** @throws ZodError for parameters that are not those of a logistic model. */
export function readLogistic(model: WinModel): LogisticParameters {
  const read = logisticRead.get(model) ?? logisticParametersSchema.parse(model.parameters);
  logisticRead.set(model, read);
  return read;
}
