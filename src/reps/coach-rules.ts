/** How findings come about, so that another program can compute the same. */
export const coachRules: readonly string[] = [
  "Expected are the chances of the same deals by a model that is fitted without this rep's own: won deals are held against their sum by product, industry, region and tier.",
  "Days to win are held against those of deals of the same product and tier, as means of logarithms; discounts against what others gave on the same products; open deals against others' in the same stage, by whether they are older than nine of ten won ones ever got. How many deals leave each stage is not known, since the data keeps no history of stages.",
  "At least ten deals are looked at. What is named is beyond chance over all that was looked at together: at most one finding in twenty is chance (Benjamini and Hochberg 1995).",
];
