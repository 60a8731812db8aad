import { z } from "zod";
import { analyze } from "./analyze.ts";
import { type BulkColumn, names, rowsAsTable } from "./bulk.ts";
import type { Database } from "./connect.ts";
import type { Prisma } from "./generated/client.ts";
import { giveWay } from "./give-way.ts";
import { hashingJoins } from "./hashing-joins.ts";
import {
  type AccountRow,
  accountRecords,
  exchangeRates,
  type LedgerRow,
  ledgerEntries,
  type OpportunityLineRow,
  type OpportunityRow,
  opportunities,
  opportunityLines,
  type ProductRow,
  productRecords,
  type RateRow,
  type RepRow,
  repRecords,
  versionTables,
} from "./import-rows.ts";
import { type Turn, type TurnOptions, takeTurn } from "./import-turn.ts";
import { removed } from "./remove-import.ts";
import { replaceGroups } from "./replace-groups.ts";
import { rowsOf, sql } from "./sql.ts";
import { finishUndone } from "./undo-import.ts";
import { findVanished, type Vanished } from "./vanished.ts";
import { touchWorkspace } from "./workspaces.ts";
import { createVersionWriter, type WriteContext, type Written } from "./write-versions.ts";

export interface Issue {
  readonly kind: "rejected" | "suspect";
  readonly file: string;
  readonly line: number | undefined;
  readonly column: string | undefined;
  readonly value: string | undefined;
  /** What a suspect value may stand for. */
  readonly suggestion?: string | undefined;
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
  opportunityLines(rows: readonly OpportunityLineRow[]): Promise<Written>;
  ledger(rows: readonly LedgerRow[]): Promise<Written>;
  rates(rows: readonly RateRow[]): Promise<Written>;
  issues(issues: readonly Issue[]): Promise<void>;
  /** Ids of the source's described accounts by `nameKey`, those of this import included. */
  accountsNamed(nameKeys: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>>;
  /** Lets whoever asks have the store first, for a while that is in proportion to what was worked. */
  giveWay(workedMs: number): Promise<void>;
  /** Once everything is written: replaces what the files bring whole, and tells what they no longer have. */
  settle(): Promise<Settled>;
  /** Makes everything visible at once. */
  publish(report: Prisma.InputJsonObject): Promise<void>;
  /** Takes everything back. */
  abandon(): Promise<void>;
}

export interface Settled {
  /** Ledger lines whose invoice came again without them: they no longer count. */
  readonly replaced: number;
  /** Rows that earlier imports had and these files, of the same span of days, do not. They stay. */
  readonly vanished: readonly Vanished[];
}

/**
 * Opens an import of a source. One at a time in a workspace; what a dead one left behind is removed first.
 *
 * @throws ImportBusy when another one does not end.
 */
export async function startImport(
  database: Database,
  workspaceId: string,
  options: TurnOptions,
): Promise<ImportWriter> {
  const turn = await takeTurn(database, workspaceId, options);
  await finishUndone(database, workspaceId);
  const { source } = options;
  const earlier = await database.import.count({
    where: { workspaceId, sourceId: source.id, status: "visible" },
  });
  const isFirst = earlier === 0;
  if (!isFirst)
    await analyze(
      database,
      versionTables.map(({ name }) => name),
    );
  const context = { database, workspaceId, importId: turn.importId, isFirst };
  return createWriter(context, source, turn);
}

function createWriter(context: WriteContext, source: TurnOptions["source"], turn: Turn): ImportWriter {
  const { database, workspaceId, importId, isFirst } = context;
  const sourceId = source.id;
  let issueCount = 0;
  let ordinal = 0;
  const nextOrdinal = () => {
    ordinal += 1;
    return ordinal;
  };
  const writers = {
    accounts: createVersionWriter(context, accountRecords, nextOrdinal),
    reps: createVersionWriter(context, repRecords, nextOrdinal),
    products: createVersionWriter(context, productRecords, nextOrdinal),
    opportunities: createVersionWriter(context, opportunities, nextOrdinal),
    opportunityLines: createVersionWriter(context, opportunityLines, nextOrdinal),
    ledger: createVersionWriter(context, ledgerEntries(sourceId), nextOrdinal),
    rates: createVersionWriter(context, exchangeRates, nextOrdinal),
  };

  /** Records that are new get their identity before their first version. */
  async function identify(
    kind: "account" | "rep" | "product",
    rows: readonly { readonly id: string; readonly externalId: string }[],
  ): Promise<void> {
    if (rows.length === 0) return;
    await database.$executeRaw(
      sql`INSERT INTO source_record (workspace_id, source_id, kind, id, external_id)
          SELECT ${workspaceId}, ${sourceId}, ${kind}::record_kind, d.id, d.external_id
          FROM ${rowsAsTable(rows, identity)} ON CONFLICT DO NOTHING`,
    );
  }

  return {
    id: importId,
    accounts: async (rows) => {
      await identify("account", rows);
      return writers.accounts.write(rows);
    },
    reps: async (rows) => {
      await identify("rep", rows);
      return writers.reps.write(rows);
    },
    products: async (rows) => {
      await identify("product", rows);
      return writers.products.write(rows);
    },
    opportunities: (rows) => writers.opportunities.write(rows),
    opportunityLines: (rows) => writers.opportunityLines.write(rows),
    ledger: (rows) => writers.ledger.write(rows),
    rates: (rows) => writers.rates.write(rows),
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
    giveWay: (workedMs) => giveWay(database, workspaceId, workedMs),
    settle: async () => {
      if (isFirst) return { replaced: 0, vanished: [] };
      await analyze(database, ["sighting", ...versionTables.map(({ name }) => name)]);
      return hashingJoins(database, async (on) => ({
        replaced: await replaceGroups(on, workspaceId, sourceId, importId),
        vanished: await findVanished(on, workspaceId, sourceId, importId),
      }));
    },
    publish: async (report) => {
      turn.end();
      await database.$transaction(async (transaction) => {
        await transaction.import.update({
          where: {
            workspaceId_id: { workspaceId, id: importId },
            ...{ status: "staging", heartbeatAt: { gt: removed } },
          },
          data: { status: "visible", finishedAt: new Date(), report },
        });
        await transaction.source.update({
          where: { workspaceId_id: { workspaceId, id: sourceId } },
          data: { name: source.name },
        });
        await touchWorkspace(transaction, workspaceId);
      });
    },
    abandon: turn.takeBack,
  };
}

const identity: readonly BulkColumn<{ readonly id: string; readonly externalId: string }>[] = [
  { name: "id", type: "uuid", of: ({ id }) => id },
  { name: "external_id", type: "text", of: ({ externalId }) => externalId },
];

const issueColumns: readonly BulkColumn<Issue & { readonly ordinal: number }>[] = [
  { name: "ordinal", type: "int", of: ({ ordinal }) => ordinal },
  { name: "kind", type: "issue_kind", of: ({ kind }) => kind },
  { name: "file", type: "text", of: ({ file }) => file },
  { name: "line", type: "int", of: ({ line }) => line },
  { name: '"column"', type: "text", of: ({ column }) => column },
  { name: "value", type: "text", of: ({ value }) => value },
  { name: "suggestion", type: "text", of: ({ suggestion }) => suggestion },
  { name: "reason", type: "text", of: ({ reason }) => reason },
  { name: "rows", type: "int", of: ({ rows }) => rows },
];
