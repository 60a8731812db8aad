import type { Context, Entry } from "../command.ts";
import { addDays, dayIn } from "../core/calendar.ts";
import { formatMoney } from "../core/money.ts";
import { nextAnniversary } from "../core/rewards.ts";
import type { Selection, Snapshot } from "../store/reads.ts";
import type { Unthanked } from "../store/rewards.ts";
import { countOf, formatDay } from "../wording.ts";
import { accountActions, planAction } from "./reward-actions.ts";

/** Whom nobody thanked for so many days is to be thanked again. */
const THANKED_DAYS = 365;
const MOST = 3;

/** A customer to be thanked, and the next anniversary of its first purchase. */
interface Proposal extends Unthanked {
  readonly anniversary: { readonly on: string; readonly years: number };
}

/** Whom to thank next. */
export async function nextToThank(
  snapshot: Snapshot,
  selection: Selection,
  { store, now, access }: Pick<Context, "store" | "now" | "access">,
): Promise<readonly Proposal[]> {
  const today = dayIn(now, access.timeZone);
  const about = { today, since: addDays(today, 1 - THANKED_DAYS) };
  const found = await store.unthanked(snapshot, selection, about, MOST);
  return found.map((one) => ({ ...one, anniversary: nextAnniversary(one.firstOn, today) }));
}

export function proposalEntry(proposal: Proposal, { currency }: Snapshot): Entry {
  const { account, accountId, tier, valueMinor, owner, lastThankedOn } = proposal;
  const { on, years } = proposal.anniversary;
  const occasion = `${countOf(years, "year")} as a customer`;
  const about = { accountId, onDay: on, occasion };
  return {
    lines: [
      [
        "Whom next: ",
        { text: account, style: "bold" },
        ` · tier ${tier} · ${formatMoney({ amount: valueMinor, currency })}${owner === undefined ? "" : ` · ${owner}`}`,
      ],
      [
        `${occasion} on ${formatDay(on)}; ${lastThankedOn === undefined ? "nobody thanked it yet" : `last thanked on ${formatDay(lastThankedOn)}`}`,
      ],
    ],
    actions: [
      planAction("Plan a card", { ...about, kind: "card" }),
      planAction("Plan a gift", { ...about, kind: "gift" }),
      ...accountActions(accountId),
    ],
  };
}

export function proposalData({ valueMinor, owner, lastThankedOn, ...row }: Proposal, { currency }: Snapshot) {
  return {
    ...row,
    owner: owner ?? null,
    value: { amount: valueMinor, currency },
    lastThankedOn: lastThankedOn ?? null,
  };
}
