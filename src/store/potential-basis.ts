import { z } from "zod";

const bands = z.object({ column: z.string(), cuts: z.array(z.number()) });

/** What the potentials of a snapshot follow from, so that they can be computed again. */
export const potentialParameters = z.object({
  /** Thousandths of spend that are margin. */
  margin: z.number(),
  /** Customers that brought something in the last twelve months. */
  customers: z.number(),
  prospects: z.number(),
  /** What accounts are told apart by, the most telling first; sizes by where their bands begin. */
  traits: z.array(z.object({ column: z.string(), bands: bands.optional() })),
  /** Columns that were tried. */
  tried: z.array(z.string()),
  /** Of customers that were not shown: what the squared error in log margin is smaller by. */
  judged: z.object({ gain: z.number(), gainError: z.number(), signal: z.boolean(), customers: z.number() }),
  /** Mean of the logarithms of margins, what the mean margin of like customers is times that, and the spread around it. */
  usual: z.number(),
  factor: z.number(),
  spread: z.object({ low: z.number(), upper: z.number(), high: z.number() }),
  /** How the chances of prospects are told. */
  chances: z.object({
    kind: z.enum(["model", "base-rate", "scorecard"]),
    deals: z.number(),
    won: z.number(),
    /** The snapshot whose fit told them. */
    fittedIn: z.number().optional(),
  }),
});
export type PotentialParameters = z.output<typeof potentialParameters>;
