import { type Family, intent } from "./intent.ts";
import type { Slots } from "./slots.ts";

const list = ({ owner, tier, from, days }: Slots, direction?: "up" | "down") => ({
  command: "moved" as const,
  words: days === undefined ? [] : [`${days}d`],
  filters: {
    ...(owner && { owner }),
    ...(tier && { tier }),
    ...(from && { from }),
    ...(direction && { direction }),
  },
});

const who = "(who|which [of] [{owner}] [{from}] <accounts>|what [{owner}] <accounts>)";
const tiers = "[(to|into|in) {tier}] [(from|out of) {from}] [(to|into) {tier}] [{days}]";

export const moved: Family = {
  about: "moved moves movers changed changes tier fell dropped rose climbed week month new".split(" "),
  near: { label: "What moved", line: "moved" },
  intents: [
    intent(
      [
        `[<ask>] <me> ${who} (moved|changed|changed tier|changed tiers|switched tier|switched tiers|have moved|have changed|has moved|has changed) ${tiers}`,
        "what (moved|changed|has moved|has changed|is new) [in [the|our] [{owner}] <portfolio>] [{days}]",
        "[<ask>] <me> [any|the|all|all the|latest|recent|are there any|were there any] [tier] (moves|movers|movements|movement|changes) [of|among|in|for] [the|our] [{owner}] [<portfolio>] [{days}]",
        "(did|has|have) (anything|anyone|anybody|any <accounts>|any of [{owner}] <accounts>) (move|moved|change|changed|change tier|changed tier) [{days}]",
      ],
      (slots) => list(slots),
    ),
    intent(
      [
        `[<ask>] <me> ${who} <fell> [a tier] ${tiers}`,
        "[<ask>] <me> [the|our] [biggest] [{owner}] (losers|fallers|decliners|drops) [{days}]",
        "(did|has|have) (anyone|anybody|any <accounts>|any of [{owner}] <accounts>) (<fall>|fallen|dropped|slipped|declined) [{days}]",
      ],
      (slots) => list(slots, "down"),
    ),
    intent(
      [
        `[<ask>] <me> ${who} <rose> [a tier] ${tiers}`,
        "[<ask>] <me> [the|our] [biggest] [{owner}] (climbers|risers|winners) [{days}]",
        "(did|has|have) (anyone|anybody|any <accounts>|any of [{owner}] <accounts>) (<rise>|risen|climbed|improved) [{days}]",
      ],
      (slots) => list(slots, "up"),
    ),
  ],
};
