// The same commands as in Slack, and what an admin does with files, from a terminal.
import { randomBytes } from "node:crypto";
import { Command as Program } from "commander";
import { ConfigError, parseConfig } from "./config.ts";
import { isDay } from "./core/calendar.ts";
import { createDesk } from "./create-desk.ts";
import { exportCsv } from "./export-csv.ts";
import { FileFault } from "./ingest/file-fault.ts";
import { type ImportReport, importFiles } from "./ingest/import-files.ts";
import { wordImport } from "./ingest/import-report.ts";
import { loadCommands } from "./load-commands.ts";
import { createLog } from "./log.ts";
import { renderReply } from "./slack/render-blocks.ts";
import { ImportBusy } from "./store/imports.ts";
import { openStore, type Store } from "./store/store.ts";
import { StoreUnavailable } from "./store/store-unavailable.ts";
import { createProgress, renderMistake, renderTerminal } from "./terminal.ts";
import { UsageError } from "./usage-error.ts";

const program = new Program("portfolio")
  .description("See and work a customer portfolio from a terminal.")
  .showHelpAfterError()
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));

program
  .command("import")
  .description("load exports of a CRM: Maven CRM's four files, HubSpot's companies, deals and users")
  .argument("<files...>", "CSV files of one source")
  .option("--currency <code>", "currency of amounts that name none; the workspace's, else USD")
  .option("--json", "print the report as JSON")
  .action((files: string[], options: { currency?: string; json?: boolean }) =>
    withStore(async (store, workspaceId) => {
      const progress = createProgress(process.stderr);
      const report = await importFiles({ store, workspaceId, files, ...options, progress });
      process.stdout.write(options.json ? `${JSON.stringify(report, undefined, 2)}\n` : wordImport(report));
      return report satisfies ImportReport;
    }),
  );

program
  .command("refresh")
  .description("compute the portfolio anew from what is imported")
  .option("--as-of <day>", "the last day that counts, YYYY-MM-DD; the newest fact's without it")
  .action((options: { asOf?: string }) =>
    withStore(async (store, workspaceId) => {
      if (options.asOf !== undefined && !isDay(options.asOf))
        throw new UsageError(`--as-of ${options.asOf} is not a day. Write it as YYYY-MM-DD.`);
      const workspace = await store.workspace(workspaceId);
      const done = workspace && (await store.refresh(workspace, options.asOf));
      if (!done) throw new UsageError("There is nothing to compute: import files first.");
      process.stdout.write(
        `Snapshot ${done.snapshot}, as of ${done.asOf}: ${done.totals.accounts} accounts with a tier, ${done.changed} changed.\n`,
      );
    }),
  );

program
  .command("ask")
  .description('ask as in Slack: portfolio ask "top A"')
  .argument("<line...>", "what follows /portfolio in Slack")
  .option("--json", "print one JSON object with exact figures and all rows")
  .option("--csv", "print the rows of a list as CSV, all of them")
  .option("--as <who>", "ask as somebody: a rep's name or e-mail address")
  .action((words: string[], options: { json?: boolean; csv?: boolean; as?: string }) =>
    withStore(async (store, workspaceId) => {
      const commands = await loadCommands(new URL("../commands/", import.meta.url));
      const desk = createDesk({ store, commands, now: () => new Date() });
      const answer = await desk.answer({
        viewer: { workspaceId, ...identity(options.as) },
        line: words.join(" "),
        rows: options.json || options.csv ? "all" : "page",
      });
      if (!answer.ok) throw new UsageError(answer.message, answer.suggestions);
      const { command, query, reply, line } = answer;
      if (options.json) {
        const { data, snapshot = null, ...shown } = reply;
        const { blocks } = renderReply(reply, { line });
        process.stdout.write(`${JSON.stringify({ command, query, snapshot, data, reply: shown, blocks })}\n`);
      } else if (options.csv) {
        const csv = exportCsv(reply.data);
        if (csv === undefined)
          throw new UsageError(`${command} answers with no list, so there is no CSV of it.`);
        process.stdout.write(csv);
      } else process.stdout.write(renderTerminal(reply));
    }),
  );

await program.parseAsync();

/** Opens the store for one piece of work; what a person can mend is one sentence and exit code 1. */
async function withStore(work: (store: Store, workspaceId: string) => Promise<unknown>): Promise<void> {
  let store: Store | undefined;
  try {
    const config = parseConfig(process.env);
    store = await openStore(config.store);
    await work(store, config.workspaceId);
  } catch (error) {
    process.exitCode = 1;
    if (error instanceof UsageError)
      process.stderr.write(`${renderMistake(error.message, error.suggestions)}\n`);
    else if (
      error instanceof FileFault ||
      error instanceof ConfigError ||
      error instanceof ImportBusy ||
      error instanceof StoreUnavailable
    )
      process.stderr.write(`${error.message}\n`);
    else {
      const id = randomBytes(4).toString("hex");
      createLog("error").error({ err: error, id }, "a command failed");
      process.stderr.write(`Something went wrong on our side. The log above has the cause, under ${id}.\n`);
    }
  } finally {
    await store?.close();
  }
}

function identity(who: string | undefined): { email?: string; name?: string } {
  if (who === undefined) return {};
  return who.includes("@") ? { email: who } : { name: who };
}
