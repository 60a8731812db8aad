import { formatMoney } from "../core/money.ts";
import { moveKinds } from "../core/moves.ts";
import { countOf, formatCount, formatDay } from "../wording.ts";
import type { DigestFacts } from "./digest-facts.ts";
import { moved } from "./move-parts.ts";
import type { ChosenAction } from "./shown-actions.ts";

/** One sentence that says what is to be done and what happened. */
export function headlineOf(chosen: readonly ChosenAction[], facts: DigestFacts): string {
  const { moves, holds } = facts;
  const main = [
    ...wordActions(chosen, facts),
    ...(moves && moved(moves) > 0 ? [wordMoved(moves)] : []),
    ...(holds.complaints > 0 ? [wordMany(holds.complaints, "complaint", "open")] : []),
  ];
  return `${(main.length > 0 ? main : [besides(facts)]).join(", ")}${wordScope(facts)}`;
}

/** What there is to say where nobody has anything to do. */
function besides({ results, waves, stale, holds }: DigestFacts): string {
  const done = results.answers.filter(({ how }) => how === "done").length;
  if (done > 0) return `${countOf(done, "action")} done, and nothing is waiting`;
  if (holds.overdue > 0) return `${countOf(holds.overdue, "account")} with overdue payments`;
  if (waves.length > 0) return wordMany(waves.length, "offer wave", "open");
  if (stale.length > 0) return wordMany(stale.length, "source", "stale");
  return "No action is waiting, but something else changed";
}

function wordMany(count: number, one: string, state: string): string {
  return `${countOf(count, one)} ${count === 1 ? "is" : "are"} ${state}`;
}

function wordScope({ scope: { filters } }: DigestFacts): string {
  return filters === "" ? "" : ` (${filters})`;
}

/** "3 of your 12 open actions, worth €41,000": the sum is of those shown. */
function wordActions(
  chosen: readonly ChosenAction[],
  { open, snapshot: { currency }, scope }: DigestFacts,
): readonly string[] {
  if (chosen.length === 0) return [];
  const amount = chosen.reduce((sum, { action }) => sum + action.valueMinor, 0);
  const worth = amount > 0 ? `, worth ${formatMoney({ amount, currency })}` : "";
  return [
    open > chosen.length
      ? `${formatCount(chosen.length)} of ${scope.isMine ? "your " : ""}${formatCount(open)} open actions${worth}`
      : `${countOf(chosen.length, "action")} to take${worth}`,
  ];
}

/** "2 accounts fell", "5 accounts changed tier". */
function wordMoved({ counts }: NonNullable<DigestFacts["moves"]>): string {
  const kinds = moveKinds.filter((kind) => counts[kind] > 0);
  const [only] = kinds;
  const all = moveKinds.reduce((sum, kind) => sum + counts[kind], 0);
  if (kinds.length !== 1 || only === undefined) return `${countOf(all, "account")} changed tier`;
  if (only === "rose" || only === "fell") return `${countOf(all, "account")} ${only}`;
  return `${countOf(all, "account")} ${all === 1 ? "is" : "are"} ${only}`;
}

/** The one line of a digest with nothing new in it. */
export function nothingNew(facts: DigestFacts): string {
  const { last, open } = facts;
  const waiting =
    open === 0 ? "no action is open" : `${countOf(open, "action")} ${open === 1 ? "is" : "are"} still open`;
  return last
    ? `Nothing new since ${formatDay(last.on)}: ${waiting}${wordScope(facts)}`
    : `Nothing to tell yet: ${waiting}${wordScope(facts)}`;
}
