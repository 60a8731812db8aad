import { z } from "zod";
import { money } from "../answers.ts";
import { check } from "../figures.ts";
import type { PlainSales } from "../plain-sales.ts";
import type { Terminal } from "../stores.ts";
import { rounded } from "./near.ts";

const cellsAnswer = z.object({
  data: z.object({
    window: z.object({ after: z.string(), until: z.string() }),
    rows: z.array(
      z.object({
        Tier: z.string(),
        Industry: z.string(),
        accounts: z.number(),
        value: money,
        won: z.number(),
        closed: z.number(),
        winRate: z.number().nullable(),
      }),
    ),
  }),
});
const surprisesAnswer = z.object({
  data: z.object({
    customers: z.number(),
    rows: z.array(
      z.object({
        text: z.string(),
        criterion: z.string(),
        value: z.string(),
        otherCriterion: z.string(),
        otherValue: z.string(),
        accounts: z.number(),
        expected: z.number(),
        withFirst: z.number(),
        withSecond: z.number(),
        whole: z.number(),
        chance: z.number(),
      }),
    ),
  }),
});
type Surprise = z.infer<typeof surprisesAnswer>["data"]["rows"][number];

/** The tiers of accounts by industry, with spend and deals of 24 months. */
const cells = `
  WITH spent AS (
         SELECT account, COALESCE(SUM(amount) FILTER (WHERE day > $1::date), 0)::bigint AS value
         FROM bought WHERE day <= $2::date GROUP BY account),
       ordered AS (
         SELECT account, value, SUM(GREATEST(value, 0)) OVER () AS whole,
                SUM(GREATEST(value, 0)) OVER (ORDER BY value DESC, account ROWS UNBOUNDED PRECEDING) - GREATEST(value, 0) AS above
         FROM spent),
       tiered AS (
         SELECT account, value, CASE WHEN value <= 0 THEN 'D' WHEN above < 0.80 * whole THEN 'A'
                                     WHEN above < 0.95 * whole THEN 'B' WHEN above < 0.99 * whole THEN 'C' ELSE 'D' END AS tier
         FROM ordered),
       decided AS (
         SELECT account, COUNT(*) FILTER (WHERE is_won) AS won, COUNT(*) AS closed
         FROM deal WHERE day > $1::date AND day <= $2::date GROUP BY account)
  SELECT COALESCE(tier, 'prospect') AS tier, industry, COUNT(*) AS accounts,
         COALESCE(SUM(value), 0)::bigint AS value, COALESCE(SUM(won), 0)::bigint AS won,
         COALESCE(SUM(closed), 0)::bigint AS closed, SUM(won)::float8 / NULLIF(SUM(closed), 0)::float8 AS rate
  FROM described LEFT JOIN tiered USING (account) LEFT JOIN decided USING (account)
  GROUP BY 1, 2`;

/** Tier by industry: accounts, spend and win rates. */
export async function acceptCells(portfolio: Terminal, where: string, ask: PlainSales): Promise<void> {
  const { data } = cellsAnswer.parse(await portfolio("ask", "cross tier industry", "--json"));
  const plain = await ask<
    Readonly<Record<"tier" | "industry", string>> &
      Readonly<Record<"accounts" | "value" | "won" | "closed", number>> & { readonly rate: number | null }
  >(cells, data.window.after, data.window.until);
  const compare = (
    what: string,
    own: (row: (typeof plain)[number]) => string,
    told: (row: (typeof data.rows)[number]) => string,
  ) =>
    check(
      `${where}: cross tier industry, ${what} of all ${plain.length} combinations`,
      sorted(plain.map((row) => `${row.tier} × ${row.industry}: ${own(row)}`)),
      sorted(data.rows.map((row) => `${row.Tier} × ${row.Industry}: ${told(row)}`)),
    );
  compare(
    "accounts",
    ({ accounts }) => `${accounts}`,
    ({ accounts }) => `${accounts}`,
  );
  compare(
    "spend",
    ({ value }) => `${value}`,
    ({ value }) => `${value.amount}`,
  );
  compare(
    "win rates",
    ({ won, closed, rate }) => `${won} of ${closed}, ${rounded(rate)}`,
    ({ won, closed, winRate }) => `${won} of ${closed}, ${rounded(winRate)}`,
  );
}

/** The most surprising combinations: their chances by exact sums of whole numbers. */
export async function acceptSurprises(portfolio: Terminal, where: string, ask: PlainSales): Promise<void> {
  const { data } = surprisesAnswer.parse(await portfolio("ask", "cross", "--json"));
  const [counted] = await ask<{ customers: number }>(
    "SELECT COUNT(DISTINCT account) AS customers FROM bought",
  );
  check(`${where}: cross, customers looked at`, counted?.customers ?? 0, data.customers);
  const { rows } = data;
  check(
    `${where}: cross, ${rows.length} combinations with what was expected`,
    JSON.stringify(rows.map(({ withFirst, withSecond, whole }) => rounded((withFirst * withSecond) / whole))),
    JSON.stringify(rows.map(({ expected }) => rounded(expected))),
  );
  check(
    `${where}: cross, ${rows.length} combinations with how likely chance alone is as far off`,
    JSON.stringify(rows.map((row) => rounded(exactChance(row)))),
    JSON.stringify(rows.map(({ chance }) => rounded(chance))),
  );
}

/** Twice the smaller tail of the hypergeometric distribution. */
function exactChance({ accounts, withFirst, withSecond, whole }: Surprise): number {
  const ways = (count: number) => choose(withSecond, count) * choose(whole - withSecond, withFirst - count);
  let [atLeast, atMost] = [0n, 0n];
  for (let count = 0; count <= Math.min(withFirst, withSecond); count += 1) {
    if (count >= accounts) atLeast += ways(count);
    if (count <= accounts) atMost += ways(count);
  }
  const all = choose(whole, withFirst);
  const smaller = atLeast < atMost ? atLeast : atMost;
  const scale = 10n ** 40n;
  return Math.min(1, 2 * (Number((smaller * scale) / all) / Number(scale)));
}

/** How many ways there are to choose so many of them. */
function choose(from: number, chosen: number): bigint {
  if (chosen < 0 || chosen > from) return 0n;
  let ways = 1n;
  for (let each = 1; each <= chosen; each += 1) ways = (ways * BigInt(from - chosen + each)) / BigInt(each);
  return ways;
}

function sorted(rows: readonly string[]): string {
  return JSON.stringify([...rows].sort());
}
