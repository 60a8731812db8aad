import type { Day } from "../core/calendar.ts";
import { connect, type StoreAddress } from "./connect.ts";
import { createReads } from "./create-reads.ts";
import { type ImportWriter, startImport } from "./imports.ts";
import type { StoreReads } from "./reads.ts";
import { type Refreshed, refresh } from "./refresh.ts";
import type { Viewer } from "./viewer.ts";
import {
  ensureWorkspace,
  findWorkspace,
  forgetOldReceipts,
  once,
  settleCurrency,
  type Workspace,
} from "./workspaces.ts";

/** The store: the only door to the data. What people ask goes through `reads`, bound to one viewer. */
export interface Store {
  workspace(id: string): Promise<Workspace | undefined>;
  ensureWorkspace(workspace: Workspace): Promise<Workspace>;
  reads(viewer: Viewer): StoreReads;
  startImport(
    workspaceId: string,
    source: { readonly id: string; readonly name: string },
  ): Promise<ImportWriter>;
  settleCurrency(workspaceId: string): Promise<Workspace | undefined>;
  refresh(workspace: Workspace, asOf?: Day): Promise<Refreshed | undefined>;
  once(workspaceId: string, key: string): Promise<boolean>;
  close(): Promise<void>;
}

export async function openStore(address: StoreAddress): Promise<Store> {
  const database = await connect(address);
  await forgetOldReceipts(database);
  return {
    workspace: (id) => findWorkspace(database, id),
    ensureWorkspace: (workspace) => ensureWorkspace(database, workspace),
    reads: (viewer) => createReads(database, viewer),
    startImport: (workspaceId, source) => startImport(database, workspaceId, source),
    settleCurrency: (workspaceId) => settleCurrency(database, workspaceId),
    refresh: (workspace, asOf) => refresh(database, workspace, asOf),
    once: (workspaceId, key) => once(database, workspaceId, key),
    close: () => database.$disconnect(),
  };
}
