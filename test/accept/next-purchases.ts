import { access } from "node:fs/promises";
import { chooseRecommender, type Recommender } from "../../src/core/actions/choose-recommender.ts";
import type { FirstPurchase } from "../../src/core/actions/purchase-pairs.ts";
import { check, percent } from "./figures.ts";
import { onlineRetailSales } from "./plain-files.ts";
import { type PlainSales, withPlainSales } from "./plain-sales.ts";

/** What customers of Online Retail bought next, by what was recommended; nothing to say where the file is not there. */
export async function acceptNextPurchases(file: string): Promise<void> {
  const isThere = await access(file).then(
    () => true,
    () => false,
  );
  if (!isThere) {
    process.stdout.write("skip Next purchases: there is no Online Retail in the data folder\n");
    return;
  }
  await withPlainSales({ sales: onlineRetailSales(file) }, acceptRecommender);
}

const prepared = [
  `CREATE TABLE first_bought AS SELECT account, product, MIN(day) AS day FROM sale WHERE amount > 0 GROUP BY 1, 2`,
  "CREATE INDEX ON first_bought (account, product)",
];

/** The day after the first three quarters of the time, the most bought products until then, and whom they serve later. */
const popularity = `
  WITH span AS (SELECT MAX(day) - ROUND((MAX(day) - MIN(day)) * 0.25)::int AS until FROM first_bought),
       place AS MATERIALIZED (
         SELECT product, ROW_NUMBER() OVER (ORDER BY COUNT(*) DESC, product COLLATE "C") AS place
         FROM first_bought WHERE day <= (SELECT until FROM span) GROUP BY product),
       asked AS (
         SELECT account FROM first_bought GROUP BY account
         HAVING MIN(day) <= (SELECT until FROM span) AND MAX(day) > (SELECT until FROM span))
  SELECT (SELECT until FROM span) AS until, COUNT(*) AS accounts,
         COUNT(*) FILTER (WHERE EXISTS (
           SELECT FROM (SELECT product FROM place p
                        WHERE NOT EXISTS (SELECT FROM first_bought f WHERE f.account = a.account
                                          AND f.product = p.product AND f.day <= (SELECT until FROM span))
                        ORDER BY place LIMIT 3) told
           JOIN first_bought l ON l.account = a.account AND l.product = told.product)) AS hits
  FROM asked a`;

async function acceptRecommender(ask: PlainSales): Promise<void> {
  for (const statement of prepared) await ask(statement);
  const histories = await ask<FirstPurchase>(
    `SELECT account AS "accountId", product AS "productId", day AS "firstOn" FROM first_bought`,
  );
  const [day] = await ask<{ readonly newest: string }>("SELECT MAX(day)::text AS newest FROM first_bought");
  const { uses, judged } = chooseRecommender(histories, day?.newest ?? "");
  const [plain] = await ask<Readonly<{ until: string; accounts: number; hits: number }>>(popularity);
  check("Next purchases: the last day shown", plain?.until ?? "", judged?.shownUntil ?? "none");
  check("Next purchases: customers who bought something new", plain?.accounts ?? 0, judged?.accounts ?? 0);
  check(
    "Next purchases: customers whom popularity served",
    plain?.hits ?? 0,
    judged?.popularity.accounts ?? 0,
  );
  check(
    "Next purchases: hit rate at 3 of popularity",
    percent((plain?.hits ?? 0) / (plain?.accounts ?? 1)),
    percent(judged?.popularity.hitRate ?? 0),
  );
  check(
    "Next purchases: hit rate at 3 of what similar customers bought",
    "26.0 %",
    percent(judged?.association.hitRate ?? 0),
  );
  check("Next purchases: hit rate at 3 of what the bot uses", "26.0 %", percent(usedRate({ uses, judged })));
  check("Next purchases: the bot recommends by", deserved(judged), uses);
}

function usedRate({ uses, judged }: Pick<Recommender, "uses" | "judged">): number {
  return judged?.[uses].hitRate ?? 0;
}

/**
 * What should be used: popularity, unless customers whom only the other served outnumber those whom only popularity served
 * by more than two standard deviations, of which there are at most as many as either served.
 */
function deserved(judged: Recommender["judged"]): Recommender["uses"] {
  if (judged === undefined) return "popularity";
  const [one, other] = [judged.association.accounts, judged.popularity.accounts];
  return one - other > 2 * Math.sqrt(one + other) ? "association" : "popularity";
}
