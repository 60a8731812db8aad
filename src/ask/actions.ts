import type { ActionKind } from "../core/actions/action.ts";
import { type Family, intent } from "./intent.ts";
import type { Slots } from "./slots.ts";

const of = "[the|our|my] [account|customer|client|company]";
const i = "(i|we|you)";
const should = `(<should> ${i}|do ${i} (have|need) to)`;
const some =
  "[a list of] [(which|what|the|all|all the|all of|our)] [of] [{owner}] [open|next|best|next best] [open|best]";
const list = "(actions|action|tasks|task|to dos|todos|to do list|todo list|task list|action list)";

const listOf = ({ owner }: Slots, kind?: ActionKind) => ({
  command: "actions" as const,
  words: kind === undefined ? [] : [kind],
  filters: { ...(owner && { owner }) },
});

/** How people call each kind, and what they say they want to do about it. */
const kinds: Readonly<Record<ActionKind, { readonly named: string; readonly doing?: string }>> = {
  complaint: { named: "(complaint|complaints)" },
  renewal: { named: "(renewal|renewals)" },
  offer: { named: "(offer tasks|offer task|pitches)" },
  "win-back": { named: "(win back|win backs|winbacks)", doing: "win back" },
  "check-in": { named: "(check in|check ins|checkins)", doing: "check in with" },
  "cross-sell": { named: "(cross sell|cross sells|cross selling)", doing: "cross sell [to]" },
  "up-sell": { named: "(up sell|up sells|upsell|upsells|up selling)", doing: "(up sell|upsell) [to]" },
  "thank-you": { named: "(thank you|thank yous)", doing: "(thank|say thank you to)" },
  reference: {
    named: "(reference|references|reference request|reference requests)",
    doing: "ask for (a reference|references)",
  },
};

const work = "(call|do|handle|settle|work on|take care of|look after|tackle|start with|deal with|make)";

export const actions: Family = {
  about: "actions action next task tasks todo done snooze".split(" "),
  near: { label: "What to do next", line: "actions" },
  intents: [
    intent(
      [
        `what ${should} (do|work on|tackle|take care of|start with|begin with) <first>`,
        "what [is] (next|to do) [for (me|us)]",
        "what is there to do [for (me|us)] <first>",
        "what (needs|need) (doing|to be done) <first>",
        `what is [{owner}|our|the] next [best] (action|step|task|move)`,
        `[<ask>] <me> ${some} ${list} [for (me|us)] <first>`,
        `what is on [{owner}|our|the] (list|plate|to do list) <first>`,
        `(who|whom|which [of] [{owner}] <accounts>) ${should} (call|contact|ring|visit|email) <first>`,
      ],
      (slots) => listOf(slots),
    ),
    intent(
      [
        `what ${should} do (with|for|about) ${of} {Account} <first>`,
        `what is [the] next [best] [action|step|thing] [to do] (for|with|at) ${of} {account}`,
        `[<ask>] <me> [the|all|all the] [open|next|next best] ${list} (for|with|of|at) ${of} {account}`,
      ],
      ({ account = "" }) => ({ command: "actions", words: [account] }),
    ),
    ...Object.entries(kinds).map(([kind, { named, doing }]) =>
      intent(
        [
          `[<ask>] <me> ${some} ${named} ${should} ${work} <first>`,
          `[<ask>] <me> ${some} ${named} (actions|action|tasks|to do|are open|are next) <first>`,
          ...(doing === undefined
            ? []
            : [`(who|whom|which [of] [{owner}] <accounts>) ${should} ${doing} <first>`]),
        ],
        (slots) => listOf(slots, kind as ActionKind),
      ),
    ),
  ],
};
