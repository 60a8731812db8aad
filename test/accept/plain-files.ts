import { createReadStream, type PathLike } from "node:fs";
import { readFile } from "node:fs/promises";
import { createGunzip } from "node:zlib";
import { parse } from "csv-parse";
import { parse as parseAtOnce } from "csv-parse/sync";
import type { PlainFiles, PlainSale } from "./plain-sales.ts";

type Cells = Readonly<Record<string, string>>;

/** Maven CRM: accounts, and their deals that were won or lost. */
export async function mavenFiles(accounts: PathLike, pipeline: PathLike): Promise<PlainFiles> {
  const described = await cellsOf(accounts);
  const decided = (await cellsOf(pipeline)).filter(
    ({ account, deal_stage }) => account && (deal_stage === "Won" || deal_stage === "Lost"),
  );
  return {
    accounts: described.map(({ account = "", sector = "" }) => ({ account, industry: sector })),
    deals: decided.map(({ account = "", close_date = "", deal_stage }) => ({
      ...{ account, day: close_date, isWon: deal_stage === "Won" },
    })),
    sales: decided
      .filter(({ deal_stage }) => deal_stage === "Won")
      .map(({ account = "", close_date = "", opportunity_id = "", product = "", close_value }) => ({
        ...{ account, day: close_date, purchase: opportunity_id, product },
        amountMinor: Number(close_value) * 100,
      })),
  };
}

/**
 * Online Retail: lines with a customer and a price, cancellations included. A product is called what its stock code is
 * called first, and codes of one name are one product.
 */
export async function* onlineRetailSales(file: PathLike): AsyncIterable<PlainSale> {
  const names = new Map<string, string>();
  for await (const row of createReadStream(file)
    .pipe(createGunzip())
    .pipe(parse({ columns: true, bom: true })) as AsyncIterable<Cells>) {
    const [code = "", name = ""] = [
      row.StockCode,
      row.Description?.trim().replace(/\s+/g, " ").toLowerCase(),
    ];
    if (name !== "" && !names.has(code)) names.set(code, name);
    const price = Number(row.UnitPrice);
    if (!row.CustomerID || price === 0) continue;
    yield {
      account: row.CustomerID,
      day: (row.InvoiceDate ?? "").slice(0, 10),
      purchase: row.InvoiceNo ?? "",
      product: names.get(code) ?? code,
      amountMinor: roundHalfAway(Number(row.Quantity) * price * 100),
    };
  }
}

/** The invented company's exports, without what cannot be read: see demo/dirt.ts. */
export async function demoFiles(companies: PathLike, deals: PathLike, asOf: string): Promise<PlainFiles> {
  const described = (await cellsOf(companies)).filter((row) => row["Record ID"] && row.Channel !== undefined);
  const names = new Map(described.map((row) => [row["Record ID"], nameOf(row["Company name"])]));
  const byId = new Map(
    (await cellsOf(deals)).filter(isReadable).map((row) => [row["Record ID"], row] as const),
  );
  const decided = [...byId.values()].flatMap((row) => {
    const account = names.get(row["Associated Company IDs (Primary)"]);
    const [stage, day] = [row["Deal Stage"], dayOf(row)];
    const isWon = stage === "Closed Won";
    return account && day <= asOf && (isWon || stage === "Closed Lost") ? [{ account, day, isWon, row }] : [];
  });
  return {
    accounts: [...new Map(described.map((row) => [row["Record ID"], row])).values()].map((row) => ({
      account: nameOf(row["Company name"]),
      industry: row.Industry ?? "",
    })),
    deals: decided,
    sales: decided
      .filter(({ isWon }) => isWon)
      .map(({ account, day, row }) => ({
        ...{ account, day, purchase: row["Record ID"] ?? "", product: row.Product ?? "" },
        amountMinor: Math.round(amountOf(row) * 100),
      })),
  };
}

/** Cells of a file, of which rows may be ragged. */
async function cellsOf(file: PathLike): Promise<readonly Cells[]> {
  return parseAtOnce(await readFile(file), { columns: true, bom: true, relax_column_count: true });
}

function isReadable(row: Cells): boolean {
  return (
    Boolean(row["Record ID"]) &&
    row["Legacy Ref"] !== undefined &&
    !Number.isNaN(amountOf(row)) &&
    exists(dayOf(row))
  );
}

function amountOf(row: Cells): number {
  return Number((row.Amount ?? "").replace(/[€,]/g, ""));
}

function dayOf(row: Cells): string {
  return (row["Close Date"] ?? "").slice(0, 10);
}

function nameOf(written = ""): string {
  return written.trim().replace(/\s+/g, " ");
}

/** JavaScript reads the 30th of February as the 2nd of March. */
function exists(day: string): boolean {
  const date = new Date(day);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
}

/** Products of decimals are not exact in binary: what is half a minor unit but for that is rounded as half of one. */
function roundHalfAway(minor: number): number {
  return Math.sign(minor) * Math.floor(Math.abs(minor) + 0.5 + 1e-7);
}
