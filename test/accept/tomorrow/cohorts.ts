import { z } from "zod";
import { money } from "../answers.ts";
import { check } from "../figures.ts";
import type { PlainSales } from "../plain-sales.ts";
import type { Terminal } from "../stores.ts";

const cell = z.object({
  cohort: z.string(),
  quarter: z.number(),
  customers: z.number(),
  bought: z.number(),
  value: money,
});
const answer = z.object({
  data: z.object({
    asOf: z.string(),
    boughtAgain: z.object({ customers: z.number(), again: z.number() }).nullable(),
    rows: z.array(cell),
  }),
});
interface Plain {
  readonly cohort: string;
  readonly quarter: number;
  readonly customers: number;
  readonly bought: number;
  readonly value: number;
}

/** Every quarter of every cohort, also those in which nobody bought. */
const cells = `
  WITH came AS (SELECT account, date_trunc('quarter', first_on) AS cohort FROM customer WHERE first_on <= $1::date),
       size AS (SELECT cohort, COUNT(*) AS customers FROM came GROUP BY cohort),
       quarter AS (
         SELECT cohort, customers, starts,
                ((date_part('year', starts) - date_part('year', cohort)) * 4
                  + date_part('quarter', starts) - date_part('quarter', cohort))::int AS quarter
         FROM size, generate_series(cohort, $1::date, interval '3 months') AS starts)
  SELECT to_char(q.cohort, 'YYYY"Q"Q') AS cohort, quarter, customers,
         COUNT(DISTINCT b.account) FILTER (WHERE b.amount >= 0) AS bought, COALESCE(SUM(b.amount), 0)::bigint AS value
  FROM quarter q
  LEFT JOIN came USING (cohort)
  LEFT JOIN bought b ON b.account = came.account AND b.day >= q.starts AND b.day < q.starts + interval '3 months'
    AND b.day <= $1::date
  GROUP BY q.cohort, quarter, customers ORDER BY 1, 2`;

/** Who of each quarter's customers bought in every later one, and what. */
export async function acceptCohorts(portfolio: Terminal, where: string, ask: PlainSales): Promise<void> {
  const { data } = answer.parse(await portfolio("ask", "cohorts", "--json"));
  const plain = await ask<Plain>(cells, data.asOf);
  const compare = (what: string, figure: (row: Plain) => number, rows = data.rows) => {
    const told = rows.map(({ value, ...row }) => ({ ...row, value: value.amount }));
    const keyed = (of: readonly Plain[]) =>
      JSON.stringify(of.map((row) => [row.cohort, row.quarter, figure(row)]));
    check(`${where}: cohorts, ${what}, all ${plain.length} cells`, keyed(plain), keyed(told));
  };
  compare("customers", ({ customers }) => customers);
  compare("customers who bought", ({ bought }) => bought);
  const byValue = answer.parse(await portfolio("ask", "cohorts value", "--json")).data;
  compare("spend", ({ value }) => value, byValue.rows);
  const [again] = await ask<{ customers: number; again: number }>(
    `SELECT COUNT(*) AS customers, COUNT(*) FILTER (WHERE days > 1) AS again FROM customer
     WHERE first_on <= $1::date - interval '12 months'`,
    data.asOf,
  );
  check(
    `${where}: cohorts, who came a year ago, and bought again since`,
    `${again?.customers}, ${again?.again}`,
    `${data.boughtAgain?.customers ?? 0}, ${data.boughtAgain?.again ?? 0}`,
  );
}
