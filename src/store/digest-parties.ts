import { workerKeys } from "../core/worker-keys.ts";
import { type BulkColumn, rowsAsTable } from "./bulk.ts";
import type { About, DigestPerson } from "./digest-reads.ts";
import { type Sql, sql } from "./sql.ts";

// Figures for many people are asked by one statement: each of its rows says by `place` whose it is.

/** How many answers there are: one for each person, or one over everything. */
export function placesOf(about: About): number {
  return about === "everything" ? 1 : about.length;
}

/** Joins `d(place)` to `account a`: by its owner, or for everything. */
export function joinOwners(about: About): Sql {
  if (about === "everything") return sql`CROSS JOIN (SELECT 0 AS place) d`;
  const rows = about.flatMap(({ repIds }, place) => repIds.map((key) => ({ place, key })));
  return sql`JOIN (SELECT DISTINCT * FROM ${rowsAsTable(rows, columnsOf("uuid"))}) d ON d.key = a.owner_record_id`;
}

/** Rows `d(place, key)` of the keys under which people may hold accounts. */
export function holdersTable(people: readonly DigestPerson[]): Sql {
  const rows = people.flatMap((person, place) => workerKeys(person).map((key) => ({ place, key })));
  return sql`(SELECT DISTINCT * FROM ${rowsAsTable(rows, columnsOf("text"))}) d`;
}

/** The rows of each place, in their order. */
export function byPlace<Row extends { readonly place: number }>(
  rows: readonly Row[],
  places: number,
): readonly (readonly Row[])[] {
  const found = Array.from({ length: places }, (): Row[] => []);
  for (const row of rows) found[row.place]?.push(row);
  return found;
}

function columnsOf(
  type: "uuid" | "text",
): readonly BulkColumn<{ readonly place: number; readonly key: string }>[] {
  return [
    { name: "place", type: "int", of: ({ place }) => place },
    { name: "key", type, of: ({ key }) => key },
  ];
}
