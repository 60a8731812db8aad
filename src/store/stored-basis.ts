import { z } from "zod";
import { keepNewest } from "../core/keep-newest.ts";
import type { Snapshot } from "./reads.ts";
import { snapshotParameters } from "./snapshot-parameters.ts";
import { type Executor, rowOf, sql } from "./sql.ts";
import { readValueFit } from "./value-fit-row.ts";
import type { ValueBasis } from "./values.ts";

/** Snapshots whose fit one store keeps at hand: those of the workspaces that ask most recently. */
const MOST_KEPT = 100;

type StoredBasis = Omit<ValueBasis, "isListed">;

/** A snapshot that is ready keeps its fit, so it is asked once. */
const kept = new WeakMap<Executor, Map<string, Promise<StoredBasis | undefined>>>();

/** What the values of a snapshot follow from; undefined in snapshots of before there were values. */
export function storedBasis(
  on: Executor,
  workspaceId: string,
  { id, createdAt }: Pick<Snapshot, "id" | "createdAt">,
): Promise<StoredBasis | undefined> {
  const known = kept.get(on) ?? new Map<string, Promise<StoredBasis | undefined>>();
  kept.set(on, known);
  const key = JSON.stringify([workspaceId, id, createdAt]);
  const found = known.get(key);
  if (found) return found;
  const asked = readBasis(on, workspaceId, id);
  keepNewest(known, key, asked, MOST_KEPT);
  asked.catch(() => known.delete(key));
  return asked;
}

async function readBasis(on: Executor, workspaceId: string, id: number): Promise<StoredBasis | undefined> {
  const { parameters } = await rowOf(
    on,
    z.object({ parameters: snapshotParameters }),
    sql`SELECT parameters FROM snapshot WHERE workspace_id = ${workspaceId} AND id = ${id}`,
  );
  const { value } = parameters;
  const fit = value && (await readValueFit(on, workspaceId, value.fittedIn));
  return fit && { ...value, drift: value.drift, ...fit };
}
