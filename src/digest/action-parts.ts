import { actionEntry } from "../actions/action-entry.ts";
import { actionPieces, wordDueOn } from "../actions/action-words.ts";
import { reasonLine } from "../actions/reason-words.ts";
import type { Action, Line } from "../command.ts";
import { formatMoney } from "../core/money.ts";
import type { DigestFacts } from "./digest-facts.ts";
import { clipLine, nameSpan, type Part } from "./digest-parts.ts";
import type { ChosenAction } from "./shown-actions.ts";

/** Characters of a reason behind everything else, and on a line of its own. */
const [SHORT_REASON, LONG_REASON] = [60, 110];

/** Each action with value, day and why, and with what can be done about it. */
export function actionParts(chosen: readonly ChosenAction[], facts: DigestFacts): readonly Part[] {
  return chosen.map(({ action, isAgain }) => {
    const reason = reasonLine(action.reasons.slice(0, 1), termsOf(facts));
    const line = titleOf({ action, isAgain }, facts);
    return {
      name: "actions",
      line: reason.length === 0 ? line : [...line, " · ", ...clipLine(reason, SHORT_REASON)],
      ...(reason.length > 0 && {
        roomy: [line, clipLine(reasonLine(action.reasons, termsOf(facts)), LONG_REASON)],
      }),
      actions: buttons(action, facts),
      isNews: !isAgain,
    };
  });
}

/** "Renew Pump with Acme · €4,200 · due 3 Dec 2026 · again". */
function titleOf({ action, isAgain }: ChosenAction, { snapshot, today, scope }: DigestFacts): Line {
  const { valueMinor, dueOn, holder } = action;
  return [
    ...actionPieces(action).map(nameSpan),
    ...(valueMinor > 0 ? [` · ${formatMoney({ amount: valueMinor, currency: snapshot.currency })}`] : []),
    ` · ${wordDueOn(dueOn, today)}`,
    ...(scope.isMine || holder === undefined ? [] : [" · ", holder.name]),
    ...(isAgain ? [" · again"] : []),
  ];
}

function buttons(action: ChosenAction["action"], facts: DigestFacts): readonly Action[] {
  return actionEntry(action, { ...termsOf(facts), ownKeys: [] }, "").actions ?? [];
}

function termsOf({ snapshot, today }: DigestFacts) {
  return { currency: snapshot.currency, today };
}
