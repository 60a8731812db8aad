import type { Span } from "../command.ts";
import { formatMoney } from "../core/money.ts";
import type { GivenAnswer, WonOffer } from "../store/digest-reads.ts";
import { countOf, formatCount, formatDay } from "../wording.ts";
import type { DigestFacts } from "./digest-facts.ts";
import { nameSpan, type Part } from "./digest-parts.ts";
import { type SinceLast, sinceLast } from "./since-last.ts";

/** Offers that are named. */
const MOST_WINS = 2;

/** What was done since the last digest, what its actions came to, and what offers won. */
export function resultParts(facts: DigestFacts): readonly Part[] {
  const { results, last, settled } = facts;
  const before = sinceLast(last?.content, settled);
  const { total, done } = tally(results.answers, before);
  if (total === 0 && results.wins.length === 0) return [];
  const others = total - (before?.shown ?? 0);
  const doneText =
    total === 0 ? "" : `${formatCount(done)} of ${countOf(total, "action")} done${worth(facts)}`;
  return [
    {
      name: "results",
      line: [
        { text: `Since ${formatDay(results.since)}`, style: "bold" },
        ": ",
        ...joined([
          ...(doneText === "" ? [] : [[doneText]]),
          ...(before ? [[wordSinceLast(before, others > 0)]] : []),
          ...winSpans(results.wins),
        ]),
      ],
      isNews:
        results.answers.length > 0 ||
        results.wins.length > 0 ||
        (before?.open.length ?? 0) < (before?.shown ?? 0),
    },
  ];
}

/** Actions that were answered, or shown and not answered, each once, and how many of them were done. */
function tally(answers: readonly GivenAnswer[], before: SinceLast | undefined) {
  const answered = new Map(answers.map(({ actionId, how }) => [actionId, how]));
  const all = new Map([...(before?.ends ?? []), ...answered]);
  return { total: all.size, done: [...all.values()].filter((how) => how === "done").length };
}

/** ", worth €4,200": as proposed, of what is in the snapshot's currency. */
function worth({ results, snapshot: { currency } }: DigestFacts): string {
  const amount = results.answers
    .filter((answer) => answer.how === "done" && answer.currency === currency)
    .reduce((sum, { valueMinor }) => sum + valueMinor, 0);
  return amount > 0 ? `, worth ${formatMoney({ amount, currency })}` : "";
}

/** "of the 3 shown last time 2 done, 1 snoozed"; where nothing else was answered, only what was not done. */
function wordSinceLast(before: SinceLast, isPartOfMore: boolean): string {
  const { shown, done, snoozed, reassigned, notRelevant, open } = before;
  const parts = (
    [
      [isPartOfMore ? done : 0, "done"],
      [snoozed, "snoozed"],
      [reassigned, "given away"],
      [notRelevant, "not relevant"],
      [open.length, "still open"],
    ] as const
  ).flatMap(([count, word]) => (count === 0 ? [] : [`${formatCount(count)} ${word}`]));
  const words = parts.join(", ");
  return isPartOfMore ? `of the ${formatCount(shown)} shown last time ${words}` : words;
}

/** "Service plan won 2 accounts for €8,000". */
function winSpans(wins: readonly WonOffer[]): readonly (readonly Span[])[] {
  const rest = wins.length - MOST_WINS;
  return [
    ...wins
      .slice(0, MOST_WINS)
      .map(({ offer, accounts, amountMinor, currency }) => [
        nameSpan(offer),
        ` won ${countOf(accounts, "account")}${amountMinor > 0 ? ` for ${formatMoney({ amount: amountMinor, currency })}` : ""}`,
      ]),
    ...(rest > 0 ? [[`${countOf(rest, "more offer")} won`]] : []),
  ];
}

function joined(phrases: readonly (readonly Span[])[]): readonly Span[] {
  return phrases
    .filter((phrase) => phrase.some((span) => span !== ""))
    .flatMap((phrase, index) => [...(index === 0 ? [] : ["; "]), ...phrase]);
}
