import { z } from "zod";
import { likeOf, type PotentialFit } from "../core/potential/fit-potential.ts";
import type { PotentialTable, Trait } from "../core/potential/potential-table.ts";
import { createResemblance } from "../core/potential/resemblance.ts";
import type { SizeBands } from "../core/potential/size-bands.ts";
import type { OwnedProduct } from "../core/potential/white-space.ts";
import { rankWorths } from "../core/value/rank-worths.ts";
import type { ChanceMethod } from "../core/win/chance-method.ts";
import type { WinModel } from "../core/win/win-model.ts";
import { type BulkColumn, rowsAsTable } from "./bulk.ts";
import type { Database } from "./connect.ts";
import { type JudgedPortfolio, judgeProspects } from "./judge-prospects.ts";
import { kindsOf } from "./owned-by-kind.ts";
import type { PotentialReason, TraitValue } from "./potential-reasons.ts";
import type { OfPortfolio, Places } from "./potential-table.ts";
import { bigintNumber, type Executor, empty, rowsOf, sql } from "./sql.ts";
import { heldAt } from "./standing-places.ts";

/** Few enough that the embedded store answers others in between. */
const ROWS_AT_ONCE = 10_000;
/** The kinds of tier A that a prospect can resemble. */
const MOST_EXAMPLES = 5_000;

/** Every active account, in the order of their ids. */
export interface Judged {
  readonly table: PotentialTable;
  readonly potential: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
  readonly fit: PotentialFit;
  readonly places: Places;
  readonly bands: readonly SizeBands[];
}

/** Stores potentials with their places, chances of prospects, and what customers of each kind own. */
export async function writePotential(
  on: Database,
  written: JudgedPortfolio,
  judged: Judged,
  owned: ReadonlyMap<string, readonly OwnedProduct[]>,
  told: { readonly method: ChanceMethod; readonly model: WinModel | undefined },
): Promise<void> {
  const { workspace, snapshot, of } = written;
  const places = rankWorths(judged.potential, snapshot.cuts);
  const chances = await judgeProspects(on, written, judged, told);
  const resembled = await resembledOf(on, of, judged);
  const columns: readonly BulkColumn<number>[] = [
    { name: "account", type: "int", of: (row) => row },
    { name: "potential_minor", type: "bigint", of: (row) => judged.potential[row] },
    { name: "low_minor", type: "bigint", of: (row) => judged.low[row] },
    { name: "high_minor", type: "bigint", of: (row) => judged.high[row] },
    { name: "peers", type: "int", of: (row) => likeOf(judged.fit, row).customers },
    { name: "tier", type: "tier", of: places.tierOf },
    { name: "rank", type: "int", of: (row) => places.rank[row] },
    { name: "above_minor", type: "bigint", of: (row) => places.aboveMinor[row] },
    { name: "probability", type: "float8", of: (row) => known(chances.probability[row]) },
    { name: "low", type: "float8", of: (row) => known(chances.low[row]) },
    { name: "high", type: "float8", of: (row) => known(chances.high[row]) },
    { name: "weighted_minor", type: "bigint", of: (row) => known(chances.weighted[row]) },
    { name: "weighted_rank", type: "int", of: (row) => chances.rank[row] || undefined },
    { name: "resembles_id", type: "uuid", of: resembled },
    {
      name: "reasons",
      type: "jsonb",
      of: (row) => JSON.stringify([likeReason(judged, row), ...(chances.reasons[row] ?? [])]),
    },
  ];
  await writePages(on, of, judged.potential.length, columns);
  const kinds = [...owned].filter(([, products]) => products.length > 0);
  await on.$executeRaw(
    sql`INSERT INTO prepared_answer (workspace_id, snapshot_id, question, answer)
        SELECT ${workspace.id}, ${snapshot.id}::int, d.question, d.answer FROM ${rowsAsTable(kinds, whiteSpaceColumns)}`,
  );
}

/** The products that customers of a kind own, as they are kept. */
const whiteSpaceColumns: readonly BulkColumn<readonly [kind: string, products: readonly OwnedProduct[]]>[] = [
  { name: "question", type: "text", of: ([kind]) => `owned by kind ${kind}` },
  { name: "answer", type: "jsonb", of: ([, products]) => JSON.stringify(products) },
];

function known(value: number | undefined): number | undefined {
  return value === undefined || Number.isNaN(value) ? undefined : value;
}

