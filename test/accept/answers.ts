import { z } from "zod";

export const money = z.object({ amount: z.number(), currency: z.string() });
export const topAnswer = z.object({
  data: z.object({
    tier: z.string().nullable(),
    total: z.object({ accounts: z.number(), value: money, share: z.number() }),
    rows: z.array(
      z.object({
        rank: z.number(),
        account: z.string(),
        tier: z.string(),
        value: money,
        cumulativeShare: z.number(),
      }),
    ),
  }),
});
export const mixAnswer = z.object({
  data: z.object({
    accounts: z.number(),
    value: money,
    hhi: z.number(),
    gini: z.number(),
    top10Share: z.number(),
    top20PercentShare: z.number(),
    accountsFor80Percent: z.number(),
    accountsFor95Percent: z.number(),
    accountsFor99Percent: z.number(),
  }),
});
export const importAnswer = z.object({
  sources: z.array(
    z.object({
      opportunitiesWithoutAccount: z.number(),
      linesWithoutAccount: z.number(),
      linesWithoutPrice: z.number(),
      files: z.array(
        z.object({ file: z.string(), read: z.number(), kept: z.number(), rejected: z.number() }),
      ),
      suspects: z.array(z.object({ value: z.string(), suggestion: z.string().optional() })),
    }),
  ),
});
