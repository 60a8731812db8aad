import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import pg from "pg";
import { openStore } from "../../src/store/store.ts";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../../", import.meta.url));

/** The command line, in a store of its own. */
export type Terminal = (...words: readonly string[]) => Promise<unknown>;

export async function inEmbeddedStore(work: (portfolio: Terminal) => Promise<void>): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), "portfolio-accept-store-"));
  // Commands connect to a store that is open already, as beside a running bot: opening one takes longer than an answer.
  const open = await openStore({ dataDir });
  try {
    await work(terminal({ DATA_DIR: dataDir, DATABASE_URL: "" }));
  } finally {
    await open.close();
    await rm(dataDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 1_000 });
  }
}

/** The same in a database of its own on a server. */
export function inDatabaseOf(address: string): typeof inEmbeddedStore {
  return async (work) => {
    const name = `portfolio_accept_${process.pid}_${Date.now()}`;
    const client = new pg.Client({ connectionString: address });
    await client.connect();
    try {
      await client.query(`CREATE DATABASE ${name}`);
      const url = new URL(address);
      url.pathname = `/${name}`;
      await work(terminal({ DATABASE_URL: url.href }));
    } finally {
      await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      await client.end();
    }
  };
}

function terminal(store: NodeJS.ProcessEnv): Terminal {
  return async (...words) => {
    // As `npm run portfolio` does it, with its limit for memory.
    const { stdout } = await run(
      process.execPath,
      ["--max-old-space-size=384", "--import", "tsx", "src/cli.ts", ...words],
      { cwd: root, env: { ...process.env, ...store }, maxBuffer: 1 << 28 },
    );
    return JSON.parse(stdout);
  };
}
