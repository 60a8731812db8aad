import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { z } from "zod";
import { check } from "./figures.ts";
import type { Terminal } from "./stores.ts";

const counted = z.object({ closed: z.number(), won: z.number() });
const board = z.object({
  data: z.object({
    outcome: z.string(),
    quarterEnd: z.object({ last: counted, others: counted }),
    rows: z.array(counted.extend({ rep: z.string(), place: z.number().nullable() })),
  }),
});
const products = z.object({
  data: z.object({
    maturity: z.object({ ageDays: z.number(), createdBy: z.string() }),
    rows: z.array(
      counted.extend({
        product: z.string(),
        medianDays: z.number().nullable(),
        wonAmount: z.object({ amount: z.number() }),
      }),
    ),
  }),
});
const models = z.object({
  data: z.object({
    win: z.object({
      ...{ method: z.string(), baseRate: z.number(), deals: z.number(), won: z.number() },
      excluded: z.array(z.object({ column: z.string() })),
    }),
  }),
});

/** A deal as the file has it; days as ISO 8601 writes them. */
interface PlainDeal {
  readonly rep: string;
  readonly product: string;
  readonly isWon: boolean;
  readonly began: string;
  readonly ended: string;
  readonly amount: number;
}

/** Maven CRM: reps and products as recomputed from the file, and no signal where there is none. */
export async function acceptMavenPeople(portfolio: Terminal, where: string, data: string): Promise<void> {
  const rows = parse(await readFile(join(data, "sales_pipeline.csv"), "utf8"), {
    columns: true,
  }) as Record<string, string>[];
  const ended = rows.flatMap((row): readonly PlainDeal[] => {
    const {
      sales_agent = "",
      product = "",
      deal_stage,
      engage_date = "",
      close_date = "",
      close_value,
    } = row;
    if (deal_stage !== "Won" && deal_stage !== "Lost") return [];
    const name = product === "GTXPro" ? "GTX Pro" : product;
    const isWon = deal_stage === "Won";
    return [
      {
        rep: sales_agent,
        product: name,
        isWon,
        began: engage_date,
        ended: close_date,
        amount: Number(close_value),
      },
    ];
  });
  const ask = (line: string) => portfolio("ask", line, "--json");

  const wins = board.parse(await ask("leaderboard raw by wins")).data;
  check(
    `${where}: reps' deals, closed and won, as recomputed`,
    tallies(ended, "rep"),
    told(wins.rows, "rep"),
  );
  const isLast = ({ ended: day }: PlainDeal) => Number(day.slice(5, 7)) % 3 === 0;
  check(
    `${where}: quarter ends, closed and won, and other months`,
    `${share(ended.filter(isLast))}; ${share(ended.filter((deal) => !isLast(deal)))}`,
    `${shareOf(wins.quarterEnd.last)}; ${shareOf(wins.quarterEnd.others)}`,
  );
  const { outcome, rows: reps } = board.parse(await ask("leaderboard by win-rate")).data;
  const ranked = reps.filter(({ place }) => place !== null).length;
  check(
    `${where}: reps by win rate`,
    "tied, 0 of 30 ranked",
    `${outcome}, ${ranked} of ${reps.length} ranked`,
  );

  const { maturity, rows: sold } = products.parse(await ask("products")).data;
  const mature = ended.filter(({ began }) => began <= maturity.createdBy);
  check(
    `${where}: products' deals that are old enough, as recomputed`,
    tallies(mature, "product"),
    told(sold, "product"),
  );
  const wonOf = (product: string, deals: readonly PlainDeal[]) =>
    deals.filter((deal) => deal.product === product && deal.isWon);
  check(
    `${where}: days to win, medians`,
    sold.map(({ product }) => `${product} ${median(wonOf(product, mature).map(daysOf))}`).join(", "),
    sold.map(({ product, medianDays }) => `${product} ${medianDays}`).join(", "),
  );
  check(
    `${where}: sold of each product`,
    sold
      .map(({ product }) => `${product} ${wonOf(product, ended).reduce((sum, deal) => sum + deal.amount, 0)}`)
      .join(", "),
    sold.map(({ product, wonAmount }) => `${product} ${wonAmount.amount / 100}`).join(", "),
  );

  const { win } = models.parse(await ask("health models")).data;
  check(`${where}: win probability`, "base-rate", win.method);
  check(
    `${where}: base rate of deals that are old enough`,
    share(mature),
    shareOf({ closed: win.deals, won: win.won }),
  );
  check(
    `${where}: what tells the end, found and left out`,
    "amount",
    win.excluded.map(({ column }) => column).join(),
  );
}

function tallies(deals: readonly PlainDeal[], by: "rep" | "product"): string {
  const names = [...new Set(deals.map((deal) => deal[by]))];
  return names
    .map((name) => `${name} ${share(deals.filter((deal) => deal[by] === name))}`)
    .toSorted()
    .join(", ");
}

function told<By extends string>(
  rows: readonly ({ readonly closed: number; readonly won: number } & Readonly<Record<By, string>>)[],
  by: By,
): string {
  return rows
    .map((row) => `${row[by]} ${shareOf(row)}`)
    .toSorted()
    .join(", ");
}

function share(deals: readonly PlainDeal[]): string {
  return shareOf({ closed: deals.length, won: deals.filter(({ isWon }) => isWon).length });
}

function shareOf({ won, closed }: { readonly closed: number; readonly won: number }): string {
  return `${won} of ${closed}`;
}

function daysOf({ began, ended }: PlainDeal): number {
  return (Date.parse(ended) - Date.parse(began)) / 86_400_000;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2;
}
