import { z } from "zod";
import { type Criterion, isSameThing, meansSize } from "../core/cross/criteria.ts";
import type { PairTable } from "../core/cross/surprises.ts";
import type { Access } from "./access.ts";
import type { CrossPairs } from "./cross.ts";
import { accountsWithValues, boughtByProduct, type CrossQuestion, valueAt } from "./cross-accounts.ts";
import { bigintNumber, type Executor, join, rowOf, rowsOf, type Sql, sql } from "./sql.ts";
import { visibleAccounts } from "./visibility.ts";

/** Customers that are looked at: what is surprising among so many is so among all. */
const MOST_COUNTED = 50_000;
/** A criterion with more values tells accounts apart rather than what they have in common. */
const MOST_VALUES = 50;
/** Imported columns that are looked at, those that most accounts have. */
const MOST_COLUMNS = 8;

type Question = Omit<CrossQuestion, "criteria">;

/**
 * How often values of every two criteria go together, among customers of whom both are known. Accounts' ids follow from
 * a hash, so the first so many of them are as good as drawn by lot.
 */
export async function pairsOf(on: Executor, access: Access, question: Question): Promise<CrossPairs> {
  const named = ["industry", "region", "cohort-year"] as const;
  const people = access.anonymous ? [] : (["owner", "team"] as const);
  const columns = await columnsOf(on, access);
  const asked: readonly Criterion[] = [...named, ...people, ...columns.map((custom) => ({ custom })), "tier"];
  const counts = await countsOf(on, access, { ...question, criteria: asked });
  const criteria = asked.filter((_, place) => tells(counts.columns[place]));
  const [tables, products] = await Promise.all([
    tablesOf(on, access, { ...question, criteria }),
    productTablesOf(on, access, { ...question, criteria }),
  ]);
  return {
    tables: [...tables, ...products],
    leftOut: asked.filter((_, place) => saysTooMuch(counts.columns[place])),
    counted: Math.min(counts.customers, MOST_COUNTED),
    customers: counts.customers,
  };
}

/** The imported columns that most accounts have a value in; columns of numbers and days are not, but for sizes. */
async function columnsOf(on: Executor, access: Access): Promise<readonly string[]> {
  const rows = await rowsOf(
    on,
    z.object({ column: z.string(), is_measure: z.boolean() }),
    sql`SELECT imported.key AS column, bool_and(imported.value ~ '^[^[:alpha:]]*$') AS is_measure
        FROM (SELECT a.custom FROM account a WHERE ${visibleAccounts(access)} ORDER BY a.id LIMIT ${MOST_COUNTED}) a
        CROSS JOIN LATERAL jsonb_each_text(a.custom) imported
        WHERE btrim(imported.value) <> '' GROUP BY 1 ORDER BY COUNT(*) DESC, 1 LIMIT 500`,
  );
  return rows
    .filter(({ column, is_measure }) => !is_measure || meansSize(column))
    .slice(0, MOST_COLUMNS)
    .map(({ column }) => column);
}

/** The customers that are looked at. */
function counted(access: Access, question: CrossQuestion): Sql {
  return sql`counted AS MATERIALIZED (SELECT * FROM (${accountsWithValues(access, question)}) known
    WHERE is_customer ORDER BY account_id LIMIT ${MOST_COUNTED})`;
}

interface ColumnCounts {
  readonly known: number;
  readonly values: number;
}

/** How many customers there are, and of how many each criterion is known with how many values. */
async function countsOf(on: Executor, access: Access, question: CrossQuestion) {
  const each = (count: (column: Sql) => Sql) =>
    sql`ARRAY[${join(question.criteria.map((_, place) => count(valueAt(place))))}]::int[]`;
  const everybody = accountsWithValues(access, { ...question, criteria: [] });
  const [{ customers }, { known, values }] = await Promise.all([
    rowOf(
      on,
      z.object({ customers: bigintNumber }),
      sql`SELECT COUNT(*) AS customers FROM (${everybody}) known WHERE is_customer`,
    ),
    rowOf(
      on,
      z.object({ known: z.array(z.number()), values: z.array(z.number()) }),
      sql`WITH ${counted(access, question)}
          SELECT ${each((column) => sql`COUNT(${column})`)} AS known,
                 ${each((column) => sql`COUNT(DISTINCT ${column})`)} AS values FROM counted`,
    ),
  ]);
  return {
    customers,
    columns: known.map((accounts, place): ColumnCounts => ({ known: accounts, values: values[place] ?? 0 })),
  };
}

