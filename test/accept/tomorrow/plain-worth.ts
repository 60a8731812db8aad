import type { FitAnswer } from "./fit-answer.ts";
import { goingOn, type PlainHistory, type PlainModel, plainModel } from "./plain-models.ts";

/** What an account did, as SQL says it. */
export interface PlainAccount {
  readonly account: string;
  readonly days: number;
  readonly first_on: string;
  readonly last_on: string;
  /** From the first purchase to the last, to the day of the data, and from the first purchase of all to that day, both included. */
  readonly recency: number;
  readonly age: number;
  readonly span: number;
  /** What was bought after the first day, less what went back. */
  readonly repeated: number;
}

/** As rows of `PlainAccount`; the parameter is the day of the data. */
export const plainAccounts = `
  SELECT c.account, c.days::int AS days, c.first_on::text AS first_on, c.last_on::text AS last_on,
         c.last_on - c.first_on AS recency, $1::date - c.first_on AS age,
         $1::date - MIN(c.first_on) OVER () + 1 AS span,
         COALESCE((SELECT SUM(amount) FROM bought b WHERE b.account = c.account AND b.day > c.first_on), 0)::bigint AS repeated
  FROM customer c`;

const daysPerWeek = 7;
const weeksPerYear = 365 / daysPerWeek;

/** The chance of being a customer, purchases in a year, and the discounted margin in minor units. */
export function plainWorth(
  { predictor, terms, fit }: FitAnswer,
  account: PlainAccount,
): Readonly<{ expected: number; worth: number }> {
  const history = historyOf(account);
  const model = modelNamed(fit, predictor) ?? goingOn(account.span / daysPerWeek);
  const alive = model.alive(history);
  const upTo = (weeks: number) =>
    alive * Math.min(model.expectedIfAlive(history, weeks), weeks * daysPerWeek);
  const spend = (terms.margin / 1000) * plainSpend(fit, account);
  let worth = 0;
  for (let month = 1; month <= terms.horizonMonths; month += 1) {
    const [before, now] = [month - 1, month].map((end) => (end * weeksPerYear) / 12);
    const purchases = upTo(now ?? 0) - (before ? upTo(before) : 0);
    worth += (spend * purchases) / (1 + terms.discountPercent / 100) ** (month / 12);
  }
  return { expected: upTo(weeksPerYear), worth };
}

/** Undefined where no model can tell. */
export function plainAlive({ teller, fit }: FitAnswer, account: PlainAccount): number | undefined {
  return teller === null ? undefined : modelNamed(fit, teller)?.alive(historyOf(account));
}

export function historyOf({ days, recency, age }: PlainAccount): PlainHistory {
  return { frequency: days - 1, recency: recency / daysPerWeek, age: age / daysPerWeek };
}

export function modelNamed({ models }: FitAnswer["fit"], name: string): PlainModel | undefined {
  const parameters = models.find(({ model }) => model === name)?.parameters;
  return parameters ? plainModel(name, parameters) : undefined;
}

/** Per purchase: between an account's own mean and that of all by Gamma-Gamma (Fader & Hardie 2013), where that is to be believed. */
function plainSpend({ spend, meanPurchase }: FitAnswer["fit"], { days, repeated }: PlainAccount): number {
  const repeats = days - 1;
  const own = repeats > 0 ? Math.max(0, repeated) / repeats : 0;
  const { p = 0, q = 0, v = 0 } = spend.parameters ?? {};
  const ofAll = (p * v) / (q - 1);
  if (spend.outcome.kind !== "converged" || !(q > 1) || ofAll > 3 * meanPurchase)
    return repeats > 0 ? own : Math.max(0, meanPurchase);
  const weight = (p * repeats) / (p * repeats + q - 1);
  return weight * own + (1 - weight) * ofAll;
}
