import type { Day } from "../core/calendar.ts";
import type { ActionAnswer, OpenAction } from "../store/actions.ts";
import { wordAction } from "./action-words.ts";
import { reasonLine } from "./reason-words.ts";

/** An open action for programs, in lists and alone. */
export function actionData(
  action: OpenAction,
  { currency, today }: { readonly currency: string; readonly today: Day },
) {
  const { id, kind, accountId, account, tier, valueMinor, dueOn, effortMinutes, holder, reasons } = action;
  return {
    id,
    what: wordAction(action),
    kind,
    accountId,
    account,
    tier: tier ?? null,
    value: { amount: valueMinor, currency },
    dueOn,
    overdue: dueOn < today,
    effortHours: effortMinutes / 60,
    holder: holder?.name ?? null,
    reasons: reasons.map((reason) => reasonLine([reason], { currency, today }).join("")),
    reasonCodes: reasons.map(({ code }) => code),
  };
}

/** An answer for programs. */
export function answerData(answer: ActionAnswer) {
  const { actionId, accountId, account, kind, at, by, until, holder, reason, minutes, ended } = answer;
  return {
    at: at.toISOString(),
    account,
    kind,
    answer: answer.answer,
    by,
    reason: reason ?? null,
    until: until ?? null,
    holder: holder?.name ?? null,
    hours: minutes === undefined ? null : minutes / 60,
    hoursKnown: answer.minutesKnown,
    value: { amount: answer.valueMinor, currency: answer.currency },
    takenBackAt: ended?.at.toISOString() ?? null,
    accountId,
    actionId,
  };
}
