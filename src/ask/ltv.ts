import { type Family, intent } from "./intent.ts";

const worth =
  "(lifetime value|ltv|clv|customer lifetime value|future value|expected value|long term value|long-term value)";

export const ltv: Family = {
  about: "worth lifetime value ltv clv future expected long valuable".split(" "),
  near: { label: "What accounts are worth", line: "ltv" },
  intents: [
    intent(
      [
        `[<ask>] <me> [the|a] ${worth} (of|for) [the|our|my] [account|customer|client|company] {account}`,
        "(what|how much) (is|will|would) [the|our|my] [account|customer|client|company] {account} [be] worth [to us] [in the long run|in the future|in future]",
        "how much will [the|our|my] [account|customer|client|company] {account} (bring|bring us|buy|spend|earn us|be worth)",
      ],
      ({ account = "" }) => ({ command: "ltv", words: [account] }),
    ),
    intent(
      [
        `[<ask>] <me> [the|our|all|all our] [{owner}] [<biggest>] [{owner}] <accounts> (by|with their|with|in order of|sorted by|ranked by) [the|their] [highest|most|best] ${worth}`,
        `[<ask>] <me> [the|our] [{owner}] ${worth} [of] [the|our|all|all our] [{owner}] [<accounts>|<portfolio>]`,
        "[<ask>] <me> (who|which [of] [{owner}] <accounts>|what <accounts>) (will|would) (be|become) [worth] [the] (most|most valuable) [to us] [in the long run|in the future|in future|tomorrow]",
        "[<ask>] <me> (who|which [of] [{owner}] <accounts>|what <accounts>) (is|are) worth [the] most [to us] [in the long run|in the future|in future]",
        "(how much|what) (is|are) [all] [the|our] [{owner}] (<portfolio>|<accounts>) worth [to us] [in the long run|in the future|in future]",
      ],
      ({ owner }) => ({ command: "ltv", filters: { ...(owner && { owner }) } }),
    ),
  ],
};
