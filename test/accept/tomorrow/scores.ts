import { z } from "zod";
import { check } from "../figures.ts";
import type { PlainSales } from "../plain-sales.ts";
import type { Terminal } from "../stores.ts";
import type { PlainAccount } from "./plain-worth.ts";

const answer = z.object({
  data: z.object({
    rfm: z.object({
      scores: z.object({ recency: z.number(), frequency: z.number(), monetary: z.number() }),
      thresholds: z.object({
        recency: z.array(z.string()),
        frequency: z.array(z.number()),
        monetary: z.array(z.number()),
      }),
    }),
  }),
});

/** Each customer's last day, days with a purchase, and spend of 24 months. */
const customers = `
  SELECT account, last_on, days, COALESCE((SELECT SUM(amount) FROM bought b WHERE b.account = c.account
    AND b.day > $1::date - interval '24 months' AND b.day <= $1::date), 0)::bigint AS spent FROM customer c`;

/** Where fifths of the customers end, and the scores of one account. */
export async function acceptScores(
  portfolio: Terminal,
  where: string,
  ask: PlainSales,
  { asOf, accounts }: { readonly asOf: string; readonly accounts: readonly PlainAccount[] },
): Promise<void> {
  const [account] = accounts.map((each) => each.account).sort();
  const { rfm } = answer.parse(await portfolio("ask", `ltv ${account}`, "--json")).data;
  const [plain] = await ask<Readonly<{ recency: string[]; frequency: number[]; monetary: number[] }>>(
    `SELECT percentile_disc(ARRAY[.2, .4, .6, .8]) WITHIN GROUP (ORDER BY last_on)::text[] AS recency,
            percentile_disc(ARRAY[.2, .4, .6, .8]) WITHIN GROUP (ORDER BY days)::int[] AS frequency,
            percentile_disc(ARRAY[.2, .4, .6, .8]) WITHIN GROUP (ORDER BY spent)::float8[] AS monetary
     FROM (${customers}) c`,
    asOf,
  );
  for (const score of ["recency", "frequency", "monetary"] as const)
    check(
      `${where}: scores, where fifths end by ${score}`,
      (plain?.[score] ?? []).join(", "),
      rfm.thresholds[score].join(", "),
    );
  const [own] = await ask<Readonly<Record<"recency" | "frequency" | "monetary", number>>>(
    `SELECT 1 + (SELECT COUNT(*) FROM UNNEST($3::date[]) t WHERE last_on > t) AS recency,
            1 + (SELECT COUNT(*) FROM UNNEST($4::int[]) t WHERE days > t) AS frequency,
            1 + (SELECT COUNT(*) FROM UNNEST($5::float8[]) t WHERE spent > t) AS monetary
     FROM (${customers}) c WHERE account = $2`,
    asOf,
    account,
    plain?.recency,
    plain?.frequency,
    plain?.monetary,
  );
  const { scores } = rfm;
  check(
    `${where}: scores of ${account}`,
    `${own?.recency}, ${own?.frequency}, ${own?.monetary}`,
    `${scores.recency}, ${scores.frequency}, ${scores.monetary}`,
  );
}
