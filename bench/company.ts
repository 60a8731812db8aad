import { join } from "node:path";
import { workspaceId } from "./bots.ts";
import { type Child, startChild } from "./children.ts";
import { elapsed, inSeconds } from "./elapsed.ts";
import { ledgerRows, writeLedger } from "./ledger.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const LONGEST_NOTE = 300;

/** What else goes on while commands are answered: imports and refreshes from a terminal, one after the other. */
export interface Company {
  /** Resolves with what was done meanwhile. */
  stop(): Promise<readonly string[]>;
}

export async function startCompany(
  storeEnv: Readonly<Record<string, string>>,
  importRows: number,
): Promise<Company> {
  const folder = temporaryFolder();
  const ledgers = await Promise.all(
    [0, 1].map(async (edition) => {
      const path = join(folder, `ledger-${edition}.csv`);
      await writeLedger(path, ledgerRows(importRows, edition));
      return path;
    }),
  );
  const done: string[] = [];
  let current: Child | undefined;
  let isStopped = false;

  const run = async (...args: readonly string[]): Promise<void> => {
    if (isStopped) return;
    const child = startChild("src/cli.ts", args, { ...storeEnv, WORKSPACE: workspaceId });
    current = child;
    const { result: failure, ms } = await elapsed(() =>
      child.succeeded().then(
        () => undefined,
        (error: Error) => error,
      ),
    );
    if (failure && !isStopped) throw failure;
    done.push(`${args[0]} ${isStopped ? "under way for" : "in"} ${inSeconds(ms)}`);
  };
  const work = async (): Promise<void> => {
    for (let round = 0; !isStopped; round += 1) {
      await run("import", ledgers[round % ledgers.length] ?? "");
      await run("refresh");
    }
  };
  const working = work().catch((error: Error) => void done.push(error.message.slice(0, LONGEST_NOTE)));

  return {
    stop: async () => {
      isStopped = true;
      await current?.stop();
      await working;
      return done;
    },
  };
}
