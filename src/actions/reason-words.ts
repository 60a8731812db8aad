import type { Line } from "../command.ts";
import type { ActionReason } from "../core/actions/action.ts";
import type { Day } from "../core/calendar.ts";
import { formatMoney } from "../core/money.ts";
import { formatChance } from "../offers/figure-words.ts";
import { countOf, formatCount, formatDay } from "../wording.ts";

export interface ReasonTerms {
  /** Of the snapshot. */
  readonly currency: string;
  /** An anniversary after it is one to come. */
  readonly today: Day;
}

/** All reasons of an action in one line, what comes from data in spans of its own. */
export function reasonLine(reasons: readonly ActionReason[], terms: ReasonTerms): Line {
  return reasons.flatMap((reason, index) => [
    ...(index === 0 ? [] : [" · "]),
    ...wordActionReason(reason, terms),
  ]);
}

/** Why something is proposed, in plain words with its figures: "12 of 40 owners of Pump bought Valve next, …". */
export function wordActionReason(reason: ActionReason, { currency, today }: ReasonTerms): readonly string[] {
  const money = (amount: number) => formatMoney({ amount, currency });
  switch (reason.code) {
    case "complaint":
      return [
        `complaint open since ${formatDay(reason.since)}`,
        ...(reason.reason === "" ? [] : [": ", reason.reason]),
      ];
    case "renewal-date":
      return [reason.column, ` ${formatDay(reason.on)}`];
    case "recurs":
      return [
        ...(reason.product === undefined ? ["buys "] : ["buys ", reason.product, " "]),
        `${wordRhythm(reason.months)}, renewed ${wordTimes(reason.times)}, last ${formatDay(reason.lastOn)}`,
        ...(reason.chance === undefined ? [] : [`, ${formatChance(reason.chance)} chance that it renews`]),
      ];
    case "offer":
      return ["in an open wave of ", reason.offer, `, ${formatChance(reason.probability)} chance to win it`];
    case "gone-quiet":
      return [
        `last bought ${formatDay(reason.lastOn)}, ${formatChance(reason.alive)} chance that it is still a customer`,
      ];
    case "lapsed":
      return [
        `bought for ${money(reason.yearBeforeMinor)} in the year before, nothing since ${formatDay(reason.lastOn)}`,
      ];
    case "first-purchase":
      return [`first bought ${formatDay(reason.on)}`];
    case "won-deal":
      return [
        ...(reason.deal === undefined ? ["a deal"] : [reason.deal]),
        ` won ${formatDay(reason.on)} for ${money(reason.valueMinor)}`,
      ];
    case "similar-bought":
      return [
        `${formatCount(reason.buyers)} of ${countOf(reason.owners, "owner")} of `,
        reason.owned,
        " bought ",
        reason.product,
        ` next, ${wordTimesAsMany(reason.lift)}`,
      ];
    case "popular":
      return [
        `${formatCount(reason.buyers)} of ${countOf(reason.accounts, "customer")} bought `,
        reason.product,
      ];
    case "below-similar":
      return [
        "buys ",
        reason.product,
        ` for ${money(reason.yearMinor)} a year, half of ${formatCount(reason.similar)} similar customers for more than ${money(reason.usualMinor)}`,
      ];
    case "tier":
      return [`tier ${reason.tier}`];
    case "tenure":
      return [
        reason.on > today
          ? `customer for ${countOf(reason.years, "year")} on ${formatDay(reason.on)}`
          : `customer for ${countOf(reason.years, "year")}`,
      ];
    case "survey":
      return [`gave ${reason.score} of 10 on ${formatDay(reason.on)}`];
    case "prospects-like-it":
      return [`${countOf(reason.prospects, "prospect")} of its industry and region could hear from it`];
    case "no-thanks":
      return [
        reason.since === undefined ? "never thanked so far" : `not thanked since ${formatDay(reason.since)}`,
      ];
  }
}

const rhythms: Readonly<Record<number, string>> = {
  1: "every month",
  3: "every quarter",
  6: "every half-year",
  12: "every year",
};

function wordRhythm(months: number): string {
  return rhythms[months] ?? `every ${countOf(months, "month")}`;
}

function wordTimes(times: number): string {
  if (times === 1) return "once";
  return times === 2 ? "twice" : `${formatCount(times)} times`;
}

/** "2.3 times as many as others", "as many as others"; what nobody else bought has nothing to compare with. */
function wordTimesAsMany(lift: number): string {
  if (!Number.isFinite(lift)) return "and nobody else";
  const times = lift >= 10 ? formatCount(Math.round(lift)) : lift.toFixed(1);
  return times === "1.0" ? "as many as others" : `${times} times as many as others`;
}
