import { z } from "zod";
import { type BulkColumn, names, rowsAsTable } from "./bulk.ts";
import type { Database } from "./connect.ts";
import { Prisma } from "./generated/client.ts";
import { bigintNumber, type Executor, rowOf, rowsOf, type Sql, sql } from "./sql.ts";

/** An import that says nothing for so long is taken for dead. */
const SILENT_AFTER_SECONDS = 120;

/** Rows of an import. Ids are `recordId(…)`: the same record has the same id in every store. */
export interface AccountRow extends RecordRow {
  readonly nameKey: string;
  readonly domain: string | undefined;
  readonly industry: string | undefined;
  readonly region: string | undefined;
  readonly ownerId: string | undefined;
  readonly createdOn: string | undefined;
}

export interface RepRow extends RecordRow {
  readonly email: string | undefined;
  readonly team: string | undefined;
  readonly manager: string | undefined;
  readonly office: string | undefined;
}

export interface ProductRow extends RecordRow {
  readonly series: string | undefined;
  /** Decimal number. */
  readonly listPrice: string | undefined;
}

interface RecordRow {
  readonly id: string;
  readonly externalId: string;
  readonly name: string;
  /** False when only a fact mentions it. */
  readonly described: boolean;
  readonly custom: Readonly<Record<string, string>>;
  /** Equal for rows with equal content. */
  readonly contentHash: string;
}

export interface OpportunityRow {
  readonly id: string;
  readonly externalId: string;
  readonly accountId: string | undefined;
  readonly ownerId: string | undefined;
  readonly productId: string | undefined;
  readonly name: string | undefined;
  readonly stage: string;
  readonly status: "open" | "won" | "lost";
  readonly amountMinor: bigint | undefined;
  readonly currency: string;
  readonly createdOn: string | undefined;
  readonly closeOn: string | undefined;
  readonly custom: Readonly<Record<string, string>>;
  readonly contentHash: string;
}

export interface Written {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  /** Rows that came with an id that this import had already written; the last one counts. */
  readonly repeated: number;
}

export interface Issue {
  readonly kind: "rejected" | "suspect";
  readonly file: string;
  readonly line: number | undefined;
  readonly column: string | undefined;
  readonly value: string | undefined;
  readonly reason: string;
  readonly rows: number;
}

