import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { bigintNumber, type Executor, rowOf, sql } from "./sql.ts";

/** At so many requests a second, each of which leaves a receipt, a pause is as long as the work before it. */
const ASKED_A_SECOND = 15;
/** The most, as a multiple of the time that was worked. */
const MOST_TIMES = 3;
/** A portfolio of a million accounts is computed in steps of minutes: its refresh should end all the same. */
const LONGEST_PAUSE_MS = 5_000;

/** Pauses the longer the more was asked in the last second: an import or a refresh may take longer, an answer not. */
export async function giveWay(on: Executor, workspaceId: string, workedMs: number): Promise<void> {
  const { asked } = await rowOf(
    on,
    z.object({ asked: bigintNumber }),
    sql`SELECT COUNT(*) AS asked FROM receipt WHERE workspace_id = ${workspaceId}
        AND created_at > now() - interval '1 second'`,
  );
  if (asked > 0) await sleep(pauseMs(asked, workedMs));
}

/** How long to pause after so much work where so much was asked in a second. */
export function pauseMs(asked: number, workedMs: number): number {
  return Math.min(workedMs * Math.min(asked / ASKED_A_SECOND, MOST_TIMES), LONGEST_PAUSE_MS);
}
