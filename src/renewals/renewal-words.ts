import { formatMoney } from "../core/money.ts";
import { contractGraceDays, recurringRule, rhythms } from "../core/recurring.ts";
import type { Retention } from "../core/retention-chance.ts";
import type { ShareInterval } from "../core/score-interval.ts";
import type { DueRenewal, DueRenewals } from "../store/renewals.ts";
import { countOf, formatCount, formatDay } from "../wording.ts";

/** "Pump, monthly, renewed 4 times"; "Contract end". */
export function wordSource({ source }: DueRenewal): string {
  if (source.kind === "date") return source.column;
  const times = source.renewals === 2 ? "twice" : `${formatCount(source.renewals)} times`;
  return `${source.product ?? "Purchases"}, ${source.rhythm}, renewed ${times}`;
}

/** "3 Apr 2026, 12 days overdue". */
export function wordDue(dueOn: string, overdueDays: number): string {
  return overdueDays > 0 ? `${formatDay(dueOn)}, ${countOf(overdueDays, "day")} overdue` : formatDay(dueOn);
}

/** "82 % (71–90)". */
export function wordChance({ share, low, high }: ShareInterval): string {
  const percent = (part: number) => Math.round(part * 100);
  return `${percent(share)} % (${percent(low)}–${percent(high)})`;
}

/** The answer in one sentence. */
export function renewalHeadline(
  { overdue, due, series, dates }: DueRenewals,
  { days, currency, suffix }: { readonly days: number; readonly currency: string; readonly suffix: string },
): string {
  const money = (amount: number) => formatMoney({ amount, currency });
  const late = overdue.count === 0 ? "" : `, ${formatCount(overdue.count)} overdue (${money(overdue.value)})`;
  const span = `in the next ${countOf(days, "day")}`;
  if (due.count > 0)
    return `${countOf(due.count, "renewal")} due ${span}: ${money(due.value)}${late}${suffix}`;
  if (overdue.count > 0) return `Nothing is due ${span}${late}${suffix}`;
  return series.recurring === 0 && dates.given === 0
    ? `Nothing recurs: no renewal dates are imported, and no purchases repeat in a rhythm${suffix}`
    : `Nothing is due ${span}${suffix}`;
}

/** How many of what was bought recur, and how many renewals were decided so far. */
export function wordSeries({ series, dates }: DueRenewals): readonly string[] {
  const { candidates, regular, recurring, ended } = series;
  return [
    ...(dates.given > 0
      ? [
          `${countOf(dates.given, "renewal date")} imported${dates.unreadable > 0 ? `, of which ${formatCount(dates.unreadable)} cannot be read as a day` : ""}${dates.past > 0 ? `; ${formatCount(dates.past)} lie more than ${contractGraceDays} days back and are not listed` : ""}.`,
        ]
      : []),
    candidates === 0
      ? `Nothing was bought on ${recurringRule.leastDates} days or more by the same account.`
      : `Of ${countOf(candidates, "account's product", "accounts' products")} bought on ${recurringRule.leastDates} days or more, ${recurring === 0 ? "none recurs" : `${countOf(recurring, "recurs", "recur")}`}${ended > 0 ? `, ${formatCount(ended)} of which have ended` : ""}${regular > recurring ? `; ${formatCount(regular - recurring)} more look regular, but that can be chance` : ""}.`,
  ];
}

/** Where the chance comes from, in plain words. */
export function wordRetention(retention: Retention): string {
  if (retention.kind === "too-little")
    return `No chance of renewal: only ${countOf(retention.decided, "renewal was", "renewals were")} decided so far, which is too little.`;
  const { better, rate, decided, holdout, reason } = retention;
  const plain = `${wordChance(rate)} of ${countOf(decided, "renewal")} came`;
  if (better === "sbg")
    return `The chance grows with how often an account renewed, which was nearer to the last twelve months than the plain rate (${plain}).`;
  const why = holdout
    ? "a chance that grows with the number of renewals was no nearer to the last twelve months"
    : (reason ?? "there is too little to try a better one on")
        .replace(/\.$/, "")
        .replace(/^[A-Z]/, (letter) => letter.toLowerCase());
  return `The chance is the plain rate for everybody: ${plain}; ${why}.`;
}

/** The rules, so that another program can compute the same. */
export const renewalRules: readonly string[] = [
  "Renewal dates are imported columns that are called so (renewal date, contract end, subscription end …). Where an account has one, its purchases are not looked at; at stake is what it bought on its last day with a purchase.",
  `Purchases recur where an account bought a product on ${recurringRule.leastDates} days or more, days on which it got more money back left out, and its last gaps (all, the last ${recurringRule.mostGaps} at most) are each of one rhythm: ${rhythms.map(({ name, leastDays, mostDays }) => `${name} ${leastDays} to ${mostDays} days`).join(", ")}.`,
  `The chance that gaps come out like that blindly is, for gaps of a mean of m days, the sum over the rhythms of (exp(-(least - 0.5) / m) - exp(-(most + 0.5) / m)) to the power of the number of gaps; those count that pass Benjamini and Hochberg's rule at ${recurringRule.falseShare * 100} % over all that were bought on ${recurringRule.leastDates} days or more.`,
  `The next one is due the rhythm's months after the last. It is lost when it is late by more than ${rhythms.map(({ name, graceDays }) => `${graceDays} days (${name})`).join(", ")}, a contract's date after ${contractGraceDays}.`,
  "The chance of renewal is fitted to decided renewals from the third on, since the first two are how it is known that something recurs: a shifted-beta-geometric model (Fader and Hardie 2007), the plain rate beside it. What is shown is the one that gave more probability to what happened in the last twelve months when it was fitted to the time before; the model's interval is of 95 % and follows from the curvature of its likelihood, the rate's is Wilson's.",
  "Expected to be kept is the sum over what is due of its value times its chance; overdue ones and contracts with an imported date have none.",
];
