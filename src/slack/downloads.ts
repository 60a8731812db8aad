import type { Desk } from "../desk.ts";
import { describeList, exportList, MOST_WORKBOOK_ROWS, rowsIn } from "../exports/export-list.ts";
import type { Viewer } from "../store/viewer.ts";
import { UsageError } from "../usage-error.ts";
import { countOf, formatDay } from "../wording.ts";
import type { DispatchServices } from "./dispatch.ts";
import type { FileTransfer } from "./file-transfer.ts";
import { wordsOfName } from "./outside-names.ts";
import type { Interaction } from "./payloads.ts";
import { renderNotice, renderUsage } from "./render-blocks.ts";

export interface DownloadServices extends Pick<DispatchServices, "findPerson" | "deliver"> {
  readonly desk: Pick<Desk, "answer">;
  readonly transfer: FileTransfer;
}

/**
 * Sends the whole list that a line asks for, as the one who pressed may see it, into their direct messages: a
 * file cannot be private in a channel.
 *
 * @throws UsageError when Slack does not take the file or may not have, or the list is too long for the format.
 */
export async function sendDownload(
  services: DownloadServices,
  { viewer, from }: { readonly viewer: Viewer; readonly from: Interaction },
  wanted: string,
): Promise<void> {
  const { desk, deliver, transfer, findPerson } = services;
  const [, format, line = ""] = /^(csv|xlsx) (.+)$/s.exec(wanted) ?? [];
  if (format !== "csv" && format !== "xlsx") return;
  const answer = await desk.answer({ viewer, line, rows: "all", people: findPerson });
  if (!answer.ok) {
    await deliver(from, renderUsage(answer.message, answer.suggestions), "private");
    return;
  }
  const { data, headline, snapshot } = answer.reply;
  const rows = rowsIn(data) ?? 0;
  if (format === "xlsx" && rows > MOST_WORKBOOK_ROWS)
    throw new UsageError(
      `This list has ${countOf(rows, "row")}, more than I put into a workbook. Choose CSV, which Excel opens too.`,
    );
  const bytes = await exportList({ format, data, about: describeList(answer) });
  if (bytes === undefined) throw new UsageError("This answer is no list any more. Ask for it again.");
  const name = `${fileName(answer.line, snapshot?.asOf)}.${format}`;
  const asOf = snapshot ? `, data as of ${formatDay(snapshot.asOf)}` : "";
  await transfer.send(from.userId, { name, bytes }, `${headline}: ${countOf(rows, "row")}${asOf}`);
  await deliver(
    from,
    renderNotice(`${name} with ${countOf(rows, "row")} is in our direct messages, where only you see it.`),
    "private",
  );
}

/** `top A industry:retail` of a day as `top-a-industry-retail-2026-06-30`. */
function fileName(line: string, asOf: string | undefined): string {
  const words = wordsOfName(line.replace(/\bsnapshot:\d+/, ""));
  return [words || "list", ...(asOf === undefined ? [] : [asOf])].join("-");
}
