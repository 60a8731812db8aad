import { z } from "zod";
import { anotherRep, type Owners } from "../core/access.ts";
import type { Worker } from "../core/offers/offer.ts";
import { repKey, workerKeys } from "../core/worker-keys.ts";
import { type Access, scopeOf } from "./access.ts";
import { type BulkColumn, rowsAsTable } from "./bulk.ts";
import { type Executor, optional, rowsOf, type Sql, sql } from "./sql.ts";

/** Somebody under whose key something is held, and whose accounts they see. */
interface Holder extends Worker {
  readonly owners: Owners;
}

/** Who holds something under these keys; without those that are no rep's and no address. */
export async function holdersOf(
  on: Executor,
  workspaceId: string,
  keys: readonly string[],
): Promise<ReadonlyMap<string, Holder>> {
  const repIds = keys.flatMap((key) => repIdOf(key) ?? []);
  const [scope, reps] = [
    await scopeOf(on, workspaceId),
    await rowsOf(
      on,
      repRow,
      sql`SELECT r.source_record_id AS id, r.name, r.email FROM current_rep_record r
          WHERE r.workspace_id = ${workspaceId} AND r.source_record_id = ANY(${repIds}::uuid[])`,
    ),
  ];
  const ofReps = reps.map(({ id, name, email }): Holder => {
    // Without an address, whoever runs the server vouches for the name.
    const { owners } =
      email === undefined
        ? scope({ standing: "operator", name })
        : scope({ standing: "member", email: email.toLowerCase() });
    return { key: repKey(id), name, owners };
  });
  const ofAddresses = keys.flatMap((key): readonly Holder[] => {
    const address = addressOf(key);
    return address === undefined
      ? []
      : [{ key, name: address, owners: scope({ standing: "member", email: address }).owners }];
  });
  return new Map([...ofReps, ...ofAddresses].map((holder) => [holder.key, holder]));
}

export function seesAccountsOf({ owners }: Pick<Holder, "owners">, ownerId: string | undefined): boolean {
  return owners === "all" || (ownerId !== undefined && owners.includes(ownerId));
}

/**
 * Whose accounts those see to whom something was given, as a query: `holder_key` and `owner_id`, null for everybody's.
 * Undefined where everybody sees everything.
 */
export async function seenByHolders(on: Executor, { workspaceId, mode }: Access): Promise<Sql | undefined> {
  if (mode === "all") return undefined;
  const given = await rowsOf(
    on,
    z.object({ holder_key: z.string() }),
    sql`SELECT DISTINCT x.holder_key FROM action_answer x
        WHERE x.workspace_id = ${workspaceId} AND x.ended_at IS NULL AND x.holder_key IS NOT NULL`,
  );
  const keys = given.map(({ holder_key }) => holder_key);
  const holders = [...(await holdersOf(on, workspaceId, keys)).values()];
  const rows = holders.flatMap(({ key, owners }): readonly Seen[] =>
    owners === "all" ? [{ key, owner: undefined }] : owners.map((owner) => ({ key, owner })),
  );
  return sql`SELECT * FROM ${rowsAsTable(rows, seenColumns)}`;
}

interface Seen {
  readonly key: string;
  readonly owner: string | undefined;
}

const seenColumns: readonly BulkColumn<Seen>[] = [
  { name: "holder_key", type: "text", of: ({ key }) => key },
  { name: "owner_id", type: "uuid", of: ({ owner }) => owner },
];

/** The holder as the viewer may read of them: an address says who it is as well as a name does. */
export function shownHolder(access: Access, { key, name }: Worker): Worker {
  const isNamed = !access.anonymous || workerKeys(access).includes(key);
  return isNamed ? { key, name } : { key: "another", name: anotherRep };
}

/** The record ids of reps among keys. */
export function repIdsOf(keys: readonly string[]): readonly string[] {
  return keys.flatMap((key) => repIdOf(key) ?? []);
}

function repIdOf(key: string): string | undefined {
  return /^rep:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(key)?.[1];
}

function addressOf(key: string): string | undefined {
  return /^mail:([^\s@]+@[^\s@]+)$/.exec(key)?.[1]?.toLowerCase();
}

const repRow = z.object({ id: z.string(), name: z.string(), email: optional(z.string()) });
