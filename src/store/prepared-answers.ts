import { z } from "zod";
import type { Access } from "./access.ts";
import type { Snapshot } from "./reads.ts";
import { type Executor, rowsOf, sql } from "./sql.ts";
import { answering, type WholeReads } from "./whole-reads.ts";

/** Raised whenever a question has another answer than before, or one of another shape. */
const answersVersion = 1;

/**
 * The same reads, with the answers that a refresh prepared: for those alone who see every account and read every name.
 * Asked each time, since they are prepared some time after a snapshot is ready.
 */
export function withPrepared(on: Executor, access: Access, reads: WholeReads): WholeReads {
  if (!readsPrepared(access)) return reads;
  return answering(reads, async (snapshot, question, ask) =>
    snapshot.isPrepared ? ((await preparedAnswer(on, access, snapshot, question)) ?? ask()) : ask(),
  );
}

/** Whether what is prepared says nothing that somebody may not read. */
function readsPrepared({ owners, anonymous }: Access): boolean {
  return owners === "all" && !anonymous;
}

/** The same reads, where what is asked about everything is kept for `withPrepared`; what is kept already is not computed. */
export function preparing(on: Executor, access: Access, reads: WholeReads): WholeReads {
  return answering(reads, async (snapshot, question, ask) => {
    const prepared = await preparedAnswer<Awaited<ReturnType<typeof ask>>>(on, access, snapshot, question);
    if (prepared !== undefined) return prepared;
    const answer = await ask();
    if (answer !== undefined)
      await on.$executeRaw(
        sql`INSERT INTO prepared_answer (workspace_id, snapshot_id, question, answer)
            VALUES (${access.workspaceId}, ${snapshot.id}, ${named(question)}, ${JSON.stringify(answer)}::jsonb)
            ON CONFLICT (workspace_id, snapshot_id, question) DO NOTHING`,
      );
    return answer;
  });
}

async function preparedAnswer<Answer>(
  on: Executor,
  { workspaceId }: Access,
  { id }: Snapshot,
  question: readonly unknown[],
): Promise<Answer | undefined> {
  const [found] = await rowsOf(
    on,
    z.object({ answer: z.unknown().transform(withoutNulls).pipe(z.custom<Answer>()) }),
    sql`SELECT answer FROM prepared_answer
        WHERE workspace_id = ${workspaceId} AND snapshot_id = ${id} AND question = ${named(question)}`,
  );
  return found?.answer;
}

function named(question: readonly unknown[]): string {
  return JSON.stringify([answersVersion, ...question]);
}

/** No answer says null: where there is one, JSON had no other word for what is undefined in a list. */
function withoutNulls(value: unknown): unknown {
  if (value === null) return undefined;
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([name, own]) => [name, withoutNulls(own)]));
}
