import { type Family, intent } from "./intent.ts";

export const cohorts: Family = {
  about: "cohort cohorts retention again return returning loyal loyalty stay keep new".split(" "),
  near: { label: "How customers of each quarter stayed", line: "cohorts" },
  intents: [
    intent(
      [
        "[<ask>] <me> [the|our|all|all our] [{owner}] [customer|account|client|retention|purchase] (cohort|cohorts|cohort analysis|cohort retention|retention by cohort|cohort table|cohort heatmap|cohort chart)",
        "[<ask>] <me> [the|our] [{owner}] [customer|account|client] retention by (cohort|quarter|first purchase|quarter of first purchase|start)",
        "how (well|good) (do|are) [we] [{owner}] [the|our] [new] <accounts> [at] (stay|come back|return|buy again|keep buying|retained|staying)",
        "how (loyal|sticky) are [the|our] [{owner}] [new] <accounts>",
        "(do|how many [of] [the|our]|how often do) [the|our] [{owner}] [new] <accounts> (come back|return|buy again|stay|stay with us|keep buying) [within|after|in] [a|one|the first|the] [year|quarter|month]",
        "(are|do) [the|our] [new|newer|recent|latest] <accounts> (better|worse|more loyal|less loyal|stay longer) [than] [the|our] [old|older|former|earlier] [ones|<accounts>]",
      ],
      ({ owner }) => ({ command: "cohorts", filters: { ...(owner && { owner }) } }),
    ),
  ],
};
