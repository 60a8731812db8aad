import { z } from "zod";
import { monthsUntil } from "../core/calendar.ts";
import { likeOf, type PotentialFit } from "../core/potential/fit-potential.ts";
import { type OwnedProduct, ownedByKind, type ProductCount } from "../core/potential/white-space.ts";
import type { Access } from "./access.ts";
import { analyze, few } from "./analyze.ts";
import type { OfPortfolio } from "./potential-table.ts";
import { productsOf } from "./read-traits.ts";
import type { Snapshot } from "./reads.ts";
import { salesOf } from "./sales.ts";
import { type Executor, rowsOf, sql } from "./sql.ts";
import { heldAt } from "./standing-places.ts";

/** Customers whose products are looked at: what so many own, all of their kind do. */
const mostSampled = 10_000;

/** The kinds that an account is of, as names, from that of all to the one that it is told by. */
export function kindsOf(fit: PotentialFit, row: number): readonly string[] {
  const { traits } = likeOf(fit, row);
  return ["all", ...traits.map((_, level) => `${level + 1}.${fit.nesting.levels[level]?.codes[row] ?? 0}`)];
}

/**
 * The products that customers of each kind mostly own, in a transaction of its own. A product is one name: records that
 * share it are one.
 *
 * @param kinds of an active account, by its place in the order of their ids, from 0.
 */
export async function readOwnedByKind(
  on: Executor,
  {
    access,
    snapshot,
    of,
    kinds,
  }: {
    readonly access: Access;
    readonly snapshot: Snapshot;
    readonly of: OfPortfolio;
    readonly kinds: (place: number) => readonly string[];
  },
): Promise<ReadonlyMap<string, readonly OwnedProduct[]>> {
  const { workspaceId } = access;
  const customers = await on.$executeRaw(
    sql`CREATE TEMP TABLE looked_at ON COMMIT DROP AS
        SELECT n.account_id, n.place FROM (
          SELECT a.id AS account_id, ROW_NUMBER() OVER (ORDER BY a.id) AS place FROM account a
          WHERE a.workspace_id = ${workspaceId} AND a.active) n
        JOIN account_standing s ON s.workspace_id = ${workspaceId} AND s.account_id = n.account_id AND ${heldAt(sql`s`, of.id)}
        WHERE s.year_minor > 0 ORDER BY n.account_id LIMIT ${mostSampled}`,
  );
  if (customers > few) await analyze(on, ["looked_at"]);
  const among = sql`looked_at`;
  const { after } = monthsUntil(snapshot.asOf, 12);
  const [places, owned] = [
    await rowsOf(on, z.object({ place: z.coerce.number() }), sql`SELECT place FROM looked_at`),
    await rowsOf(
      on,
      ownedRow,
      sql`SELECT l.place, o.name AS product, COALESCE(y.year_minor, 0)::float8 * ${of.margin}::float8 / 1000 AS "marginMinor"
          FROM (SELECT DISTINCT p.account_id, btrim(p.name) AS name FROM (${productsOf(access, snapshot, among)}) p) o
          JOIN looked_at l ON l.account_id = o.account_id
          LEFT JOIN (SELECT p.account_id, btrim(x.name) AS name, SUM(p.value_minor) AS year_minor
                     FROM (${salesOf(workspaceId, snapshot.basis, snapshot.asOf, sql`m.account_id IN (SELECT account_id FROM ${among})`)}) p
                     JOIN current_product_record x ON x.workspace_id = ${workspaceId} AND x.source_record_id = p.product_record_id
                     WHERE p.on_day > ${after}::date AND p.value_minor IS NOT NULL GROUP BY 1, 2) y
            ON y.account_id = o.account_id AND y.name = o.name
          WHERE o.name <> ''`,
    ),
  ];
  return byKind(
    kinds,
    places.map(({ place }) => place),
    owned,
  );
}

const ownedRow = z.object({ place: z.coerce.number(), product: z.string(), marginMinor: z.number() });

function byKind(
  kinds: (place: number) => readonly string[],
  places: readonly number[],
  owned: readonly z.output<typeof ownedRow>[],
): ReadonlyMap<string, readonly OwnedProduct[]> {
  const customers = new Map<string, number>();
  const counts = new Map<string, Map<string, ProductCount>>();
  for (const place of places)
    for (const kind of kinds(place - 1)) customers.set(kind, (customers.get(kind) ?? 0) + 1);
  for (const { place, product, marginMinor } of owned)
    for (const kind of kinds(place - 1)) {
      const own = counts.get(kind) ?? new Map<string, ProductCount>();
      const { owners, marginMinor: sum } = own.get(product) ?? { owners: 0, marginMinor: 0 };
      counts.set(kind, own.set(product, { product, owners: owners + 1, marginMinor: sum + marginMinor }));
    }
  return new Map(
    [...counts].map(([kind, own]) => [kind, ownedByKind(customers.get(kind) ?? 0, [...own.values()])]),
  );
}
