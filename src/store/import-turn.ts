import { setTimeout as sleep } from "node:timers/promises";
import type { Database } from "./connect.ts";
import { Refused } from "./refused.ts";
import { lockImports, removed, removeEmptyWorkspace, removeImport } from "./remove-import.ts";
import { sql } from "./sql.ts";

/** How often an import says that it is alive. */
const HEARTBEAT_MS = 2_000;
/** An import that says nothing for so long, while we look, is taken for dead. */
const SILENT_MS = 10_000;
const LOOK_AGAIN_MS = 250;
/** How long to wait for another import before giving up. */
const PATIENCE_MS = 15 * 60_000;

/** Another import holds the workspace. */
export class ImportBusy extends Refused {
  override readonly name = "ImportBusy";
}

export interface TurnOptions {
  readonly source: { readonly id: string; readonly name: string };
  /** Who imports or undoes, for the history. */
  readonly startedBy: string;
  /** Called once for every other import that is waited for. */
  readonly onWait?: (message: string) => void;
  readonly patienceMs?: number;
}

export interface Turn {
  readonly importId: number;
  /** Stops saying that the import is alive. */
  end(): void;
  /** Ends it and leaves nothing of the import behind. */
  takeBack(): Promise<void>;
}

/**
 * Opens a staging import once no other one of the workspace is alive: imports and undos go one at a time.
 * What a dead one left behind is removed first. It is dead when its heartbeat stands still while we look,
 * by our clock: a store that is busy with somebody's long query must not kill an import.
 *
 * @throws ImportBusy when the other one does not end.
 */
export async function takeTurn(database: Database, workspaceId: string, options: TurnOptions): Promise<Turn> {
  const { onWait, patienceMs = PATIENCE_MS } = options;
  const deadline = Date.now() + patienceMs;
  let seen: { readonly importId: number; readonly heartbeat: number; readonly since: number } | undefined;
  // A question starts an embedded store that has died; a transaction does not.
  await database.$queryRaw(sql`SELECT 1`);
  for (;;) {
    const turn = await tryTurn(database, workspaceId, options);
    if (turn.taken) return begin(database, workspaceId, turn);
    const { importId, heartbeat } = turn;
    const sentence = `Import ${importId} is running since ${turn.startedAt.toISOString().slice(11, 16)} UTC.`;
    if (Date.now() >= deadline) throw new ImportBusy(`${sentence} Try again when it is done.`);
    if (seen?.importId !== importId) onWait?.(`${sentence} Waiting for it.`);
    if (seen?.importId !== importId || seen.heartbeat !== heartbeat)
      seen = { importId, heartbeat, since: Date.now() };
    else if (Date.now() - seen.since >= SILENT_MS) await removeImport(database, workspaceId, importId);
    await sleep(LOOK_AGAIN_MS);
  }
}

interface Taken {
  readonly taken: true;
  readonly importId: number;
  /** Whether the workspace is new with it. */
  readonly isFirst: boolean;
}

type Attempt =
  | Taken
  | {
      readonly taken: false;
      readonly importId: number;
      readonly startedAt: Date;
      readonly heartbeat: number;
    };

function tryTurn(
  database: Database,
  workspaceId: string,
  { source, startedBy }: TurnOptions,
): Promise<Attempt> {
  return database.$transaction(async (transaction): Promise<Attempt> => {
    await lockImports(transaction, workspaceId);
    const other = await transaction.import.findFirst({ where: { workspaceId, status: "staging" } });
    if (other) {
      const { id: importId, startedAt, heartbeatAt } = other;
      return { taken: false, importId, startedAt, heartbeat: heartbeatAt.getTime() };
    }
    const { count } = await transaction.workspace.createMany({
      data: { id: workspaceId, name: workspaceId },
      skipDuplicates: true,
    });
    // A source that is known is called as before until the import is published.
    await transaction.source.createMany({
      data: { workspaceId, id: source.id, name: source.name },
      skipDuplicates: true,
    });
    const { id } = await transaction.import.create({ data: { workspaceId, sourceId: source.id, startedBy } });
    return { taken: true, importId: id, isFirst: count > 0 };
  });
}

/** Says from now on that the import is alive. A beat that fails is no harm: the next one comes soon. */
function begin(database: Database, workspaceId: string, { importId, isFirst }: Taken): Turn {
  const timer = setInterval(() => {
    database
      .$executeRaw(
        sql`UPDATE import SET heartbeat_at = clock_timestamp() WHERE workspace_id = ${workspaceId} AND id = ${importId} AND heartbeat_at > ${removed}`,
      )
      .catch(() => undefined);
  }, HEARTBEAT_MS);
  timer.unref();
  return {
    importId,
    end: () => clearInterval(timer),
    takeBack: async () => {
      clearInterval(timer);
      await removeImport(database, workspaceId, importId);
      if (isFirst) await removeEmptyWorkspace(database, workspaceId);
    },
  };
}
