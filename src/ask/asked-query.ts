import { z } from "zod";
import { formatQuery } from "../query.ts";

/** Longer than any name of an account or an offer. */
export const LONGEST_NAME = 120;

const name = z.string().trim().min(1).max(LONGEST_NAME);
const tier = z.enum(["A", "B", "C", "D"]);

const filters = z.strictObject({
  owner: z
    .discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("me") }),
      z.strictObject({ kind: z.literal("user"), userId: z.string().regex(/^[UW][A-Z0-9]+$/) }),
      z.strictObject({ kind: z.literal("name"), name }),
    ])
    .exactOptional(),
  product: name.exactOptional(),
  industry: name.exactOptional(),
  team: z.literal("mine").exactOptional(),
  tier: tier.exactOptional(),
  from: tier.exactOptional(),
  direction: z.enum(["up", "down"]).exactOptional(),
  goneQuiet: z.literal(true).exactOptional(),
  quietDays: z.int().min(1).max(9999).exactOptional(),
});

const commands = [
  ...(["pitch", "top", "account", "why", "mix", "moved"] as const),
  ...(["ltv", "growth", "cohorts", "renewals", "outlook", "cross", "actions"] as const),
  ...(["leaderboard", "coach"] as const),
] as const;

/** What a sentence was read as: whoever reads sentences, people's or a model's, has to end up here. */
export const askedQuery = z.strictObject({
  command: z.enum(commands),
  words: z.array(name).max(2).default([]),
  filters: filters.default({}),
});
export type AskedQuery = z.input<typeof askedQuery>;

/** The query as the line that somebody would have typed. */
export function lineOf(query: AskedQuery): string {
  const { command, words, filters } = askedQuery.parse(query);
  return formatQuery(command, { words, filters, page: 1 });
}
