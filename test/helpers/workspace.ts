import { randomUUID } from "node:crypto";
import { mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "csv-stringify/sync";
import pg from "pg";
import { inject } from "vitest";

import { recordId } from "../../src/ingest/drafts.ts";
import { type ImportReport, importFiles } from "../../src/ingest/import-files.ts";
import type { Snapshot, StandingRow, StoreReads } from "../../src/store/reads.ts";
import { openStore, type Store } from "../../src/store/store.ts";
import { storeAddress } from "./store-address.ts";

/** A row of a HubSpot export; columns by header. */
export type CsvRow = Readonly<Record<string, string>>;

/** What a test imports: rows of the three HubSpot exports. */
export interface Exports {
  readonly companies?: readonly CsvRow[];
  readonly users?: readonly CsvRow[];
  readonly deals?: readonly CsvRow[];
}

/** A workspace of the shared store that no other test knows. */
export interface TestWorkspace {
  readonly id: string;
  readonly store: Store;
  readonly reads: StoreReads;
  import(exports: Exports, currency?: string): Promise<ImportReport>;
  importPaths(paths: readonly string[], currency?: string): Promise<ImportReport>;
  snapshot(id?: number): Promise<Snapshot>;
  /** Every standing of a snapshot, the newest without one, by the company's Record ID. */
  standings(snapshot?: Snapshot): Promise<ReadonlyMap<string, StandingRow>>;
  /** Every row of every table, as the store has it. */
  dump(): Promise<Readonly<Record<string, readonly unknown[]>>>;
}

/** Tables that every snapshot writes to, whether or not anything has changed. */
export const ofEverySnapshot: readonly string[] = [
  ...["snapshot", "standing_figure", "standing_mark", "account_value", "cohort_figure", "counted_state"],
  ...["action_proposal", "deal", "account_potential"],
];

let shared: Promise<Store> | undefined;
let pool: pg.Pool | undefined;

/** Test files of one worker share it: it ends with the worker. */
function sharedStore(): Promise<Store> {
  shared ??= openStore(storeAddress());
  return shared;
}

/** Asks the shared store's database directly: for what the store's own door does not show. */
export async function rawRows(
  statement: string,
  values: readonly unknown[] = [],
): Promise<readonly Record<string, unknown>[]> {
  const address = storeAddress();
  pool ??= new pg.Pool(
    "databaseUrl" in address
      ? { connectionString: address.databaseUrl, max: 1 }
      : { host: address.dataDir, user: "postgres", database: "postgres", max: 1 },
  );
  return (await pool.query<Record<string, unknown>>(statement, [...values])).rows;
}

export async function openWorkspace(): Promise<TestWorkspace> {
  const store = await sharedStore();
  const id = `test-${randomUUID()}`;
  const reads = store.reads(await store.access({ workspaceId: id, standing: "operator" }));
  const importPaths = (paths: readonly string[], currency?: string) =>
    importFiles({
      store,
      workspaceId: id,
      files: paths,
      now: () => new Date(),
      ...(currency === undefined ? {} : { currency }),
    });
  const snapshot = async (snapshotId?: number) => {
    const found = await reads.snapshot(snapshotId);
    if (!found) throw new RangeError(`no snapshot ${snapshotId ?? ""}`);
    return found;
  };
  return {
    id,
    store,
    reads,
    importPaths,
    import: (exports, currency = "EUR") => importPaths(writeExports(exports), currency),
    snapshot,
    standings: async (of) => {
      const { rows } = await reads.standings(of ?? (await snapshot()), {}, { offset: 0 });
      const externalIds = await externalIdsOf(id);
      return new Map(rows.map((row) => [externalIds.get(row.accountId) ?? row.accountId, row]));
    },
    dump: () => dump(id),
  };
}

/** Ids of HubSpot records as the store gives them. */
export function accountId(externalId: string): string {
  return recordId("hubspot", "account", externalId);
}

export function repId(name: string): string {
  return recordId("hubspot", "rep", name.toLowerCase());
}

export function productId(name: string): string {
  return recordId("hubspot", "product", name.toLowerCase());
}

export function company(id: string, name: string, fields: CsvRow = {}): CsvRow {
  return { "Record ID": id, "Company name": name, ...fields };
}

export function user(name: string, email: string, team = ""): CsvRow {
  return { Name: name, Email: email, Team: team };
}

/** A deal won on a day, unless the fields say otherwise. */
export function deal(
  id: string,
  companyId: string,
  amount: string,
  day: string,
  fields: CsvRow = {},
): CsvRow {
  return {
    "Record ID": id,
    "Deal Name": `Deal ${id}`,
    "Deal Stage": "Closed Won",
    Amount: amount,
    "Close Date": day,
    "Associated Company IDs": companyId,
    ...fields,
  };
}

/** A folder that is gone when all tests are done. */
export function temporaryFolder(): string {
  return mkdtempSync(join(inject("runFolder"), "case-"));
}

const required = {
  companies: ["Record ID", "Company name"],
  users: ["Name", "Email", "Team"],
  deals: ["Record ID", "Deal Name", "Deal Stage", "Amount", "Close Date", "Associated Company IDs"],
} as const;

/** Writes the exports as CSV files, those of dimension rows last, and returns their paths. */
export function writeExports(exports: Exports): readonly string[] {
  const folder = temporaryFolder();
  return (["deals", "users", "companies"] as const).flatMap((kind) => {
    const rows = exports[kind];
    if (!rows) return [];
    const columns = [...new Set([...required[kind], ...rows.flatMap((row) => Object.keys(row))])];
    const path = join(folder, `${kind}.csv`);
    writeFileSync(path, stringify([...rows], { header: true, columns }));
    return [path];
  });
}

/** Writes one file as it stands. */
export function writeText(name: string, text: string): string {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, text);
  return path;
}

async function externalIdsOf(workspaceId: string): Promise<ReadonlyMap<string, string>> {
  const rows = await rawRows("SELECT id, external_id FROM source_record WHERE workspace_id = $1", [
    workspaceId,
  ]);
  return new Map(rows.map(({ id, external_id }) => [String(id), String(external_id)]));
}

let tables: ReturnType<typeof rawRows> | undefined;

async function dump(workspaceId: string): Promise<Readonly<Record<string, readonly unknown[]>>> {
  tables ??= rawRows(
    `SELECT table_name AS name FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
     WHERE table_schema = 'public' AND column_name = 'workspace_id' AND table_type = 'BASE TABLE' ORDER BY 1`,
  );
  const names = (await tables).map(({ name }) => String(name));
  const all = names.map(
    (name) => `SELECT '${name}' AS name, to_jsonb(t) AS row FROM "${name}" t WHERE workspace_id = $1`,
  );
  const rows = await rawRows(`SELECT * FROM (${all.join(" UNION ALL ")}) dump ORDER BY name, row::text`, [
    workspaceId,
  ]);
  const contents = new Map<string, unknown[]>(names.map((name) => [name, []]));
  for (const { name, row } of rows) contents.get(String(name))?.push(row);
  return Object.fromEntries(contents);
}
