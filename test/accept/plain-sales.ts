import { PGlite } from "@electric-sql/pglite";

/** A purchase, or one line of it, as a file has it; amounts in minor units. Lines with the same purchase belong together. */
export interface PlainSale {
  readonly account: string;
  readonly day: string;
  readonly purchase: string;
  readonly product: string;
  readonly amountMinor: number;
}

/** A deal that was won or lost. */
export interface PlainDeal {
  readonly account: string;
  readonly day: string;
  readonly isWon: boolean;
}

/** An account that a file describes. */
export interface PlainAccount {
  readonly account: string;
  readonly industry: string;
}

/** Files, read past everything that Portfolio has. */
export interface PlainFiles {
  readonly sales: AsyncIterable<PlainSale> | Iterable<PlainSale>;
  /** Where they are known. */
  readonly deals?: Iterable<PlainDeal>;
  readonly accounts?: Iterable<PlainAccount>;
}

/**
 * Asks plain SQL about files: tables `sale`, `deal` and `described`, as they were read; `bought`, where the lines of one
 * purchase are one, and one below 0 is none but a credit; and `customer`, who ever bought, with the first day.
 */
export type PlainSales = <Row>(text: string, ...values: readonly unknown[]) => Promise<readonly Row[]>;

const batch = 20_000;

/** Files in a database of their own, as long as the work takes. */
export async function withPlainSales(
  { sales, deals = [], accounts = [] }: PlainFiles,
  work: (ask: PlainSales) => Promise<void>,
): Promise<void> {
  const database = await PGlite.create();
  const ask: PlainSales = async (text, ...values) =>
    (await database.query(text, [...values], { parsers: { 20: Number, 1700: Number, 1082: String } }))
      .rows as never;
  try {
    await database.exec(
      `CREATE TABLE sale (account TEXT, day DATE, purchase TEXT, product TEXT, amount BIGINT);
       CREATE TABLE deal (account TEXT, day DATE, is_won BOOLEAN);
       CREATE TABLE described (account TEXT, industry TEXT)`,
    );
    for await (const rows of inBatches(sales))
      await ask(
        "INSERT INTO sale SELECT * FROM UNNEST($1::text[], $2::date[], $3::text[], $4::text[], $5::bigint[])",
        rows.map(({ account }) => account),
        rows.map(({ day }) => day),
        rows.map(({ purchase }) => purchase),
        rows.map(({ product }) => product),
        rows.map(({ amountMinor }) => amountMinor),
      );
    for await (const rows of inBatches(deals))
      await ask(
        "INSERT INTO deal SELECT * FROM UNNEST($1::text[], $2::date[], $3::boolean[])",
        rows.map(({ account }) => account),
        rows.map(({ day }) => day),
        rows.map(({ isWon }) => isWon),
      );
    for await (const rows of inBatches(accounts))
      await ask(
        "INSERT INTO described SELECT * FROM UNNEST($1::text[], $2::text[])",
        rows.map(({ account }) => account),
        rows.map(({ industry }) => industry),
      );
    await database.exec(
      `CREATE TABLE bought AS
         SELECT account, day, purchase, SUM(amount)::bigint AS amount FROM sale GROUP BY account, day, purchase;
       CREATE TABLE customer AS
         SELECT account, MIN(day) AS first_on, MAX(day) AS last_on, COUNT(DISTINCT day) AS days
         FROM bought WHERE amount >= 0 GROUP BY account`,
    );
    await work(ask);
  } finally {
    await database.close();
  }
}

async function* inBatches<Row>(rows: AsyncIterable<Row> | Iterable<Row>): AsyncIterable<readonly Row[]> {
  let some: Row[] = [];
  for await (const row of rows) {
    some.push(row);
    if (some.length < batch) continue;
    yield some;
    some = [];
  }
  if (some.length > 0) yield some;
}
