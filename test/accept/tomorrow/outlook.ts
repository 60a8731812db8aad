import { z } from "zod";
import { check } from "../figures.ts";
import type { PlainSales } from "../plain-sales.ts";
import type { Terminal } from "../stores.ts";
import type { FitAnswer } from "./fit-answer.ts";
import type { PlainHistory, PlainModel } from "./plain-models.ts";
import { historyOf, modelNamed, type PlainAccount } from "./plain-worth.ts";

const range = z.object({ low: z.number(), mid: z.number(), high: z.number() });
type Span = z.infer<typeof range>;
const totals = z.object({
  customers: z.number(),
  yearMinor: z.number(),
  boughtBefore: z.number(),
  boughtAgain: z.number(),
  won: z.number(),
  wonYearMinor: z.number(),
});
const answer = z.object({
  data: z.union([
    z.object({ base: z.null() }),
    z.object({
      method: z.union([
        z.object({ kind: z.literal("model"), model: z.string() }),
        z.object({ kind: z.literal("retention"), boughtBefore: z.number(), boughtAgain: z.number() }),
      ]),
      lastYear: totals,
      newAccounts: z.object({ after: z.string() }).nullable(),
      base: z.object({ customers: range, in12Months: z.object({ left: range }) }),
    }),
  ]),
});

/** The last year, over every account; who first bought after the second day is new. */
const lastYear = `
  SELECT COUNT(first_on) AS customers, COALESCE(SUM(now), 0) AS "yearMinor",
         COUNT(*) FILTER (WHERE before > 0) AS "boughtBefore",
         COUNT(*) FILTER (WHERE before > 0 AND now > 0) AS "boughtAgain",
         COUNT(*) FILTER (WHERE is_new) AS won, COALESCE(SUM(now) FILTER (WHERE is_new), 0) AS "wonYearMinor"
  FROM (SELECT account, first_on, COALESCE(first_on > $2::date, FALSE) AS is_new,
               COALESCE(SUM(amount) FILTER (WHERE day > $1::date - interval '12 months'), 0)::bigint AS now,
               COALESCE(SUM(amount) FILTER (WHERE day > $1::date - interval '24 months'
                                              AND day <= $1::date - interval '12 months'), 0)::bigint AS before
        FROM bought LEFT JOIN customer USING (account) WHERE day <= $1::date GROUP BY account, first_on) y`;

/**
 * After which day a first purchase is that of a new account: twelve months ago, or the 365th day of the data where that is
 * later; none in what is less than a quarter of a year.
 */
const newAfter = `
  SELECT GREATEST($1::date - interval '12 months', MIN(first_on) + 364)::date::text AS after,
         $1::date - GREATEST($1::date - interval '12 months', MIN(first_on) + 364)::date AS days FROM customer`;

const yearWeeks = 365.25 / 7;
/** How far the ends of the middle 80 % of a normal distribution are apart, in standard deviations. */
const deviations = 2.563;

/** Last year's figures, how it is told who leaves, and how many leave by the parameters themselves. */
export async function acceptOutlook(
  portfolio: Terminal,
  where: string,
  ask: PlainSales,
  {
    asOf,
    fitted,
    accounts,
  }: { readonly asOf: string; readonly fitted: FitAnswer; readonly accounts: readonly PlainAccount[] },
): Promise<void> {
  const { data } = answer.parse(await portfolio("ask", "outlook", "--json"));
  const [span] = await ask<{ after: string; days: number }>(newAfter, asOf);
  const isTold = span !== undefined && span.days >= 365 / 4;
  const [plain] = await ask<z.infer<typeof totals>>(lastYear, asOf, isTold ? span.after : asOf);
  const model = fitted.teller === null ? undefined : modelNamed(fitted.fit, fitted.teller);
  if (data.base === null) {
    check(
      `${where}: outlook, none without a model and a year before`,
      "0 bought before, no model",
      `${plain?.boughtBefore} bought before, ${model ? "a model" : "no model"}`,
    );
    return;
  }
  for (const figure of [
    "customers",
    "yearMinor",
    "boughtBefore",
    "boughtAgain",
    "won",
    "wonYearMinor",
  ] as const)
    check(`${where}: outlook, last year's ${figure}`, plain?.[figure] ?? 0, data.lastYear[figure]);
  const { method, base } = data;
  check(
    `${where}: outlook, since when new accounts are told from old ones`,
    isTold ? span.after : "they are not",
    data.newAccounts?.after ?? "they are not",
  );
  check(
    `${where}: outlook, how it is told who leaves`,
    fitted.teller ?? `${plain?.boughtAgain} of ${plain?.boughtBefore} bought again`,
    method.kind === "model" ? method.model : `${method.boughtAgain} of ${method.boughtBefore} bought again`,
  );
  acceptLeavers(
    base,
    model ? leaversBy(model, accounts) : leaversByYears(data.lastYear, asOf, accounts),
    accounts.length,
    where,
  );
}

interface Leavers {
  readonly there: number;
  /** Those of them who leave within twelve months. */
  readonly leaving: number;
}

function leaversBy(model: PlainModel, accounts: readonly PlainAccount[]): Leavers {
  const histories = accounts.map(historyOf);
  const sum = (of: (history: PlainHistory) => number) => histories.reduce((all, each) => all + of(each), 0);
  return {
    there: sum((history) => model.alive(history)),
    leaving: sum((history) => model.alive(history) * (1 - model.staying(history, yearWeeks))),
  };
}

/** Who bought in the last twelve months is a customer, and leaves as often as customers of the year before did. */
function leaversByYears(
  { boughtBefore, boughtAgain }: z.infer<typeof totals>,
  asOf: string,
  accounts: readonly PlainAccount[],
): Leavers {
  const yearAgo = `${Number(asOf.slice(0, 4)) - 1}${asOf.slice(4)}`;
  const there = accounts.filter(({ last_on }) => last_on > yearAgo).length;
  return { there, leaving: there * (1 - boughtAgain / boughtBefore) };
}

/** Of a large portfolio these are looked at one by one, and so many drawn for all others. */
const [largest, drawn] = [400, 600];

/** One standard deviation of how many of so many there seem to be by those drawn. */
function samplingError(expected: number, accounts: number): number {
  if (accounts <= largest + drawn) return 0;
  const share = Math.min(1, expected / accounts);
  return (accounts - largest) * Math.sqrt((share * (1 - share)) / drawn);
}

/** The simulation's middle lies within one of its own standard deviations of what follows without one. */
function acceptLeavers(
  { customers, in12Months }: { readonly customers: Span; readonly in12Months: { readonly left: Span } },
  { there, leaving }: Leavers,
  accounts: number,
  where: string,
): void {
  const near = (expected: number, { low, mid, high }: Span) => {
    const error = Math.max(1, (high - low) / deviations, samplingError(expected, accounts));
    return Math.abs(mid - expected) <= error
      ? "within the simulation's error"
      : `${mid} and not ${expected.toFixed(1)}`;
  };
  check(
    `${where}: outlook, customers of today, ${there.toFixed(1)} by the parameters`,
    "within the simulation's error",
    near(there, customers),
  );
  check(
    `${where}: outlook, of these leaving in 12 months, ${leaving.toFixed(1)} by the parameters`,
    "within the simulation's error",
    near(leaving, in12Months.left),
  );
}
