import { expect, test } from "vitest";
import { readNumbers } from "../../src/store/read-numbers.ts";
import { sql } from "../../src/store/sql.ts";
import { sharedDatabase } from "../helpers/facts.ts";

const read = async (rows: ReturnType<typeof sql>) =>
  (await sharedDatabase()).$transaction((transaction) => readNumbers(transaction, rows, ["one", "other"]));

test("numbers come in the order of the rows, as exact as they are, over several pieces", async () => {
  const { one, other } = await read(
    sql`SELECT -n AS one, CASE WHEN n % 2 = 0 THEN ${Number.MAX_SAFE_INTEGER}::bigint - n END AS other
        FROM generate_series(${1}::int, 120001) n ORDER BY n DESC`,
  );
  expect([one.length, other.length]).toEqual([120_001, 120_001]);
  expect(one.every((each, at) => each === at - 120_001)).toBe(true);
  expect(
    other.every((each, at) => each === (at % 2 === 0 ? 0 : Number.MAX_SAFE_INTEGER - (120_001 - at))),
  ).toBe(true);
});

test("of nothing there are none, and twice in a transaction is no matter", async () => {
  const none = sql`SELECT 1 AS one, 1 AS other WHERE FALSE`;
  const database = await sharedDatabase();
  const twice = await database.$transaction(async (transaction) => [
    await readNumbers(transaction, none, ["one", "other"]),
    await readNumbers(transaction, sql`SELECT 7 AS one`, ["one"]),
  ]);
  expect(twice).toEqual([
    { one: new Float64Array(), other: new Float64Array() },
    { one: Float64Array.of(7) },
  ]);
});
