import { type Family, intent } from "./intent.ts";
import type { Slots } from "./slots.ts";

const list = (
  { owner, tier, product }: Slots,
  more: { readonly quietDays?: number; readonly goneQuiet?: true } = {},
) => ({
  command: "top" as const,
  words: tier === undefined ? [] : [tier],
  filters: { ...(owner && { owner }), ...(product !== undefined && { product }), ...more },
});

export const top: Family = {
  about: "top biggest largest best accounts customers clients quiet spend buy most revenue money tier".split(
    " ",
  ),
  near: { label: "Top A accounts", line: "top A" },
  intents: [
    intent(
      [
        "[<ask>] <me> [all] [of] [the|our] [{owner}] <some> <biggest> <some> [{tier}] <accounts> [of ours]",
        "[<ask>] <me> [all] [of] [the|our] [{owner}] {tier} <accounts>",
        "<ask> <me> [all] [of] [the|our] [{owner}] tier {tier}",
        "[<ask>] <me> [all] [of] [the|our] [{owner}] <accounts> (in|of|from|with) {tier}",
        "(which|what) <accounts> are [in] [{owner}] [the|our] (<biggest>|{tier}) [<accounts>]",
        "which <accounts> of [mine|ours] are [in] {tier}",
        "top {tier} [{owner}]",
        "(who|which <accounts>|what <accounts>) (buy|buys|spend|spends|bought|spent|pay|pays|paid) [the] most [with us|from us|us]",
        "which <accounts> matter [the] most [to us]",
        "who matters [the] most",
        "(who|which <accounts>) (bring|brings|make|makes|give|gives|earn|earns) us [the] most [<revenue>]",
        "where does [our|the|my] [most of our] <revenue> come from",
        "(who|which <accounts>|which {tier} <accounts>) (buy|buys|bought|have bought|has bought|use|uses) [the|our] {Product}",
      ],
      (slots) => list(slots),
    ),
    intent(
      [
        "[<ask>] <me> (which|what|the|all|our) [of] [{owner}] [<biggest>] [{tier}] <accounts> [who|that] [have|has|are|went|gone|got|become|became|been|fell|is] (quiet|silent|inactive|dormant) [{days}]",
        "[<ask>] <me> [{owner}] [{tier}] (quiet|silent|inactive|dormant) [{tier}] <accounts> [{days}]",
        "(which|what) [of] [{owner}] [{tier}] <accounts> (have gone|has gone|have been|are going|are getting) (quiet|silent|inactive|dormant) [{days}]",
        "who (went|is|has gone|has been|is going|got|fell) (quiet|silent|inactive|dormant) [{days}]",
        "[<ask>] <me> (who|which [of] [{owner}] [{tier}] <accounts>) (has|have|did) not (bought|ordered|purchased|buy|order|purchase) [anything] [from us] [{days}]",
        "(who|which [of] [{owner}] [{tier}] <accounts>) (stopped|have stopped|has stopped) (buying|ordering|purchasing) [from us] [{days}]",
      ],
      (slots) => list(slots, slots.days === undefined ? { goneQuiet: true } : { quietDays: slots.days }),
    ),
  ],
};
