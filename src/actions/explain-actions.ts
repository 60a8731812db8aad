import type { Context, Line, Reply } from "../command.ts";
import { type ActionKind, actionKinds } from "../core/actions/action.ts";
import { effects } from "../core/actions/proposal.ts";
import { urgencySteps } from "../core/actions/rank.ts";
import { answerDays } from "../core/actions/suppress.ts";
import { renewalDays } from "../core/recurring.ts";
import type { ActionSettings } from "../core/settings.ts";
import { requireSnapshot } from "../list-accounts.ts";
import type { Query } from "../query.ts";
import { countOf, stampOf } from "../wording.ts";
import { kindNames } from "./kind-words.ts";
import { wordRecommender } from "./recommender-words.ts";

/** How proposals come about, what they are worth and what answers change, in short. */
export async function explainActions(query: Query, context: Context): Promise<Reply> {
  const snapshot = await requireSnapshot(context, query);
  const { settings } = context.access;
  const basis = await context.store.proposalBasis(snapshot);
  return {
    headline: "How actions come about, what they are worth, and what answers change",
    lines: [
      ...actionKinds.map(
        (kind): Line => [{ text: capitalised(kindNames[kind][0]), style: "bold" }, `: ${origins[kind]}`],
      ),
      [{ text: "Recommending", style: "bold" }, `: ${wordRecommender(basis?.recommender)}`],
      ...rules(settings.actions),
    ],
    actions: [
      { kind: "run", label: "Open actions", line: "actions" },
      { kind: "run", label: "Answered", line: "actions answered" },
    ],
    notes: [
      "Due this week is what is due within seven days from today, and what is overdue.",
      "The shares are judgements, the same for everybody, so that kinds can be compared; margin is of sales, by the workspace's settings.",
      `Data as of ${snapshot.asOf} · snapshot ${snapshot.id}`,
    ],
    snapshot: stampOf(snapshot),
    data: {
      proposals: basis?.proposals ?? null,
      recommender: basis?.recommender ?? null,
      effects,
      urgency: urgencySteps,
      answerDays,
      settings: settings.actions,
    },
  };
}

/** What each kind follows from, and what it is worth. */
const origins: Readonly<Record<ActionKind, string>> = {
  complaint: `somebody keeps one open. Worth ${percent(effects.complaint)} of a good year's margin, which a complaint without an answer may cost.`,
  renewal: `due within ${renewalDays} days, or late and not given up. Worth the margin of the last purchase that is at risk: by how often such renewals come, ${percent(effects.renewalLost)} where that is not known.`,
  offer: "accounts of an open wave, until their outcome is logged. Worth the margin that the offer expects.",
  "win-back": `a customer that is likely gone, or that bought nothing for a year. ${percent(effects.winBack)} of them are taken to come back, with a good year's margin.`,
  "check-in": `two weeks after a first purchase or a won deal. Worth ${percent(effects.checkIn)} of what the customer is expected to bring.`,
  "cross-sell":
    "a product that it does not own yet. Worth the margin of a usual year of it, times the share of such customers who bought it.",
  "up-sell": `it buys less than half of what similar customers buy of a product. Worth ${percent(effects.upSell)} of the margin of the gap.`,
  "thank-you": `an A or B customer with an anniversary soon, or that nobody thanked for a year. Worth ${percent(effects.thankYou)} of a year's margin.`,
  reference: `a content A or B customer for more than a year, with prospects like it. Worth ${percent(effects.reference)} of a year's margin of such a customer.`,
};

function rules({ perHolder, coolDownDays }: ActionSettings): readonly Line[] {
  const [overdue, soon, near] = urgencySteps;
  return [
    [
      { text: "Order", style: "bold" },
      `: margin for an hour of work; overdue counts ${overdue.factor} times, due within ${soon.upToDays} days ${soon.factor} times, within ${near.upToDays} days ${near.factor} times. One action for an account at a time, at most ${perHolder} for a person; complaints always.`,
    ],
    [
      { text: "Answers", style: "bold" },
      `: what is done is not proposed again for ${countOf(answerDays.done, "day")}, what is not relevant (of that kind, for that account) for ${countOf(answerDays["not-relevant"], "day")}. After something was done its account rests for ${countOf(coolDownDays, "day")}. Kinds that are mostly done rise, up to twice as high; those mostly not relevant sink, down to half: first by everybody's answers, then by one's own.`,
    ],
  ];
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

function capitalised(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
