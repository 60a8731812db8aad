import { z } from "zod";
import { money } from "../answers.ts";
import { check } from "../figures.ts";
import type { PlainSales } from "../plain-sales.ts";
import type { Terminal } from "../stores.ts";

const answer = z.object({
  data: z.object({
    asOf: z.string(),
    until: z.string(),
    series: z.object({
      candidates: z.number(),
      regular: z.number(),
      recurring: z.number(),
      ended: z.number(),
    }),
    due: z.object({ count: z.number(), value: money }),
    overdue: z.object({ count: z.number(), value: money }),
    rows: z.array(
      z.object({
        account: z.string(),
        product: z.string().nullable(),
        rhythm: z.string().nullable(),
        renewals: z.number().nullable(),
        value: money,
        lastOn: z.string().nullable(),
        dueOn: z.string(),
      }),
    ),
  }),
});
interface Plain {
  readonly account: string;
  readonly product: string;
  readonly rhythm: string;
  readonly renewals: number;
  readonly value: number;
  readonly last_on: string;
  readonly due_on: string;
  readonly is_ended: boolean;
  readonly is_recurring: boolean;
}

/** What looks regular by the rules that `renewals explain` tells, and whether that is more than chance. */
const regularSeries = `
  WITH rhythm (name, months, least, most, grace) AS (
         VALUES ('monthly', 1, 25, 35, 15), ('quarterly', 3, 77, 105, 46),
                ('half-yearly', 6, 162, 204, 91), ('yearly', 12, 335, 395, 182)),
       daily AS (
         SELECT account, product, day, SUM(amount)::bigint AS value FROM sale WHERE day <= $1::date
         GROUP BY account, product, day HAVING SUM(amount) > 0),
       spaced AS (
         SELECT account, product, day, value, day - lag(day) OVER (one ORDER BY day) AS gap, COUNT(*) OVER one AS days,
                row_number() OVER (one ORDER BY day DESC) AS back,
                (MAX(day) OVER one - MIN(day) OVER one)::float8 / NULLIF(COUNT(*) OVER one - 1, 0) AS mean
         FROM daily WINDOW one AS (PARTITION BY account, product)),
       candidate AS (SELECT *, LEAST(days - 1, 5) AS looked_at FROM spaced WHERE days >= 3),
       regular AS (
         SELECT c.account, c.product, r.name, r.months, r.grace,
                (SELECT SUM((exp(-(e.least - 0.5) / c.mean) - exp(-(e.most + 0.5) / c.mean)) ^ c.looked_at) FROM rhythm e) AS chance
         FROM candidate c JOIN rhythm r ON c.gap BETWEEN r.least AND r.most
         WHERE c.back <= c.looked_at
         GROUP BY c.account, c.product, c.mean, c.looked_at, r.name, r.months, r.grace
         HAVING COUNT(*) = c.looked_at),
       passed AS (
         SELECT MAX(chance) AS limit_of FROM (
           SELECT chance, rank() OVER (ORDER BY chance) + COUNT(*) OVER (PARTITION BY chance) - 1 AS place FROM regular) told
         WHERE chance <= place * 0.1 / (SELECT COUNT(DISTINCT (account, product)) FROM candidate))
  SELECT g.account, g.product, g.name AS rhythm, l.value, l.day::text AS last_on,
         (l.day + make_interval(months => g.months))::date::text AS due_on,
         (l.day + make_interval(months => g.months))::date + g.grace < $1::date AS is_ended,
         COALESCE(g.chance <= (SELECT limit_of FROM passed), FALSE) AS is_recurring,
         (SELECT MIN(s.back) - 1 FROM spaced s JOIN rhythm r ON r.name = g.name
          WHERE s.account = g.account AND s.product = g.product AND (s.gap BETWEEN r.least AND r.most) IS NOT TRUE) AS renewals
  FROM regular g JOIN spaced l ON l.account = g.account AND l.product = g.product AND l.back = 1`;

const candidates = `
  SELECT COUNT(*) AS candidates FROM (
    SELECT FROM (SELECT account, product, day FROM sale WHERE day <= $1::date
                 GROUP BY account, product, day HAVING SUM(amount) > 0) daily
    GROUP BY account, product HAVING COUNT(*) >= 3) enough`;

/** What is due to be renewed, by window functions over plain days. */
export async function acceptRenewals(portfolio: Terminal, where: string, ask: PlainSales): Promise<void> {
  const { data } = answer.parse(await portfolio("ask", "renewals", "--json"));
  const [enough] = await ask<{ candidates: number }>(candidates, data.asOf);
  const regular = await ask<Plain>(regularSeries, data.asOf);
  const plain = regular.filter(({ is_recurring }) => is_recurring);
  const ended = plain.filter(({ is_ended }) => is_ended).length;
  check(
    `${where}: renewals, bought often enough, regular, more than chance, ended`,
    `${enough?.candidates}, ${regular.length}, ${plain.length}, ${ended}`,
    `${data.series.candidates}, ${data.series.regular}, ${data.series.recurring}, ${data.series.ended}`,
  );
  const listed = plain.filter(({ is_ended, due_on }) => !is_ended && due_on <= data.until);
  const sumOf = (rows: readonly Plain[]) =>
    `${rows.length}, ${rows.reduce((sum, { value }) => sum + value, 0)}`;
  check(
    `${where}: renewals, due and their value`,
    sumOf(listed.filter(({ due_on }) => due_on >= data.asOf)),
    `${data.due.count}, ${data.due.value.amount}`,
  );
  check(
    `${where}: renewals, overdue and their value`,
    sumOf(listed.filter(({ due_on }) => due_on < data.asOf)),
    `${data.overdue.count}, ${data.overdue.value.amount}`,
  );
  check(
    `${where}: renewals, all ${listed.length} listed`,
    sorted(
      listed.map((row) => [
        row.account,
        row.product,
        row.rhythm,
        row.renewals,
        row.value,
        row.last_on,
        row.due_on,
      ]),
    ),
    sorted(
      data.rows.map((row) => [
        row.account,
        row.product,
        row.rhythm,
        row.renewals,
        row.value.amount,
        row.lastOn,
        row.dueOn,
      ]),
    ),
  );
}

function sorted(rows: readonly (readonly unknown[])[]): string {
  return JSON.stringify(rows.map((row) => JSON.stringify(row)).sort());
}