function saysTooMuch(column: ColumnCounts | undefined): boolean {
  return column !== undefined && (column.values > MOST_VALUES || column.values * 2 > column.known);
}

function tells(column: ColumnCounts | undefined): boolean {
  return column !== undefined && column.values > 1 && !saysTooMuch(column);
}

const pairRow = z.object({ grouped: z.number(), values: z.array(z.string()), accounts: bigintNumber });

/** All pairs in one pass; a pair of values is known by the columns that are not grouped away. */
async function tablesOf(
  on: Executor,
  access: Access,
  question: CrossQuestion,
): Promise<readonly PairTable[]> {
  const { criteria } = question;
  const pairs = criteria.flatMap((first, left) =>
    criteria.flatMap((second, right) =>
      left < right && !isSameThing(first, second) ? [[left, right] as const] : [],
    ),
  );
  if (pairs.length === 0) return [];
  const columns = join(criteria.map((_, place) => valueAt(place)));
  const rows = await rowsOf(
    on,
    pairRow,
    sql`WITH ${counted(access, question)}
        SELECT GROUPING(${columns}) AS grouped, array_remove(ARRAY[${columns}], NULL) AS values, COUNT(*) AS accounts
        FROM counted
        GROUP BY GROUPING SETS (${join(pairs.map(([left, right]) => sql`(${valueAt(left)}, ${valueAt(right)})`))})
        HAVING cardinality(array_remove(ARRAY[${columns}], NULL)) = 2
        ORDER BY 1, 2`,
  );
  return pairs.map(([left, right]) => {
    const grouped = groupingOf(criteria.length, [left, right]);
    return toTable([criteria[left] as Criterion, criteria[right] as Criterion], rows, grouped);
  });
}

/** Products against every other criterion. An account counts in each product that it bought, so they weigh by those. */
async function productTablesOf(
  on: Executor,
  access: Access,
  question: CrossQuestion,
): Promise<readonly PairTable[]> {
  const places = question.criteria.flatMap((_, place) => [place]);
  if (places.length === 0) return [];
  const columns = join(places.map(valueAt));
  const rows = await rowsOf(
    on,
    pairRow,
    sql`WITH ${counted(access, question)},
             bought AS MATERIALIZED (SELECT * FROM (${boughtByProduct(access, question, sql`counted`)}) b
                                     WHERE accounts > 0 AND product IS NOT NULL),
             told AS (SELECT COUNT(DISTINCT product) AS products FROM bought)
        SELECT GROUPING(${columns}) AS grouped, array_remove(ARRAY[product, ${columns}], NULL) AS values, COUNT(*) AS accounts
        FROM bought JOIN counted USING (account_id)
        WHERE (SELECT products FROM told) BETWEEN 2 AND ${MOST_VALUES}
        GROUP BY GROUPING SETS (${join(places.map((place) => sql`(product, ${valueAt(place)})`))})
        HAVING cardinality(array_remove(ARRAY[product, ${columns}], NULL)) = 2
        ORDER BY 1, 2`,
  );
  if (rows.length === 0) return [];
  return places.map((place) =>
    toTable(["product", question.criteria[place] as Criterion], rows, groupingOf(places.length, [place])),
  );
}

/** What PostgreSQL's GROUPING says of rows that are grouped by these columns: a bit for each other one, the first the highest. */
function groupingOf(columns: number, kept: readonly number[]): number {
  return kept.reduce((bits, place) => bits - 2 ** (columns - 1 - place), 2 ** columns - 1);
}

function toTable(
  criteria: PairTable["criteria"],
  rows: readonly z.output<typeof pairRow>[],
  wanted: number,
): PairTable {
  const cells = rows
    .filter(({ grouped }) => grouped === wanted)
    .map(({ values: [first = "", second = ""], accounts }) => ({
      values: [first, second] as const,
      accounts,
    }));
  return { criteria, cells };
}
