// What `cli.ts` runs: every operation of the terminal, and how each opens the store and fails.
import { randomBytes } from "node:crypto";
import { Command as Program } from "commander";
import { parseConfig } from "../config.ts";
import { ConfigError } from "../config-error.ts";
import { createLog } from "../log.ts";
import { Refused } from "../store/refused.ts";
import { openStore, type Store } from "../store/store.ts";
import { StoreUnavailable } from "../store/store-unavailable.ts";
import { FileFault } from "../tables/file-fault.ts";
import { renderMistake } from "../terminal.ts";
import { UsageError } from "../usage-error.ts";
import { TERMINAL_NICENESS, yieldToAnswers } from "../yield-to-answers.ts";
import { askOperation } from "./ask.ts";
import { backupOperation, migrateToOperation, restoreOperation } from "./backup.ts";
import { fitOperation } from "./fit.ts";
import { importOperation } from "./import.ts";
import { importsOperation, rejectsOperation, undoOperation } from "./imports.ts";
import { manifestOperation } from "./manifest.ts";
import type { WithStore } from "./operation.ts";
import { refreshOperation } from "./refresh.ts";
import { winEvalOperation } from "./win-eval.ts";

/** What a person can mend: the message says how. */
const mistakes = [FileFault, ConfigError, Refused, StoreUnavailable] as const;

const program = new Program("portfolio")
  .description("See and work a customer portfolio from a terminal.")
  .showHelpAfterError()
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));

for (const addTo of [
  importOperation,
  importsOperation,
  rejectsOperation,
  undoOperation,
  refreshOperation,
  askOperation,
  backupOperation,
  restoreOperation,
  migrateToOperation,
  manifestOperation,
  fitOperation,
  winEvalOperation,
])
  addTo(program, withStore, fail);

await program.parseAsync().catch(fail);

/** Opens the store for one piece of work; what a person can mend is one sentence and exit code 1. */
async function withStore(...[work]: Parameters<WithStore>): Promise<void> {
  let store: Store | undefined;
  try {
    const config = parseConfig(process.env);
    store = await openStore(config.store);
    // Not before: a store that this started would be slow for all.
    yieldToAnswers(TERMINAL_NICENESS);
    await work({ store: proposing(store), config, workspaceId: config.workspaceId });
  } catch (error) {
    fail(error);
  } finally {
    await store?.close();
  }
}

/** The same store, with proposals after every refresh: there may be no bot that makes them in the background. */
function proposing(store: Store): Store {
  return {
    ...store,
    refresh: async (workspace, options) => {
      const refreshed = await store.refresh(workspace, options);
      if (refreshed) await store.proposeMissing(workspace.id);
      return refreshed;
    },
  };
}

function fail(error: unknown): void {
  process.exitCode = 1;
  if (error instanceof UsageError) {
    process.stderr.write(`${renderMistake(error.message, error.suggestions)}\n`);
  } else if (error instanceof Error && mistakes.some((mistake) => error instanceof mistake)) {
    process.stderr.write(`${error.message}\n`);
  } else {
    const id = randomBytes(4).toString("hex");
    createLog("error").error({ err: error, id }, "a command failed");
    process.stderr.write(`Something went wrong on our side. The log above has the cause, under ${id}.\n`);
  }
}
