import { type Access, accessesOf, accessOf, foreseeing, sharedAccessOf } from "./access.ts";
import type { BackupSummary } from "./backup.ts";
import { backupToFile, restoreFromFile } from "./backup-file.ts";
import { connect, type Database, type Purpose, type StoreAddress } from "./connect.ts";
import { type CopySummary, copyStore } from "./copy-store.ts";
import { createReads } from "./create-reads.ts";
import { createDecisions, type Decisions } from "./decisions.ts";
import { deleteWorkspace } from "./delete-workspace.ts";
import { createDigestLedger } from "./digest-ledger.ts";
import type { DigestLedger } from "./digests.ts";
import { type ImportSummary, issuesOf, listImports } from "./import-history.ts";
import type { TurnOptions } from "./import-turn.ts";
import { type ImportWriter, type Issue, startImport } from "./imports.ts";
import { createInstallations, type Installations } from "./installations.ts";
import { createPendingRequests, type PendingRequests } from "./pending-requests.ts";
import { prepareAnswers, proposeMissing, unpreparedSnapshots } from "./prepare-answers.ts";
import type { StoreReads } from "./reads.ts";
import { forget, forgetOldReceipts, once } from "./receipts.ts";
import { type Refreshed, type RefreshOptions, refresh } from "./refresh.ts";
import type { RestoreSummary } from "./restore.ts";
import { sql } from "./sql.ts";
import { type StaleWorkspace, staleWorkspaces } from "./stale-workspaces.ts";
import { unseenChange } from "./staleness.ts";
import type { RowCounts } from "./table-rows.ts";
import { undoImport } from "./undo-import.ts";
import type { Viewer } from "./viewer.ts";
import { ensureWorkspace, findWorkspace, reportingCurrency, type Workspace } from "./workspaces.ts";

/** The store: the only door to the data. What people ask and decide goes through `reads` and `decisions`, bound to one access. */
export interface Store {
  workspace(id: string): Promise<Workspace | undefined>;
  ensureWorkspace(id: string): Promise<Workspace>;
  /** What a viewer may see and do; asked anew for every request, since settings change. */
  access(viewer: Viewer): Promise<Access>;
  /** The same of many at once, in their order. */
  accesses(viewers: readonly Viewer[]): Promise<readonly Access[]>;
  /** Does the work of a request, whose first access is being read meanwhile. */
  foreseeing<Result>(workspaceId: string, work: () => Promise<Result>): Promise<Result>;
  /** What a viewer may show to others: see `sharedAccessOf`. */
  sharedAccess(viewer: Viewer, audience: readonly Viewer[]): Promise<Access>;
  reads(access: Access): StoreReads;
  decisions(access: Access): Decisions;
  startImport(workspaceId: string, options: TurnOptions): Promise<ImportWriter>;
  /** Takes a whole import back, as if it had never been loaded. */
  undoImport(workspaceId: string, importId: number, options: Omit<TurnOptions, "source">): Promise<void>;
  /** The newest imports first. */
  imports(workspaceId: string): Promise<readonly ImportSummary[]>;
  /** What an import did not load or found suspect, a batch at a time. */
  issues(workspaceId: string, importId: number): AsyncIterable<Issue>;
  /** The currency in which totals are shown so far; undefined before the first snapshot. */
  reportingCurrency(workspaceId: string): Promise<string | undefined>;
  /** A mark of what changed since the newest snapshot; undefined when that one is up to date. */
  unseenChange(workspaceId: string, now: Date): Promise<string | undefined>;
  /** The same for every workspace at once. */
  staleWorkspaces(now: Date): Promise<readonly StaleWorkspace[]>;
  refresh(workspace: Workspace, options: RefreshOptions): Promise<Refreshed | undefined>;
  /** The newest snapshot of each workspace, where its answers were not prepared yet. */
  unpreparedSnapshots(): Promise<readonly { readonly workspaceId: string; readonly id: number }[]>;
  /** Has what is mostly asked of the newest snapshot answered before anybody asks; safe to repeat. */
  prepareAnswers(workspaceId: string): Promise<void>;
  /** Proposes what to do next, where the refresh of a large portfolio has left that for afterwards. */
  proposeMissing(workspaceId: string): Promise<void>;
  once(workspaceId: string, key: string, requestId?: string): Promise<boolean>;
  /** Takes a key of `once` back. */
  forget(workspaceId: string, key: string): Promise<void>;
  readonly pendingRequests: PendingRequests;
  readonly installations: Installations;
  /** What is due to be sent unasked, and what became of it. */
  readonly digests: DigestLedger;
  /** Deletes all data of a workspace in which the app is not installed: see `deleteWorkspace`. */
  deleteWorkspace(workspaceId: string): Promise<RowCounts | undefined>;
  /** Rejects while the store does not answer. */
  ping(): Promise<void>;
  /** Writes the whole store, every workspace of it, to a new file. */
  backup(path: string, now: () => Date): Promise<BackupSummary>;
  /** Fills an empty store from a backup. */
  restore(path: string): Promise<RestoreSummary>;
  /** Copies the whole store into an empty PostgreSQL database. */
  migrateTo(databaseUrl: string): Promise<CopySummary>;
  close(): Promise<void>;
}

