import { writeFile } from "node:fs/promises";
import { createDesk } from "../create-desk.ts";
import { exportCsv } from "../exports/export-csv.ts";
import { describeList, rowsIn } from "../exports/export-list.ts";
import { exportXlsx } from "../exports/export-xlsx.ts";
import { loadCommands } from "../load-commands.ts";
import { renderReply } from "../slack/render-blocks.ts";
import type { Viewer } from "../store/viewer.ts";
import { renderTerminal } from "../terminal.ts";
import { UsageError } from "../usage-error.ts";
import { countOf } from "../wording.ts";
import type { Operation } from "./operation.ts";

interface Options {
  readonly json?: boolean;
  readonly csv?: boolean;
  readonly xlsx?: string;
  readonly as?: string;
}

export const askOperation: Operation = (program, withStore) => {
  program
    .command("ask")
    .description('ask as in Slack: portfolio ask "top A"')
    .argument("<line...>", "what follows /portfolio in Slack")
    .option("--json", "print one JSON object with exact figures and all rows")
    .option("--csv", "print the rows of a list as CSV, all of them")
    .option("--xlsx <file>", "write the rows of a list to a new Excel workbook, all of them")
    .option("--as <who>", "ask as somebody: a rep's name or e-mail address")
    .action((words: string[], options: Options) =>
      withStore(async ({ store, workspaceId }) => {
        const commands = await loadCommands(new URL("../../commands/", import.meta.url));
        const desk = createDesk({ store, commands, now: () => new Date() });
        const before = await store.unseenChange(workspaceId, new Date());
        const answer = await desk.answer({
          viewer: viewerOf(workspaceId, options.as),
          line: words.join(" "),
          rows: options.json || options.csv || options.xlsx !== undefined ? "all" : "page",
        });
        if (!answer.ok) throw new UsageError(answer.message, answer.suggestions);
        // A bot computes anew by itself what was changed here; without one nobody else would.
        if ((await store.unseenChange(workspaceId, new Date())) !== before)
          await store.refresh(await store.ensureWorkspace(workspaceId), { now: new Date() });
        const { command, query, reply, line } = answer;
        if (options.json) {
          const { data, snapshot = null, ...shown } = reply;
          const { blocks } = renderReply(reply, { line });
          process.stdout.write(
            `${JSON.stringify({ command, query, snapshot, data, reply: shown, blocks })}\n`,
          );
        } else if (options.csv) {
          const csv = exportCsv(reply.data);
          if (csv === undefined)
            throw new UsageError(`${command} answers with no list, so there is no CSV of it.`);
          process.stdout.write(csv);
        } else if (options.xlsx !== undefined) {
          const workbook = await exportXlsx(reply.data, describeList(answer));
          if (workbook === undefined)
            throw new UsageError(`${command} answers with no list, so there is no workbook of it.`);
          await writeNew(options.xlsx, workbook);
          process.stdout.write(`${options.xlsx} holds ${countOf(rowsIn(reply.data) ?? 0, "row")}.\n`);
        } else process.stdout.write(renderTerminal(reply));
      }),
    );
};

/** @throws UsageError where the file is there already, or cannot be written. */
async function writeNew(path: string, bytes: Uint8Array): Promise<void> {
  try {
    await writeFile(path, bytes, { flag: "wx" });
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : undefined;
    if (code === undefined) throw error;
    throw new UsageError(
      code === "EEXIST"
        ? `${path} exists already. Name a new file.`
        : `${path} cannot be written (${code}). Name a file in a folder that you may write to.`,
    );
  }
}

/** Whoever runs the server vouches for whom they ask as; without a name they are an admin. */
function viewerOf(workspaceId: string, who: string | undefined): Viewer {
  if (who === undefined) return { workspaceId, standing: "operator" };
  return { workspaceId, standing: "operator", ...(who.includes("@") ? { email: who } : { name: who }) };
}
