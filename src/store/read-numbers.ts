import { z } from "zod";
import { Prisma } from "./generated/client.ts";
import { type Executor, join, rowsOf, type Sql, sql } from "./sql.ts";

/** Rows that cross the wire at once. */
const ROWS_AT_ONCE = 50_000;
const BYTES = 8;

/** Columns of numbers, all in step. */
export type Numbers<Name extends string> = Readonly<Record<Name, Float64Array>>;

/**
 * Reads columns of numbers, null as 0, in the order of the rows. They come as bytes and some rows at a time: a million
 * accounts are some megabytes, and not a million objects.
 *
 * @param on a transaction, since a cursor lives no longer.
 * @param rows a query, in order, with a column of each name.
 */
export async function readNumbers<Name extends string>(
  on: Executor,
  rows: Sql,
  names: readonly Name[],
): Promise<Numbers<Name>> {
  const columns = names.map((name) => sql`float8send(COALESCE(${Prisma.raw(`"${name}"`)}, 0)::float8)`);
  await on.$executeRaw(
    sql`DECLARE numbers NO SCROLL CURSOR FOR
        SELECT string_agg(${join(columns, " || ")}, ''::bytea ORDER BY place) AS numbers
        FROM (SELECT placed.*, (place - 1) / ${ROWS_AT_ONCE}::int AS piece
              FROM (SELECT r.*, ROW_NUMBER() OVER () AS place FROM (${rows}) r) placed) cut
        GROUP BY piece ORDER BY piece`,
  );
  const pieces: Uint8Array[] = [];
  for (;;) {
    const [next] = await rowsOf(on, pieceRow, sql`FETCH 1 FROM numbers`);
    if (!next) break;
    pieces.push(next.numbers);
  }
  await on.$executeRaw(sql`CLOSE numbers`);
  return unpack(pieces, names);
}

const pieceRow = z.object({ numbers: z.instanceof(Uint8Array) });

/** From rows of big-endian numbers, one after the other. */
function unpack<Name extends string>(pieces: readonly Uint8Array[], names: readonly Name[]): Numbers<Name> {
  const width = names.length * BYTES;
  const rows = pieces.reduce((sum, { length }) => sum + length / width, 0);
  const columns = names.map(() => new Float64Array(rows));
  let row = 0;
  for (const piece of pieces) {
    const view = new DataView(piece.buffer, piece.byteOffset, piece.length);
    for (let at = 0; at < piece.length; row += 1)
      for (const column of columns) {
        column[row] = view.getFloat64(at);
        at += BYTES;
      }
  }
  return Object.fromEntries(names.map((name, index) => [name, columns[index]])) as Numbers<Name>;
}
