import { empty, type Sql, sql } from "./sql.ts";

/** Which rows of a list are wanted. */
export interface PageOf {
  readonly offset: number;
  /** Undefined returns every row. */
  readonly limit?: number;
}

/** The rows of a page, at the end of a query; without a limit, all from the offset on. */
export function rowsOfPage({ offset, limit }: PageOf): Sql {
  return sql`${limit === undefined ? empty : sql`LIMIT ${limit}`} OFFSET ${offset}`;
}