async function writePages(
  on: Executor,
  of: OfPortfolio,
  accounts: number,
  columns: readonly BulkColumn<number>[],
): Promise<void> {
  let last: string | undefined;
  for (let first = 0; first < accounts; first += ROWS_AT_ONCE) {
    const count = Math.min(ROWS_AT_ONCE, accounts - first);
    const rows = Array.from({ length: count }, (_, index) => first + index);
    // The accounts are known by their order: their ids need not come here and go back.
    const ended = await rowsOf(
      on,
      z.object({ account: z.string() }),
      sql`WITH numbered AS MATERIALIZED (
            SELECT page.id, ROW_NUMBER() OVER (ORDER BY page.id) AS place FROM (
              SELECT a.id FROM account a WHERE a.workspace_id = ${of.workspaceId} AND a.active
                ${last === undefined ? empty : sql`AND a.id > ${last}::uuid`} ORDER BY a.id LIMIT ${count}) page),
          written AS (
            INSERT INTO account_potential (workspace_id, snapshot_id, account_id, potential_minor, low_minor, high_minor, "similar",
              tier, rank, above_minor, probability, low, high, weighted_minor, weighted_rank, resembles_id, reasons)
            SELECT ${of.workspaceId}, ${of.id}::int, n.id, d.potential_minor, d.low_minor, d.high_minor, d.peers,
              d.tier, d.rank, d.above_minor, d.probability, d.low, d.high, d.weighted_minor, d.weighted_rank, d.resembles_id, d.reasons
            FROM ${rowsAsTable(rows, columns)} JOIN numbered n ON n.place = d.account + 1 - ${first}::int)
          SELECT id AS account FROM numbered WHERE place = ${count}`,
    );
    last = ended[0]?.account;
    if (last === undefined) throw new RangeError(`Snapshot ${of.id} has fewer accounts than were judged.`);
  }
}

function likeReason({ fit, places, bands }: Judged, row: number): PotentialReason {
  const { traits, customers } = likeOf(fit, row);
  const values = traits.map((trait) => traitValue(trait, trait.codes[row] ?? 0, places, bands));
  return { code: "like", customers, traits: values, kind: kindsOf(fit, row).at(-1) ?? "all" };
}

function traitValue({ name }: Trait, code: number, places: Places, bands: readonly SizeBands[]): TraitValue {
  if (code === 0) return { column: name };
  const own = bands.find(({ column }) => column === name);
  if (!own) {
    const value = (name === "industry" ? places.industries : places.regions)[code - 1];
    return { column: name, ...(value !== undefined && { value }) };
  }
  const [from, below] = [own.cuts[code - 2], own.cuts[code - 1]];
  return { column: name, ...(from !== undefined && { from }), ...(below !== undefined && { below }) };
}

const exampleRow = z.object({
  accountId: z.string(),
  spend: bigintNumber,
  industry: z.number(),
  region: z.number(),
});

/** The customer of tier A that each prospect is most like, by industry and region. */
async function resembledOf(on: Executor, of: OfPortfolio, { table, places }: Judged) {
  const examples = await rowsOf(
    on,
    exampleRow,
    sql`SELECT DISTINCT ON (2, 3) s.account_id AS "accountId",
          COALESCE(array_position(${places.industries}::text[], a.industry), 0) AS industry,
          COALESCE(array_position(${places.regions}::text[], a.region), 0) AS region, s.value_minor AS spend
        FROM account_standing s JOIN account a ON a.workspace_id = s.workspace_id AND a.id = s.account_id AND a.active
        WHERE s.workspace_id = ${of.workspaceId} AND ${heldAt(sql`s`, of.id)} AND s.tier = 'A'
        ORDER BY 2, 3, s.value_minor DESC, s.account_id LIMIT ${MOST_EXAMPLES}`,
  );
  const resemble = createResemblance(
    examples.map(({ industry, region, ...example }) => ({ ...example, codes: [industry, region] })),
  );
  const codes = (name: string) => table.traits.find((trait) => trait.name === name)?.codes;
  const [industry, region] = [codes("industry"), codes("region")];
  return (row: number): string | undefined =>
    Number.isNaN(table.margin[row])
      ? resemble([industry?.[row] ?? 0, region?.[row] ?? 0])?.accountId
      : undefined;
}
