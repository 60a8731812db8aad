import { z } from "zod";
import { money } from "../answers.ts";
import { check } from "../figures.ts";
import type { PlainSales } from "../plain-sales.ts";
import type { Terminal } from "../stores.ts";
import { rounded } from "./near.ts";

const answer = z.object({
  data: z.object({
    asOf: z.string(),
    yearBefore: money,
    thisYear: money,
    netRetention: z.number().nullable(),
    grossRetention: z.number().nullable(),
    customersBefore: z.number(),
    customersKept: z.number(),
    rows: z.array(z.object({ path: z.string(), accounts: z.number(), yearBefore: money, thisYear: money })),
  }),
});

/** Both years of every account that did anything in one of them, to the day of the data. */
const years = `
  SELECT account, COALESCE(first_on > $1::date - interval '12 months', FALSE) AS is_new,
         COALESCE(SUM(amount) FILTER (WHERE day > $1::date - interval '12 months'), 0)::bigint AS now,
         COALESCE(SUM(amount) FILTER (WHERE day <= $1::date - interval '12 months'), 0)::bigint AS before
  FROM bought LEFT JOIN customer USING (account)
  WHERE day > $1::date - interval '24 months' AND day <= $1::date
  GROUP BY account, first_on`;

/** What became of accounts from one year to the next. */
export async function acceptGrowth(portfolio: Terminal, where: string, ask: PlainSales): Promise<void> {
  const { data } = answer.parse(await portfolio("ask", "growth", "--json"));
  const [day] = await ask<{ newest: string }>("SELECT MAX(day)::text AS newest FROM sale");
  check(`${where}: growth, the newest day of the data`, day?.newest ?? "", data.asOf);
  const [sums] = await ask<Readonly<Record<"before" | "now" | "customers" | "kept", number>> & Shares>(
    `SELECT COALESCE(SUM(before), 0) AS before, COALESCE(SUM(now), 0) AS now,
            COUNT(*) FILTER (WHERE before > 0) AS customers, COUNT(*) FILTER (WHERE before > 0 AND now > 0) AS kept,
            SUM(now) FILTER (WHERE before > 0)::float8 / SUM(before) FILTER (WHERE before > 0) AS net,
            SUM(GREATEST(0, LEAST(now, before))) FILTER (WHERE before > 0)::float8
              / SUM(before) FILTER (WHERE before > 0) AS gross
     FROM (${years}) y`,
    data.asOf,
  );
  check(
    `${where}: growth, the year before and this one`,
    `${sums?.before}, ${sums?.now}`,
    `${data.yearBefore.amount}, ${data.thisYear.amount}`,
  );
  check(
    `${where}: growth, net and gross revenue retention`,
    `${rounded(sums?.net)}, ${rounded(sums?.gross)}`,
    `${rounded(data.netRetention)}, ${rounded(data.grossRetention)}`,
  );
  check(
    `${where}: growth, customers of the year before and those kept`,
    `${sums?.customers}, ${sums?.kept}`,
    `${data.customersBefore}, ${data.customersKept}`,
  );
  await acceptPaths(data, where, ask);
}

interface Shares {
  readonly net: number | null;
  readonly gross: number | null;
}

async function acceptPaths({ asOf, rows }: z.infer<typeof answer>["data"], where: string, ask: PlainSales) {
  const paths = await ask<Readonly<{ path: string; accounts: number; before: number; now: number }>>(
    `SELECT CASE WHEN before > 0 AND now <= 0 THEN 'lost' WHEN before > 0 AND now < before THEN 'contracted'
                 WHEN before > 0 AND now > before THEN 'expanded' WHEN before > 0 THEN 'kept'
                 WHEN is_new THEN 'new' WHEN now > 0 THEN 'returned' ELSE 'credited' END AS path,
            COUNT(*) AS accounts, SUM(before) AS before, SUM(now) AS now
     FROM (${years}) y WHERE before <> 0 OR now <> 0 GROUP BY 1`,
    asOf,
  );
  for (const { path, accounts, yearBefore, thisYear } of rows) {
    const own = paths.find((each) => each.path === path) ?? { accounts: 0, before: 0, now: 0 };
    if (accounts === 0 && own.accounts === 0) continue;
    check(
      `${where}: growth, ${path}: accounts, year before, this year`,
      `${own.accounts}, ${own.before}, ${own.now}`,
      `${accounts}, ${yearBefore.amount}, ${thisYear.amount}`,
    );
  }
}
