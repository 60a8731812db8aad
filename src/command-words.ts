import { z } from "zod";
import type { Tier } from "./core/tiers.ts";

const words = z.array(z.string()).readonly();

/** Options of a command that takes words of its own or none: `mix explain`. */
export function onlyWords<Word extends string>(...known: readonly Word[]) {
  const isKnown = (one: string) => known.some((word) => word === one.toLowerCase());
  return words
    .refine((typed) => typed.every(isKnown), {
      error: ({ input }) => `I do not understand "${wordsOf(input)}".`,
    })
    .transform((typed) => {
      const said = typed.map((one) => one.toLowerCase());
      return Object.fromEntries(known.map((word) => [word, said.includes(word)])) as Record<Word, boolean>;
    });
}

/** Options of a command that reads its words by itself. */
export const anyWords = words.transform((typed) => ({ words: typed }));

/** Options of a command about one account: all words are its name. */
export const accountName = words
  .refine((typed) => typed.length > 0, { error: "Which account?" })
  .transform((typed) => ({ name: typed.join(" ") }));

/** Words people add around a tier that say nothing more. */
const filler = new Set(["tier", "tiers", "account", "accounts", "customer", "customers", "all", "the"]);

/** Options of a command about one tier or all: `A`, `a accounts`, `tier A`. */
export const oneTier = words
  .transform((typed) => typed.filter((word) => !filler.has(word.toLowerCase())))
  .refine((typed) => typed.length <= 1 && typed.every((word) => /^[abcd]$/i.test(word)), {
    error: ({ input }) => `I do not understand "${wordsOf(input)}": a tier is A, B, C or D.`,
  })
  .transform(([tier]) => ({ tier: tier?.toUpperCase() as Tier | undefined }));

/** The same, and whether a chart is wanted: `A chart`. */
export const oneTierOrChart = words
  .transform((typed): { isChart: boolean; others: readonly string[] } => ({
    isChart: typed.some(isChart),
    others: typed.filter((word) => !isChart(word)),
  }))
  .pipe(z.object({ isChart: z.boolean(), others: oneTier }))
  .transform(({ isChart, others }) => ({ ...others, isChart }));

function isChart(word: string): boolean {
  return word.toLowerCase() === "chart";
}

function wordsOf(input: unknown): string {
  return Array.isArray(input) ? input.join(" ") : "";
}
