import { Prisma } from "./generated/client.ts";
import { empty, type Sql, sql } from "./sql.ts";

/** Which rows of a list are wanted. */
export interface PageOf {
  readonly offset: number;
  /** Undefined returns every row. */
  readonly limit?: number;
}

/**
 * The rows of a page, at the end of a query; without a limit, all from the offset on. The limit stands in the text, since
 * a planner that does not know it expects to be asked for many rows.
 */
export function rowsOfPage({ offset, limit }: PageOf): Sql {
  const most = limit === undefined ? empty : sql`LIMIT ${Prisma.raw(String(Math.trunc(limit)))}`;
  return offset === 0 ? most : sql`${most} OFFSET ${offset}`;
}
