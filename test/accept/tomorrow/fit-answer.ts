import { z } from "zod";

const accuracy = z.object({ mae: z.number(), rmse: z.number() });
const parameters = z.record(z.string(), z.number()).nullable().optional();
const outcome = z.object({ kind: z.string(), meaning: z.string().optional() });

/** What `ltv explain` says of the models. */
export const fitAnswer = z.object({
  data: z.object({
    predictor: z.string(),
    teller: z.string().nullable(),
    quietBelowPercent: z.number(),
    terms: z.object({ margin: z.number(), discountPercent: z.number(), horizonMonths: z.number() }),
    fit: z.object({
      firstDay: z.string(),
      asOf: z.string(),
      customers: z.number(),
      models: z.array(
        z.object({
          model: z.string(),
          parameters,
          outcome,
          holdout: accuracy.nullable(),
          gaveWay: z.boolean(),
        }),
      ),
      baselines: z.array(z.object({ name: z.string(), holdout: accuracy.nullable() })),
      spend: z.object({ parameters, outcome }),
      meanPurchase: z.number(),
    }),
  }),
});
export type FitAnswer = z.infer<typeof fitAnswer>["data"];