export async function openStore(address: StoreAddress, purpose?: Purpose): Promise<Store> {
  const database = await connect(address, purpose);
  await forgetOldReceipts(database);
  return {
    workspace: (id) => findWorkspace(database, id),
    ensureWorkspace: (id) => ensureWorkspace(database, id),
    access: (viewer) => accessOf(database, viewer),
    accesses: (viewers) => accessesOf(database, viewers),
    foreseeing: (workspaceId, work) => foreseeing(database, workspaceId, work),
    sharedAccess: (viewer, audience) => sharedAccessOf(database, viewer, audience),
    reads: (access) => createReads(database, access),
    decisions: (access) => createDecisions(database, access),
    startImport: (workspaceId, options) => startImport(database, workspaceId, options),
    undoImport: (workspaceId, importId, options) => undoImport(database, workspaceId, importId, options),
    imports: (workspaceId) => listImports(database, workspaceId),
    issues: (workspaceId, importId) => issuesOf(database, workspaceId, importId),
    reportingCurrency: (workspaceId) => reportingCurrency(database, workspaceId),
    unseenChange: async (workspaceId, now) => {
      const workspace = await findWorkspace(database, workspaceId);
      return workspace && unseenChange(database, workspace, now);
    },
    staleWorkspaces: (now) => staleWorkspaces(database, now),
    unpreparedSnapshots: () => unpreparedSnapshots(database),
    prepareAnswers: (workspaceId) => prepareAnswers(database, workspaceId),
    proposeMissing: (workspaceId) => proposeMissing(database, workspaceId),
    refresh: (workspace, options) => refresh(database, workspace, options),
    once: (workspaceId, key, requestId) => once(database, workspaceId, key, requestId),
    forget: (workspaceId, key) => forget(database, workspaceId, key),
    pendingRequests: createPendingRequests(database),
    installations: createInstallations(database),
    digests: createDigestLedger(database),
    deleteWorkspace: (workspaceId) => deleteWorkspace(database, workspaceId),
    ping: async () => void (await database.$queryRaw(sql`SELECT 1`)),
    backup: (path, now) => backupToFile(database, path, now),
    restore: (path) => restoreFromFile(database, path),
    migrateTo: (databaseUrl) => migrateTo(database, databaseUrl),
    close: () => database.$disconnect(),
  };
}

async function migrateTo(database: Database, databaseUrl: string): Promise<CopySummary> {
  const target = await connect({ databaseUrl });
  try {
    return await copyStore(database, target);
  } finally {
    await target.$disconnect();
  }
}
