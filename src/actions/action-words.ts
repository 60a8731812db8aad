import type { Day } from "../core/calendar.ts";
import { formatHours } from "../offers/figure-words.ts";
import type { OpenAction } from "../store/actions.ts";
import { formatDay } from "../wording.ts";

/** What an action is called by. */
type Named = Pick<OpenAction, "kind" | "account" | "reasons">;

/** "Offer Pump to Acme", in pieces: what comes from data is a piece of its own. */
export function actionPieces({ kind, account, reasons }: Named): readonly string[] {
  const product = productIn(reasons);
  switch (kind) {
    case "complaint":
      return ["Settle the complaint of ", account];
    case "renewal":
      return product === undefined ? ["Renew with ", account] : ["Renew ", product, " with ", account];
    case "offer":
      return ["Pitch ", offerIn(reasons), " to ", account];
    case "win-back":
      return ["Win back ", account];
    case "check-in":
      return ["Check in with ", account];
    case "cross-sell":
      return ["Offer ", product ?? "more", " to ", account];
    case "up-sell":
      return ["Sell more ", ...(product === undefined ? [] : [product, " "]), "to ", account];
    case "thank-you":
      return ["Thank ", account];
    case "reference":
      return ["Ask ", account, " for a reference"];
  }
}

/** The same as a sentence. */
export function wordAction(action: Named): string {
  return actionPieces(action).join("");
}

/** "due 3 Dec 2026", "due today", "overdue since 3 Nov 2026". */
export function wordDueOn(dueOn: Day, today: Day): string {
  if (dueOn < today) return `overdue since ${formatDay(dueOn)}`;
  return dueOn === today ? "due today" : `due ${formatDay(dueOn)}`;
}

/** "20 min", "1.5 h". */
export function formatEffort(minutes: number): string {
  return minutes < 60 ? `${minutes} min` : formatHours(minutes);
}

function productIn(reasons: OpenAction["reasons"]): string | undefined {
  return reasons.flatMap((reason) =>
    "product" in reason && reason.product !== undefined ? [reason.product] : [],
  )[0];
}

function offerIn(reasons: OpenAction["reasons"]): string {
  return reasons.flatMap((reason) => (reason.code === "offer" ? [reason.offer] : []))[0] ?? "the offer";
}
