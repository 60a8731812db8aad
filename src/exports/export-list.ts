import { Worker } from "node:worker_threads";
import { z } from "zod";
import type { Answer } from "../desk.ts";
import { exportCsv } from "./export-csv.ts";
import { exportXlsx, type ListTitle } from "./export-xlsx.ts";

export type ListFormat = "csv" | "xlsx";

/** What makes one file of a list. */
export interface ListExport {
  readonly format: ListFormat;
  /** An answer's data, with all its rows. */
  readonly data: unknown;
  readonly about: ListTitle;
}

/** From here on a file is made in a thread of its own, so that others are answered meanwhile. */
const ROWS_AT_ONCE = 5_000;
/** A workbook is held in memory whole, several times over; longer lists are CSV. */
export const MOST_WORKBOOK_ROWS = 20_000;

const listed = z.object({ rows: z.array(z.unknown()) });
const worker = new URL("export-worker.mjs", import.meta.url);

/** What a workbook says of the list in it. */
export function describeList({
  line,
  reply,
}: Pick<Extract<Answer, { ok: true }>, "line" | "reply">): ListTitle {
  const { headline, snapshot } = reply;
  return {
    title: headline,
    about: [
      { label: "What", value: headline },
      { label: "Asked", value: `/portfolio ${line}` },
      ...(snapshot
        ? [
            { label: "Data as of", value: snapshot.asOf },
            { label: "Snapshot", value: String(snapshot.id) },
          ]
        : []),
    ],
  };
}

/** How many rows an answer's data has; undefined where it is no list. */
export function rowsIn(data: unknown): number | undefined {
  const parsed = listed.safeParse(data);
  return parsed.success ? parsed.data.rows.length : undefined;
}

/** A list as a file that people open, or undefined when the data is no list. */
export async function exportList(wanted: ListExport): Promise<Uint8Array | undefined> {
  const rows = rowsIn(wanted.data);
  if (rows === undefined) return undefined;
  return rows > ROWS_AT_ONCE ? inOwnThread(wanted) : writeList(wanted);
}

/** The same in this thread. */
export async function writeList({ format, data, about }: ListExport): Promise<Uint8Array | undefined> {
  if (format === "xlsx") return exportXlsx(data, about);
  const csv = exportCsv(data, { byteOrderMark: true });
  return csv === undefined ? undefined : Buffer.from(csv);
}

function inOwnThread(wanted: ListExport): Promise<Uint8Array | undefined> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(worker, { workerData: wanted });
    thread.once("message", resolve);
    thread.once("error", reject);
    thread.once("exit", (code) => reject(new Error(`the export ended with code ${code}`)));
  });
}