/** An import under way: what it writes is seen by nobody before `publish`. */
export interface ImportWriter {
  readonly id: number;
  accounts(rows: readonly AccountRow[]): Promise<Written>;
  reps(rows: readonly RepRow[]): Promise<Written>;
  products(rows: readonly ProductRow[]): Promise<Written>;
  opportunities(rows: readonly OpportunityRow[]): Promise<Written>;
  issues(issues: readonly Issue[]): Promise<void>;
  /** Ids of the source's described accounts by `nameKey`, those of this import included. */
  accountsNamed(nameKeys: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>>;
  /** Makes everything visible at once. */
  publish(report: Prisma.InputJsonObject): Promise<void>;
  /** Takes everything back. */
  abandon(): Promise<void>;
}

/** Another import holds the workspace. */
export class ImportBusy extends Error {
  override readonly name = "ImportBusy";
}

/**
 * Opens an import of a source. One at a time in a workspace; what a dead one left behind is removed first.
 *
 * @throws ImportBusy while another one is alive.
 */
export async function startImport(
  database: Database,
  workspaceId: string,
  source: { readonly id: string; readonly name: string },
): Promise<ImportWriter> {
  const dead = await rowsOf(
    database,
    z.object({ id: z.number() }),
    sql`SELECT id FROM import WHERE workspace_id = ${workspaceId} AND status = 'staging'
        AND heartbeat_at < now() - make_interval(secs => ${SILENT_AFTER_SECONDS})`,
  );
  for (const { id } of dead) await removeImport(database, workspaceId, id);

  const importId = await database.$transaction(async (transaction) => {
    await transaction.$executeRaw(
      sql`SELECT pg_advisory_xact_lock(hashtextextended(${`import ${workspaceId}`}, 0))`,
    );
    const alive = await transaction.import.findFirst({ where: { workspaceId, status: "staging" } });
    if (alive)
      throw new ImportBusy(
        `Import ${alive.id} is running since ${alive.startedAt.toISOString().slice(11, 16)} UTC. Try again when it is done.`,
      );
    await transaction.source.upsert({
      where: { workspaceId_id: { workspaceId, id: source.id } },
      create: { workspaceId, id: source.id, name: source.name },
      update: {},
    });
    return (await transaction.import.create({ data: { workspaceId, sourceId: source.id } })).id;
  });
  return createWriter(database, workspaceId, source.id, importId);
}

function createWriter(
  database: Database,
  workspaceId: string,
  sourceId: string,
  importId: number,
): ImportWriter {
  let issueCount = 0;
  /** Tables in which this import has replaced something. */
  const changedTables = new Set<string>();

  /** Writes a batch of one kind: identities, then the versions that say something new. */
  async function records<Row extends RecordRow>(
    kind: "account" | "rep" | "product",
    batch: readonly Row[],
    own: readonly BulkColumn<Row>[],
  ): Promise<Written> {
    const rows = lastOfEach(batch);
    if (rows.length === 0) return nothing;
    const columns: readonly BulkColumn<Row>[] = [
      { name: "source_record_id", type: "uuid", of: ({ id }) => id },
      { name: "name", type: "text", of: ({ name }) => name },
      { name: "described", type: "boolean", of: ({ described }) => described },
      { name: "custom", type: "jsonb", of: ({ custom }) => JSON.stringify(custom) },
      { name: "content_hash", type: "text", of: ({ contentHash }) => contentHash },
      ...own,
    ];
    const identity: readonly BulkColumn<Row>[] = [
      { name: "id", type: "uuid", of: ({ id }) => id },
      { name: "external_id", type: "text", of: ({ externalId }) => externalId },
    ];
    await database.$executeRaw(
      sql`INSERT INTO source_record (workspace_id, source_id, kind, id, external_id)
          SELECT ${workspaceId}, ${sourceId}, ${kind}::record_kind, d.id, d.external_id
          FROM ${rowsAsTable(rows, identity)} ON CONFLICT DO NOTHING`,
    );
    return versions(`${kind}_record`, "source_record_id", batch, columns);
  }

  /**
   * Writes the rows whose content differs from the version that counts now, and marks that version as
   * replaced by this import. A mention never replaces a description.
   */
  async function versions<Row extends { readonly id: string }>(
    table: string,
    key: string,
    batch: readonly Row[],
    columns: readonly BulkColumn<Row>[],
  ): Promise<Written> {
    const rows = lastOfEach(batch);
    const [target, current, id] = [table, `current_${table}`, key].map((name) => Prisma.raw(name)) as [
      Sql,
      Sql,
      Sql,
    ];
    const isDescribable = columns.some(({ name }) => name === "described");
    const same = isDescribable
      ? sql`c.content_hash = d.content_hash AND c.described AND d.described`
      : sql`c.content_hash = d.content_hash`;
    const keeps = isDescribable ? sql`(${same} OR NOT d.described)` : same;
    const overwrite = columns
      .filter(({ name }) => name !== key)
      .map(({ name }) => `${name} = EXCLUDED.${name}`)
      .join(", ");
    const mayOverwrite = isDescribable ? sql`WHERE EXCLUDED.described OR NOT ${target}.described` : sql``;
    const reverted = changedTables.has(table) ? await revert(target, current, id, same, rows, columns) : 0;
    const { fresh, again } = await rowOf(
      database,
      z.object({ fresh: bigintNumber, again: bigintNumber }),
      sql`WITH written AS (
            INSERT INTO ${target} (workspace_id, import_id, ${names(columns)})
            SELECT ${workspaceId}, ${importId}, ${names(columns, "d.")} FROM ${rowsAsTable(rows, columns)}
            WHERE NOT EXISTS (SELECT FROM ${current} c
              WHERE c.workspace_id = ${workspaceId} AND c.${id} = d.${id} AND ${keeps})
            ON CONFLICT (workspace_id, ${id}, import_id) DO UPDATE SET ${Prisma.raw(overwrite)} ${mayOverwrite}
            RETURNING xmax = 0 AS fresh)
          SELECT COUNT(*) FILTER (WHERE fresh) AS fresh, COUNT(*) FILTER (WHERE NOT fresh) AS again FROM written`,
    );
    const changed = await database.$executeRaw(
      sql`UPDATE ${target} old SET superseded_by = ${importId}
          FROM ${target} new, ${current} c
          WHERE new.workspace_id = ${workspaceId} AND new.import_id = ${importId}
            AND new.${id} = ANY(${rows.map((row) => row.id)}::uuid[])
            AND c.workspace_id = ${workspaceId} AND c.${id} = new.${id} AND c.import_id <> ${importId}
            AND old.workspace_id = c.workspace_id AND old.${id} = c.${id} AND old.import_id = c.import_id
            AND old.superseded_by IS DISTINCT FROM ${importId}`,
    );
    if (changed > 0) changedTables.add(table);
    await alive(database, workspaceId, importId);
    return {
      added: fresh - changed,
      changed: changed - reverted,
      unchanged: rows.length - fresh - again,
      repeated: batch.length - rows.length + again + reverted,
    };
  }

  /**
   * Takes a change back where this import now brings the row as it was before: of several files that
   * disagree the later one counts, and loading them again changes nothing.
   */
  async function revert<Row>(
    target: Sql,
    current: Sql,
    id: Sql,
    same: Sql,
    rows: readonly Row[],
    columns: readonly BulkColumn<Row>[],
  ): Promise<number> {
    return database.$executeRaw(
      sql`WITH gone AS (
            DELETE FROM ${target} new USING ${current} c, ${rowsAsTable(rows, columns)}
            WHERE new.workspace_id = ${workspaceId} AND new.import_id = ${importId} AND new.${id} = d.${id}
              AND c.workspace_id = ${workspaceId} AND c.${id} = d.${id} AND ${same}
            RETURNING new.${id} AS id)
          UPDATE ${target} old SET superseded_by = NULL FROM gone
          WHERE old.workspace_id = ${workspaceId} AND old.${id} = gone.id AND old.superseded_by = ${importId}`,
    );
  }

  return {
    id: importId,
    accounts: (rows) =>
      records("account", rows, [
        { name: "name_key", type: "text", of: ({ nameKey }) => nameKey },
        { name: "domain", type: "text", of: ({ domain }) => domain },
        { name: "industry", type: "text", of: ({ industry }) => industry },
        { name: "region", type: "text", of: ({ region }) => region },
        { name: "owner_record_id", type: "uuid", of: ({ ownerId }) => ownerId },
        { name: "created_on", type: "date", of: ({ createdOn }) => createdOn },
      ]),
    reps: (rows) =>
      records("rep", rows, [
        { name: "email", type: "text", of: ({ email }) => email },
        { name: "team", type: "text", of: ({ team }) => team },
        { name: "manager", type: "text", of: ({ manager }) => manager },
        { name: "office", type: "text", of: ({ office }) => office },
      ]),
    products: (rows) =>
      records("product", rows, [
        { name: "series", type: "text", of: ({ series }) => series },
        { name: "list_price", type: "numeric", of: ({ listPrice }) => listPrice },
      ]),
    opportunities: async (batch) => {
      if (batch.length === 0) return nothing;
      return versions("opportunity", "id", batch, [
        { name: "id", type: "uuid", of: ({ id }) => id },
        { name: "external_id", type: "text", of: ({ externalId }) => externalId },
        { name: "account_record_id", type: "uuid", of: ({ accountId }) => accountId },
        { name: "owner_record_id", type: "uuid", of: ({ ownerId }) => ownerId },
        { name: "product_record_id", type: "uuid", of: ({ productId }) => productId },
        { name: "name", type: "text", of: ({ name }) => name },
        { name: "stage", type: "text", of: ({ stage }) => stage },
        { name: "status", type: "opportunity_status", of: ({ status }) => status },
        { name: "amount_minor", type: "bigint", of: ({ amountMinor }) => amountMinor },
        { name: "currency", type: "text", of: ({ currency }) => currency },
        { name: "created_on", type: "date", of: ({ createdOn }) => createdOn },
        { name: "close_on", type: "date", of: ({ closeOn }) => closeOn },
        { name: "custom", type: "jsonb", of: ({ custom }) => JSON.stringify(custom) },
        { name: "content_hash", type: "text", of: ({ contentHash }) => contentHash },
      ]);
    },
    issues: async (issues) => {
      if (issues.length === 0) return;
      const first = issueCount;
      issueCount += issues.length;
      const rows = issues.map((issue, index) => ({ ...issue, ordinal: first + index }));
      await database.$executeRaw(
        sql`INSERT INTO import_issue (workspace_id, import_id, ${names(issueColumns)})
            SELECT ${workspaceId}, ${importId}, ${names(issueColumns, "d.")} FROM ${rowsAsTable(rows, issueColumns)}`,
      );
    },
    accountsNamed: async (nameKeys) => {
      if (nameKeys.length === 0) return new Map();
      const rows = await rowsOf(
        database,
        z.object({ name_key: z.string(), ids: z.array(z.string()) }),
        sql`SELECT r.name_key, array_agg(DISTINCT r.source_record_id::text) AS ids FROM account_record r
            JOIN source_record x ON x.workspace_id = r.workspace_id AND x.id = r.source_record_id
            WHERE r.workspace_id = ${workspaceId} AND x.source_id = ${sourceId} AND r.described
              AND r.name_key = ANY(${nameKeys}) AND (r.import_id = ${importId} OR EXISTS (
                SELECT FROM current_account_record c WHERE c.workspace_id = r.workspace_id
                  AND c.source_record_id = r.source_record_id AND c.import_id = r.import_id))
            GROUP BY r.name_key`,
      );
      return new Map(rows.map(({ name_key, ids }) => [name_key, ids]));
    },
    publish: async (report) => {
      await database.import.update({
        where: { workspaceId_id: { workspaceId, id: importId } },
        data: { status: "visible", finishedAt: new Date(), report },
      });
    },
    abandon: () => removeImport(database, workspaceId, importId),
  };
}

const issueColumns: readonly BulkColumn<Issue & { readonly ordinal: number }>[] = [
  { name: "ordinal", type: "int", of: ({ ordinal }) => ordinal },
  { name: "kind", type: "issue_kind", of: ({ kind }) => kind },
  { name: "file", type: "text", of: ({ file }) => file },
  { name: "line", type: "int", of: ({ line }) => line },
  { name: '"column"', type: "text", of: ({ column }) => column },
  { name: "value", type: "text", of: ({ value }) => value },
  { name: "reason", type: "text", of: ({ reason }) => reason },
  { name: "rows", type: "int", of: ({ rows }) => rows },
];

/** Removes what an import wrote that never became visible; what it meant to replace counts again. */
async function removeImport(database: Database, workspaceId: string, importId: number): Promise<void> {
  for (const table of ["account_record", "rep_record", "product_record", "opportunity"])
    await database.$executeRaw(
      sql`UPDATE ${Prisma.raw(table)} SET superseded_by = NULL
          WHERE workspace_id = ${workspaceId} AND superseded_by = ${importId}`,
    );
  // Several processes may find the same dead import: the first one removes it.
  await database.import.deleteMany({ where: { workspaceId, id: importId } });
}

async function alive(on: Executor, workspaceId: string, importId: number): Promise<void> {
  await on.$executeRaw(
    sql`UPDATE import SET heartbeat_at = now() WHERE workspace_id = ${workspaceId} AND id = ${importId}`,
  );
}

export const nothing: Written = { added: 0, changed: 0, unchanged: 0, repeated: 0 };

/** One statement may write a row once: of rows with one id the last counts, a description before a mention. */
function lastOfEach<Row extends { readonly id: string }>(rows: readonly Row[]): readonly Row[] {
  const byId = new Map<string, Row>();
  for (const row of rows) {
    const earlier = byId.get(row.id);
    const mention = "described" in row && !row.described;
    if (!earlier || !mention) byId.set(row.id, row);
  }
  return [...byId.values()];
}
