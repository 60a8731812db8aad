import { type Family, intent } from "./intent.ts";

const lastYear =
  "[year on year|year over year|against last year|compared to last year|compared with last year|since last year|over last year|from last year|this year|in the last year|over the last year|in the last twelve months|in the last 12 months]";

export const growth: Family = {
  about: "growth grow grew growing shrink shrinking retention nrr grr year yoy expansion".split(" "),
  near: { label: "How we grow", line: "growth" },
  intents: [
    intent(
      [
        `[<ask>] <me> [the|our] [{owner}] [net|gross|net and gross] [revenue] retention [rate] ${lastYear}`,
        `[<ask>] <me> [the|our] [{owner}] (nrr|grr|net revenue retention|gross revenue retention|ndr|net dollar retention)`,
        `[<ask>] <me> [the|our] [{owner}] [<revenue>|portfolio|customer|account] (growth|growth rate|yoy growth|yoy|year on year growth|year over year growth) ${lastYear}`,
        `(are|do|did|have) we (growing|grow|grown|shrinking|shrink|shrunk) ${lastYear}`,
        `how (much|fast|quickly|well) (are|do|did|have) we (growing|grow|grown|shrinking|shrink|shrunk) ${lastYear}`,
        `(is|are|has|have|did|does) [the|our] [{owner}] <portfolio> (growing|grow|grown|shrinking|shrink|shrunk) ${lastYear}`,
        `how (is|are|has|have|did|does) [the|our] [{owner}] <portfolio> (growing|grow|grown|developing|developed|doing|changed|change) (year on year|year over year|against last year|compared to last year|compared with last year|since last year|over last year|this year)`,
      ],
      ({ owner }) => ({ command: "growth", filters: { ...(owner && { owner }) } }),
    ),
  ],
};
