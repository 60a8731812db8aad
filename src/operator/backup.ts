import { UsageError } from "../usage-error.ts";
import { countOf } from "../wording.ts";
import type { Operation } from "./operation.ts";

export const backupOperation: Operation = (program, withStore) => {
  program
    .command("backup")
    .description("write everything in the store to a new file; the embedded store waits meanwhile")
    .argument("<file>", "a new file; it is packed with gzip, and only you may read it")
    .action((file: string) =>
      withStore(async ({ store }) => {
        const { rows } = await store.backup(file, () => new Date());
        process.stdout.write(`${file} holds ${countOf(total(rows), "row")}.\n`);
      }),
    );
};

export const restoreOperation: Operation = (program, withStore) => {
  program
    .command("restore")
    .description("load a backup into an empty store: a new DATA_DIR, or a new database")
    .argument("<file>", "written by `backup`")
    .action((file: string) =>
      withStore(async ({ store }) => {
        const { rows, createdAt } = await store.restore(file);
        const made = createdAt.toISOString().slice(0, 16).replace("T", " ");
        process.stdout.write(`Restored ${countOf(total(rows), "row")} of the backup made ${made} UTC.\n`);
      }),
    );
};

export const migrateToOperation: Operation = (program, withStore) => {
  program
    .command("migrate-to")
    .description("copy everything into an empty PostgreSQL database, and check that all of it arrived")
    .argument("<url>", "postgresql://user:password@host/database, of a server of version 15 or later")
    .action((databaseUrl: string) =>
      withStore(async ({ store }) => {
        if (!/^postgres(ql)?:\/\//.test(databaseUrl))
          throw new UsageError(
            "This is no postgresql:// address. Write it as postgresql://user:password@host/database.",
          );
        const { rows } = await store.migrateTo(databaseUrl);
        process.stdout.write(
          `Copied and checked ${countOf(total(rows), "row")}. From now on start with DATABASE_URL set to that address; the old store is as it was.\n`,
        );
      }),
    );
};

function total(rows: Readonly<Record<string, number>>): number {
  return Object.values(rows).reduce((sum, count) => sum + count, 0);
}
