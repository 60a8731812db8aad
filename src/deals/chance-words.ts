import { type ChanceMethod, leastOfEach } from "../core/win/chance-method.ts";
import type { WinReason } from "../core/win/win-model.ts";
import type { Access } from "../store/access.ts";
import { formatChance } from "../value/value-words.ts";
import { countOf, formatCount } from "../wording.ts";

type Seeing = Pick<Access, "owners">;

/** What a column of a model says for or against a deal. */
export function wordWinReason({ feature, value, points }: WinReason): string {
  const isNew = feature === "tier" && value === "prospect";
  const known = value === undefined ? `unknown ${feature}` : `${feature} ${wordValue(value)}`;
  const what = isNew ? "that it never bought" : known;
  return `${what} speaks ${points > 0 ? "for" : "against"} it`;
}

function wordValue(value: string | number): string {
  return typeof value === "number" ? formatCount(value) : value;
}

/**
 * How chances come about; counts of deals are for those who see all of them.
 *
 * @param alike what follows where all have the same chance.
 */
export function wordChances({ kind, deals, won }: ChanceMethod, { owners }: Seeing, alike: string): string {
  const seesAll = owners === "all";
  switch (kind) {
    case "model":
      return `Chances are by a model of ${seesAll ? countOf(deals, "deal") : "past deals"}.`;
    case "base-rate":
      return `Nothing that is known beforehand tells which deals are won, so all have the base rate${seesAll ? `, ${formatChance(won / deals)} of ${countOf(deals, "closed deal")}` : ""}: ${alike}.`;
    case "scorecard":
      return `Chances are interim: a scorecard's judgements, not measured, until ${leastOfEach} deals were won and ${leastOfEach} lost${seesAll ? ` (so far ${formatCount(won)} and ${formatCount(deals - won)})` : ""}.`;
  }
}

/** "model of 1,200 deals", as the method of a list is called. */
export function methodLabel({ kind, deals }: ChanceMethod, { owners }: Seeing): string {
  switch (kind) {
    case "model":
      return owners === "all" ? `model of ${countOf(deals, "deal")}` : "model of past deals";
    case "base-rate":
      return "base rate";
    case "scorecard":
      return "interim scorecard";
  }
}

/** "32 % (25 to 40 %)". */
export function wordProbability(chance: {
  readonly probability: number;
  readonly low: number;
  readonly high: number;
}): string {
  const { probability, low, high } = chance;
  return `${formatChance(probability)} (${formatChance(low)} to ${formatChance(high)})`;
}
