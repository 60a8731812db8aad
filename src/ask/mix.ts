import { type Family, intent } from "./intent.ts";

export const mix: Family = {
  about: "mix concentrated concentration depend dependent risk share pareto portfolio diversified few".split(
    " ",
  ),
  near: { label: "How much hangs on how few", line: "mix" },
  intents: [
    intent(
      [
        "how (concentrated|dependent|diversified|diverse|risky|unequal|balanced|spread|spread out|top heavy) (is|are) [the|our] [{owner}] (<portfolio>|we)",
        "how <portfolio> is (concentrated|spread|spread out|distributed|split)",
        "how is [the|our] [{owner}] <portfolio> (concentrated|spread|spread out|distributed|split|composed|made up)",
        "how much [of] [the|our] [{owner}] [<revenue>] (depends on|hangs on|comes from|rests on|do we get from|is with|is in) [the|our] [few|a few|few of|how few] [<biggest>] [ten|five|three|10|5|3|20] [<biggest>] <accounts>",
        "(do|are|is|how much do|how) [we|our <portfolio>|our business] [too] (depend|depends|dependent|reliant|rely|hang|hangs|depending) [are we] [too much|too heavily|heavily|much] [on] [a|the|just|only|our] (few|handful of|couple of|<biggest>|a few|how few) [<biggest>] <accounts>",
        "how (dependent|reliant) are we on [a few|few|our|the] [<biggest>] <accounts>",
        "how many <accounts> (make|make up|bring|account for|give us|earn|generate) (80|eighty|20|most|half) [percent] [of] [the|our] [<revenue>]",
        "[<ask>] <me> [the|our] [{owner}] [customer|portfolio|account|revenue|client|spend] (mix|concentration|concentration risk|tier split|pareto|tier mix|split)",
        "(is|are) [the|our] [{owner}] <portfolio> [too] (concentrated|diversified|diverse|balanced|risky|spread|top heavy) [enough]",
        "how many <accounts> are [there] in [each|every|the] (tier|tiers)",
      ],
      ({ owner }) => ({ command: "mix", filters: { ...(owner && { owner }) } }),
    ),
  ],
};
