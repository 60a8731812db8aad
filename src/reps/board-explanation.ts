import type { Context } from "../command.ts";
import { formatCount } from "../wording.ts";
import type { Board } from "./read-board.ts";

/** How the board comes about, so that another program can compute the same. */
export function explainBoard(
  { leaderboard, measure, found }: Board,
  { access }: Pick<Context, "access">,
): readonly string[] {
  const { leastDeals } = access.settings.leaderboard;
  return [
    "Credit goes to the owner of the deal, else to whoever owned the account on the day on which it closed.",
    "Expected: a regularised logistic model of which deals are won, by the account's tier when the deal began, size, product, industry, region and source, fitted for each rep without that rep's own deals (indirect standardisation); where it can say nothing, the share of all closed deals.",
    unitRules[measure],
    found.createdBy === undefined
      ? "Deals count by the day on which they closed."
      : `Deals count by the day on which they began, up to ${found.createdBy}: by the age that those have, 95 % of the deals that ever close are closed (Kaplan and Meier 1958). Lost deals close sooner than won ones, so younger ones would mislead.`,
    `Of expected is what came divided by what was expected, drawn towards everybody's as far as chance alone may have made it (empirical Bayes); the interval is of 80 %. Difference is what came less what was expected, as it is. Fewer than ${formatCount(leastDeals)} deals, or fewer than 3 wins to be expected, are too early.`,
    ...(leaderboard.kind === "too-few"
      ? ["No test: fewer than two reps have enough deals."]
      : [testSentence(leaderboard.test)]),
  ];
}

const unitRules: Readonly<Record<Board["measure"], string>> = {
  margin:
    "Margin: the amounts of won deals times the margin of the settings; expected of a deal is its chance times its own amount or, where amounts of lost deals are not known, what others bring with won ones of its product and tier.",
  wins: "Deals won, beside the sum of their chances.",
  "win-rate": "Deals won of those that closed, beside the mean of their chances.",
  cycle:
    "Days from the beginning to the day won, beside those that are typical of deals of its product and tier; below 100 % is faster. Ratios are means of logarithms.",
};

function testSentence({
  reps,
  statistic,
  freedom,
  chance,
  isBeyondChance,
  factor,
}: Extract<Board["leaderboard"], { kind: "ranked" | "tied" }>["test"]): string {
  const said = chance < 0.001 ? "below .001" : chance.toFixed(3).replace(/^0/, "");
  return `Overdispersion (Spiegelhalter 2005): the sum of squared z-scores of ${formatCount(reps)} reps is ${statistic.toFixed(1)} on ${freedom.toFixed(1)} degrees of freedom, p = ${said}, factor ${factor.toFixed(2)}. Reps are ranked below .025 only, so ${isBeyondChance ? "they are" : "nobody is"}.`;
}
