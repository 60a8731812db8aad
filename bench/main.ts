// `npm run bench`: how fast Portfolio is on this machine, always beside a peer or a floor of the same run, since
// milliseconds of one machine say nothing about another.
import { availableParallelism, loadavg } from "node:os";
import { measureCharts } from "./charts.ts";
import { commandsMeasure } from "./commands.ts";
import { digestsMeasure } from "./digests.ts";
import { importsMeasure } from "./imports.ts";
import { measureModels } from "./models.ts";
import { OptionsError, parseOptions, usage } from "./options.ts";
import { createPortfolios } from "./portfolios.ts";
import { type Report, renderMachine, renderTable, reportAsJson, type Table } from "./report.ts";
import { runParts } from "./run-parts.ts";
import { startsMeasure } from "./starts.ts";
import { createStores, withClient } from "./stores.ts";
import { measureWin } from "./win.ts";

const tell = (sentence: string) => void process.stderr.write(`${sentence}\n`);

process.exitCode = await run().catch((error: unknown) => {
  tell(error instanceof Error ? error.message : String(error));
  if (!(error instanceof OptionsError)) return 1;
  tell(usage);
  return 2;
});

async function run(): Promise<number> {
  const options = parseOptions(process.argv.slice(2), process.env);
  const { serverUrl, json } = options;
  if (serverUrl === undefined)
    tell(
      "No PostgreSQL server: measuring the embedded store with 400 accounts. `.ci/with-postgres npm run bench` has one.",
    );
  const print = (text: string) => void (json || process.stdout.write(text));
  const stores = createStores(serverUrl);
  // Children end with us; databases have to be removed.
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.once(signal, () => void stores.close().finally(() => process.exit(130)));
  const portfolios = createPortfolios(stores, options, tell);
  const measures = {
    import: importsMeasure(stores, portfolios),
    commands: commandsMeasure(portfolios),
    charts: measureCharts,
    models: measureModels,
    win: measureWin,
    digests: digestsMeasure(stores),
    start: startsMeasure(portfolios),
  };
  try {
    const about = await machine(serverUrl);
    print(renderMachine(about));
    const show = (table: Table) => print(renderTable(table));
    const { tables, isWhole } = await runParts(options, measures, { tell, show });
    if (json) process.stdout.write(reportAsJson({ machine: about, tables }));
    return isWhole ? 0 : 1;
  } finally {
    await stores.close();
  }
}

async function machine(serverUrl: string | undefined): Promise<Report["machine"]> {
  return {
    processors: availableParallelism(),
    // Above nought, others use them too, and only what stands beside a peer says something.
    "load before": Number((loadavg()[0] ?? 0).toFixed(1)),
    node: process.versions.node,
    store: serverUrl === undefined ? "embedded" : `PostgreSQL ${await serverVersion(serverUrl)}`,
    on: new Date().toISOString().slice(0, 10),
  };
}

async function serverVersion(serverUrl: string): Promise<string> {
  const version = await withClient(serverUrl, (client) =>
    client.query<{ server_version: string }>("SHOW server_version"),
  );
  return version.rows[0]?.server_version ?? "";
}
