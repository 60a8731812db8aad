import { type Family, intent } from "./intent.ts";

/** Without a name the command takes the offer that is running. */
// A question starts nothing: hence the preview of one that is not there yet.
const named = (offer: string | undefined) => (offer === undefined ? [] : [offer, "preview"]);

export const pitch: Family = {
  about: "pitch pitched offer offers sell campaign prospects call contact target candidates".split(" "),
  near: { label: "Who to pitch", line: "pitch" },
  intents: [
    intent(
      [
        "who <should> (get|receive|be offered|see|hear about) <surelyOffer> <first>",
        "who gets [to see|to hear about] <plainOffer> <first>",
        "[to] (who|whom) <should> <we> (pitch|propose|present) [<offer>] [to] <first>",
        "[to] (who|whom) <should> <we> (offer|sell|show|present) <surelyOffer> [to] <first>",
        "[to] (who|whom) <should> <we> <contact> [with|about|for|regarding|to pitch|to offer|to sell] <plainOffer> <first>",
        "who <should> be (pitched|offered|sold|shown|approached with|contacted about) [<surelyOffer>] <first>",
        "who (is|are) [the] (right|best|first|next|ready|next in line|first in line|best fit|a fit|a good fit|a match) for <plainOffer>",
        "who (is|are) (likely|most likely|ready|willing|interested) (in|to <buy>|in buying) <surelyOffer>",
        "who (is|are) (first|next|left) to (pitch|offer|be pitched)",
        "who (will|would|might|could|may|should) [most likely|probably] (<buy>|want|need|like) <surelyOffer>",
        "who (wants|needs|likes) <plainOffer>",
        "[<ask>] <me> [the] [best|right|good|top|likely|likeliest|most likely] (candidates|prospects|targets|buyers|<accounts>) (for|to pitch|to offer|to buy|to sell) <surelyOffer> [to]",
        "[<ask>] <me> [the|a] (pitch|call|target|wave) list [for <offer>]",
        "where <should> <we> (start|begin) [with|pitching|selling] <plainOffer>",
        "[<ask>] <me> [the] (pitch|pitches|pitching) [for|of|plan for] [<offer>]",
        "pitch <offer> [to] [who|whom]",
        "[plan|start|prepare] [a|the] pitch (of|for) <offer>",
        "how <should> <we> (pitch|roll out|launch|sell) <plainOffer>",
      ],
      ({ offer }) => ({ command: "pitch", words: named(offer) }),
    ),
    intent(
      [
        "[to] which [of] [{owner}] [{tier}] <accounts> <should> <we> (pitch|offer|sell|propose|<contact>) [with|about] [<offer>] [to] <first>",
        "which [of] [{owner}] [{tier}] <accounts> <should> (get|receive|be pitched|be offered) [<surelyOffer>] <first>",
        "which [of] [{owner}] [{tier}] <accounts> (get|are next for|are likely to <buy>|would <buy>|will <buy>|want|need|fit|suit|match|are ready for) <plainOffer> <first>",
        "(who|whom) (of|among|in) [{owner}] [{tier}] <accounts> <should> (get|receive|<we> (pitch|offer|sell)) <surelyOffer> [to] <first>",
      ],
      ({ offer, owner, tier }) => ({
        command: "pitch",
        words: named(offer),
        filters: { ...(owner && { owner }), ...(tier && { tier }) },
      }),
    ),
  ],
};
