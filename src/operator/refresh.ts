import { isDay } from "../core/calendar.ts";
import { UsageError } from "../usage-error.ts";
import type { Operation } from "./operation.ts";

export const refreshOperation: Operation = (program, withStore) => {
  program
    .command("refresh")
    .description("compute the portfolio anew from what is imported")
    .option("--as-of <day>", "the last day that counts, YYYY-MM-DD; the newest fact's without it")
    .option("--json", "print the snapshot as JSON")
    .action(({ asOf, json }: { asOf?: string; json?: boolean }) =>
      withStore(async ({ store, workspaceId }) => {
        if (asOf !== undefined && !isDay(asOf))
          throw new UsageError(`--as-of ${asOf} is not a day. Write it as YYYY-MM-DD.`);
        const workspace = await store.workspace(workspaceId);
        const day = asOf === undefined ? {} : { asOf };
        const done = workspace && (await store.refresh(workspace, { now: new Date(), ...day }));
        if (!done) throw new UsageError("There is nothing to compute: import files first.");
        process.stdout.write(
          json
            ? `${JSON.stringify(done)}\n`
            : `Snapshot ${done.snapshot}, as of ${done.asOf}: ${done.totals.accounts} accounts with a tier, ${done.changed} changed.\n`,
        );
      }),
    );
};
