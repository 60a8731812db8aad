import { type Executor, sql } from "./sql.ts";
import { staleAmong } from "./stale-workspaces.ts";
import type { Workspace } from "./workspaces.ts";

/**
 * A mark of the state that the newest snapshot has not seen: something changed since it began to read, or a correction
 * that it heeded has ended since. Undefined when it is up to date; another change gives another mark.
 */
export async function unseenChange(on: Executor, { id }: Workspace, now: Date): Promise<string | undefined> {
  const [stale] = await staleAmong(on, sql`w.id = ${id}`, now);
  return stale?.mark;
}
