import { createReadStream } from "node:fs";
import { createGunzip } from "node:zlib";
import { PGlite } from "@electric-sql/pglite";
import { parse } from "csv-parse";

/** One sale as a file has it, amounts in minor units. Lines with the same purchase belong together. */
export interface PlainSale {
  readonly account: string;
  readonly day: string;
  readonly purchase: string;
  readonly amountMinor: number;
}

/** Asks plain SQL about sales that were read past everything that Portfolio has: the table is `sale`. */
export type PlainSales = <Row>(text: string, ...values: readonly unknown[]) => Promise<readonly Row[]>;

const batch = 20_000;

/** Sales in a database of their own, as long as the work takes. */
export async function withPlainSales(
  sales: AsyncIterable<PlainSale> | Iterable<PlainSale>,
  work: (ask: PlainSales) => Promise<void>,
): Promise<void> {
  const database = await PGlite.create();
  try {
    await database.exec("CREATE TABLE sale (account TEXT, day DATE, purchase TEXT, amount BIGINT)");
    let rows: PlainSale[] = [];
    const write = async () => {
      await database.query(
        "INSERT INTO sale SELECT * FROM UNNEST($1::text[], $2::date[], $3::text[], $4::bigint[])",
        [
          rows.map(({ account }) => account),
          rows.map(({ day }) => day),
          rows.map(({ purchase }) => purchase),
          rows.map(({ amountMinor }) => amountMinor),
        ],
      );
      rows = [];
    };
    for await (const sale of sales) {
      rows.push(sale);
      if (rows.length === batch) await write();
    }
    await write();
    // Lines of one purchase are one, and a credit is none.
    await database.exec(`CREATE TABLE bought AS
      SELECT account, day, purchase, SUM(amount)::bigint AS amount FROM sale GROUP BY account, day, purchase`);
    await work(
      async (text, ...values) =>
        (await database.query(text, [...values], { parsers: { 20: Number, 1700: Number, 1082: String } }))
          .rows as never,
    );
  } finally {
    await database.close();
  }
}

/** The won deals of Maven CRM with an account. */
export async function* mavenSales(file: string): AsyncIterable<PlainSale> {
  for await (const row of records(createReadStream(file)))
    if (row.deal_stage === "Won" && row.account)
      yield {
        account: row.account,
        day: row.close_date ?? "",
        purchase: row.opportunity_id ?? "",
        amountMinor: Number(row.close_value) * 100,
      };
}

/** The lines of Online Retail with a customer and a price, cancellations included. */
export async function* onlineRetailSales(file: string): AsyncIterable<PlainSale> {
  for await (const row of records(createReadStream(file).pipe(createGunzip()))) {
    const price = Number(row.UnitPrice);
    if (!row.CustomerID || price === 0) continue;
    yield {
      account: row.CustomerID,
      day: (row.InvoiceDate ?? "").slice(0, 10),
      purchase: row.InvoiceNo ?? "",
      amountMinor: roundHalfAway(Number(row.Quantity) * price * 100),
    };
  }
}

function records(stream: NodeJS.ReadableStream): AsyncIterable<Readonly<Record<string, string>>> {
  return stream.pipe(parse({ columns: true, bom: true }));
}

/** Products of decimals are not exact in binary: what is half a minor unit but for that is rounded as half of one. */
function roundHalfAway(minor: number): number {
  return Math.sign(minor) * Math.floor(Math.abs(minor) + 0.5 + 1e-7);
}
