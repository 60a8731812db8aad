import { randomUUID } from "node:crypto";

import { nameKey } from "../../src/core/names.ts";
import type { SettingsPatch } from "../../src/core/settings.ts";
import { recordId } from "../../src/ingest/drafts.ts";
import { connect, type Database } from "../../src/store/connect.ts";
import { Prisma } from "../../src/store/generated/client.ts";
import { type Refreshed, refresh } from "../../src/store/refresh.ts";
import { sql } from "../../src/store/sql.ts";
import { changeSettings, ensureWorkspace } from "../../src/store/workspaces.ts";
import { storeAddress } from "./store-address.ts";

/** A fact or a record as a test writes it, by the names of the table's columns; what is left out has a default. */
export type RawRow = Readonly<Record<string, unknown>>;

/** A workspace whose facts are written straight into the tables, one import a source at a time. */
export interface RawWorkspace {
  readonly id: string;
  readonly database: Database;
  /** Begins a new import of a source, which the rows written from now on belong to; returns its id. */
  startImport(source: string): Promise<number>;
  accounts(
    rows: readonly (RawRow & { readonly external_id: string; readonly name: string })[],
  ): Promise<void>;
  reps(rows: readonly (RawRow & { readonly external_id: string; readonly name: string })[]): Promise<void>;
  products(
    rows: readonly (RawRow & { readonly external_id: string; readonly name: string })[],
  ): Promise<void>;
  /** Deals won on `close_on`, unless they say otherwise. */
  deals(rows: readonly (RawRow & { readonly id: string })[]): Promise<void>;
  ledger(rows: readonly (RawRow & { readonly kind: "invoice" | "payment" })[]): Promise<void>;
  rates(rows: readonly RawRow[]): Promise<void>;
  settings(patch: SettingsPatch): Promise<void>;
  refresh(asOf?: string, now?: Date): Promise<Refreshed | undefined>;
}

let shared: Promise<Database> | undefined;

/** The shared store's database: for what is tested below the store's own door. */
export function sharedDatabase(): Promise<Database> {
  shared ??= connect(storeAddress());
  return shared;
}

const testNow = new Date("2026-10-31T12:00:00Z");

export async function openRawWorkspace(): Promise<RawWorkspace> {
  const database = await sharedDatabase();
  const { id } = await ensureWorkspace(database, `raw-${randomUUID()}`);
  let source = "";
  let importId = 0;

  async function insert(table: string, rows: readonly RawRow[]): Promise<void> {
    const [first] = rows;
    if (!first) return;
    const whole = rows.map((row) => ({ workspace_id: id, ...row }));
    const columns = Prisma.raw(
      [...new Set(whole.flatMap((row) => Object.keys(row)))].map((name) => `"${name}"`).join(", "),
    );
    await database.$executeRaw(
      sql`INSERT INTO ${Prisma.raw(table)} (${columns})
          SELECT ${columns} FROM jsonb_populate_recordset(NULL::${Prisma.raw(table)}, ${JSON.stringify(whole)}::jsonb)
          ON CONFLICT DO NOTHING`,
    );
  }

  const records =
    (kind: "account" | "rep" | "product", defaults: (row: { readonly name: string }) => RawRow) =>
    async (rows: readonly (RawRow & { readonly external_id: string; readonly name: string })[]) => {
      await insert(
        "source_record",
        rows.map(({ external_id }) => ({
          ...{ id: recordId(source, kind, external_id), source_id: source, kind, external_id },
        })),
      );
      await insert(
        `${kind}_record`,
        rows.map(({ external_id, ...row }) => ({
          ...{ source_record_id: recordId(source, kind, external_id), import_id: importId, described: true },
          ...{ custom: {}, content_hash: "" },
          ...defaults(row),
          ...row,
        })),
      );
    };

  return {
    id,
    database,
    startImport: async (sourceId) => {
      source = sourceId;
      await insert("source", [{ id: source, name: source }]);
      ({ id: importId } = await database.import.create({
        data: { workspaceId: id, sourceId: source, status: "visible" },
      }));
      return importId;
    },
    accounts: records("account", ({ name }) => ({ name_key: nameKey(name) })),
    reps: records("rep", () => ({})),
    products: records("product", () => ({})),
    deals: (rows) =>
      insert(
        "opportunity",
        rows.map(({ id: externalId, ...row }) => ({
          ...{
            id: recordId(source, "opportunity", externalId),
            external_id: externalId,
            import_id: importId,
          },
          ...{ stage: "Closed Won", status: "won", currency: "EUR", custom: {}, content_hash: "" },
          ...row,
        })),
      ),
    ledger: (rows) =>
      insert(
        "ledger_entry",
        rows.map((row) => ({
          ...{ id: randomUUID(), import_id: importId, source_id: source, group_key: randomUUID() },
          ...{ currency: "EUR", custom: {}, content_hash: "" },
          ...row,
        })),
      ),
    rates: (rows) =>
      insert(
        "exchange_rate",
        rows.map((row) => ({ id: randomUUID(), import_id: importId, content_hash: "", ...row })),
      ),
    settings: async (patch) => void (await changeSettings(database, id, "test", patch)),
    refresh: async (asOf, now = testNow) =>
      refresh(database, await ensureWorkspace(database, id), { now, ...(asOf !== undefined && { asOf }) }),
  };
}

/** The id of an account record of a source, and of the account that it founded. */
export function accountRecord(source: string, externalId: string): string {
  return recordId(source, "account", externalId);
}
