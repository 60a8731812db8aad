import { type Family, intent } from "./intent.ts";
import type { Slots } from "./slots.ts";

const board = ({ product, industry }: Slots, ...words: readonly string[]) => ({
  command: "leaderboard" as const,
  words: [...words],
  filters: { ...(product !== undefined && { product }), ...(industry !== undefined && { industry }) },
});

/** Who of us: never which of the customers. */
const who = "(who|who of us|who of (the|our) <reps>|which [of] [our|the] <reps>)";
const where =
  "[to [the|our] {industry} [<accounts>]|to [<accounts> in|companies in] [the] {industry} (industry|sector)|in [the] {industry} (industry|sector)]";

export const leaderboard: Family = {
  about: "leaderboard rep reps seller sellers sells sell best ranking performance champions incentives".split(
    " ",
  ),
  near: { label: "Who sells better than expected", line: "leaderboard" },
  intents: [
    intent(
      [
        "[<ask>] <me> [the|our] [sales] leaderboard",
        `${who} (sells|sell) [the] best ${where}`,
        `${who} (sells|sell) [the|our] {Product} [the] best`,
        `${who} (is|are) [the] best [at|in] selling ${where}`,
        `${who} (is|are) [the] best at selling [the|our] {Product}`,
        `who (is|are) [our|the] (best|top|strongest) <reps> ${where}`,
        `who (is|are) [our|the] (best|top|strongest) <reps> (for|of) [the|our] {Product}`,
        `[<ask>] <me> [our|the] (best|top|strongest) <reps>`,
        `${who} (sells|sell|performs|perform|does|do) better than (expected|the others|others|their territory explains)`,
        `how (do|are) (our|the) <reps> (compare|doing|performing|perform) [against one another|with one another]`,
      ],
      (slots) => board(slots),
    ),
    intent([`${who} (wins|win|won|closes|close|closed) [the] most [deals] ${where}`], (slots) =>
      board(slots, "wins"),
    ),
    intent(
      [`${who} (has|have) [the] (best|highest) (win rate|hit rate|close rate|closing rate) ${where}`],
      (slots) => board(slots, "win-rate"),
    ),
    intent([`${who} (closes|close|wins|win|sells|sell) [deals] [the] (fastest|quickest) ${where}`], (slots) =>
      board(slots, "cycle"),
    ),
    intent(
      [
        "[<ask>] <me> [our|the] [sales] champions [by|per|for each] [product|industry|product and industry]",
        "who (sells|sell) what [the] best",
      ],
      () => board({}, "champions"),
    ),
    intent(
      [
        "(what|which) incentives <should> <we> (pay|set|offer|give|have)",
        "[<ask>] <me> [some|any|the] [sales] incentives",
        "what <should> <we> (pay|reward) [our|the] <reps> for",
      ],
      () => board({}, "incentives"),
    ),
  ],
};
