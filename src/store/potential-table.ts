import { z } from "zod";
import type { PotentialTable, Trait } from "../core/potential/potential-table.ts";
import { bandsOf, type SizeBands } from "../core/potential/size-bands.ts";
import { Prisma } from "./generated/client.ts";
import { readNumbers } from "./read-numbers.ts";
import { type Executor, empty, join, rowsOf, type Sql, sql } from "./sql.ts";
import { heldAt } from "./standing-places.ts";

/** Industries or regions that are told apart, the most frequent; columns of sizes that are tried. */
const [mostValues, mostColumns] = [500, 12];
/** Customers, and as many prospects, from which it is learned what tells spend. */
export const mostSampled = 20_000;

/** Whose potential is computed. */
export interface OfPortfolio {
  readonly workspaceId: string;
  readonly id: number;
  /** Thousandths of spend that are margin. */
  readonly margin: number;
}

/** The industries and regions of a portfolio; a code is a place, from 1. */
export interface Places {
  readonly industries: readonly string[];
  readonly regions: readonly string[];
}

export async function readPlaces(on: Executor, workspaceId: string): Promise<Places> {
  const most = async (column: Sql) => {
    const rows = await rowsOf(
      on,
      z.object({ value: z.string() }),
      sql`SELECT ${column} AS value FROM account a WHERE a.workspace_id = ${workspaceId} AND a.active AND ${column} <> ''
          GROUP BY 1 ORDER BY COUNT(*) DESC, 1 LIMIT ${mostValues}`,
    );
    return rows.map(({ value }) => value);
  };
  return { industries: await most(sql`a.industry`), regions: await most(sql`a.region`) };
}

/** Active accounts in the order of their ids, with their standing `s` where they are customers. */
export function activeWithStanding({ workspaceId, id }: Pick<OfPortfolio, "workspaceId" | "id">): Sql {
  return sql`account a LEFT JOIN account_standing s
      ON s.workspace_id = a.workspace_id AND s.account_id = a.id AND ${heldAt(sql`s`, id)}
    WHERE a.workspace_id = ${workspaceId} AND a.active`;
}

/** The first customers and prospects by id, which follow from a hash: as good as drawn by lot. */
export function readSample(on: Executor, of: OfPortfolio, places: Places, columns: readonly string[]) {
  const side = (isCustomer: Sql) =>
    sql`(SELECT ${tableColumns(of)} FROM ${activeWithStanding(of)} AND ${isCustomer} ORDER BY a.id LIMIT ${mostSampled})`;
  return readTable(
    on,
    sql`${side(sql`s.account_id IS NOT NULL`)} UNION ALL ${side(sql`s.account_id IS NULL`)}`,
    places,
    columns.slice(0, mostColumns),
  );
}

/** All of them, with the sizes that are wanted. */
export function readEverything(on: Executor, of: OfPortfolio, places: Places, columns: readonly string[]) {
  return readTable(on, sql`SELECT ${tableColumns(of)} FROM ${activeWithStanding(of)}`, places, columns);
}

function tableColumns({ margin }: OfPortfolio): Sql {
  return sql`a.id, a.industry, a.region, a.custom,
    CASE WHEN s.account_id IS NULL THEN 'NaN' ELSE ROUND(s.year_minor * ${margin}::numeric / 1000)::float8 END AS margin`;
}

async function readTable(on: Executor, rows: Sql, places: Places, columns: readonly string[]) {
  const sizes = columns.map((_, place) => `size${place}` as const);
  const sizeColumns = columns.map(
    (column, place) => sql`, CASE WHEN btrim(t.custom ->> ${column}) ~ '^-?[0-9]{1,15}([.][0-9]{1,15})?$'
      THEN btrim(t.custom ->> ${column})::float8 ELSE 'NaN' END AS ${Prisma.raw(`size${place}`)}`,
  );
  const codes = (values: readonly string[]) => sql`unnest(${values}::text[]) WITH ORDINALITY`;
  const read = await readNumbers(
    on,
    sql`SELECT t.margin, i.place AS industry, r.place AS region ${sizeColumns.length > 0 ? join(sizeColumns, "") : empty}
        FROM (${rows}) t
        LEFT JOIN ${codes(places.industries)} AS i(value, place) ON i.value = t.industry
        LEFT JOIN ${codes(places.regions)} AS r(value, place) ON r.value = t.region
        ORDER BY t.id`,
    ["margin", "industry", "region", ...sizes],
  );
  return {
    margin: read.margin,
    industry: traitOf("industry", read.industry, places.industries),
    region: traitOf("region", read.region, places.regions),
    sizes: new Map(columns.map((column, place) => [column, read[`size${place}`] ?? new Float64Array()])),
  };
}

export type ReadTable = Awaited<ReturnType<typeof readTable>>;

function traitOf(name: string, codes: Float64Array, values: readonly string[]): Trait {
  return { name, codes: Int32Array.from(codes), count: values.length + 1 };
}

/** With the sizes in bands; a trait that tells nobody apart is left out. */
export function tableOf(
  { margin, industry, region, sizes }: ReadTable,
  bands: readonly SizeBands[],
): PotentialTable {
  const banded = bands.map((own) => bandsOf(own, sizes.get(own.column) ?? new Float64Array(margin.length)));
  return { margin, traits: [industry, region, ...banded].filter(({ count }) => count > 1) };
}
