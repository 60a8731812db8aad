import { join } from "node:path";
import type pg from "pg";
import { importFiles } from "../src/ingest/import-files.ts";
import type { Store } from "../src/store/store.ts";
import { workspaceId } from "./bots.ts";
import { elapsed } from "./elapsed.ts";
import { bareAggregation, bareInsert } from "./floors.ts";
import { type LedgerRow, ledgerRows, writeLedger } from "./ledger.ts";
import { type Portfolios, refreshPortfolio } from "./portfolios.ts";
import type { Column, Row } from "./report.ts";
import type { Measure } from "./run-parts.ts";
import { seedNewFacts } from "./seed.ts";
import { median } from "./statistics.ts";
import { type OwnStore, type Stores, withClient } from "./stores.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const columns: readonly Column[] = [
  { key: "what", title: "seconds" },
  { key: "rows", title: "rows" },
  { key: "took", title: "took", digits: 2 },
  { key: "per100000", title: "per 100,000", digits: 2 },
  { key: "bare", title: "bare SQL", digits: 2 },
  { key: "ratio", title: "× bare SQL", digits: 1 },
];

/** What was timed once, in milliseconds, beside the bare SQL of the same run. */
interface Timed {
  readonly what: string;
  readonly rows: number;
  readonly ms: number;
  readonly bareMs: number;
}

/** Imports into an empty store and refreshes, and refreshes of whole portfolios. */
export function importsMeasure(stores: Stores, portfolios: Portfolios): Measure {
  return async ({ importRows, repeats, accounts }, { tell, show }) => {
    const folder = temporaryFolder();
    const editions = await Promise.all([0, 1].map((edition) => writeEdition(folder, importRows, edition)));
    const timed: Timed[] = [];
    for (let repeat = 0; repeat < repeats; repeat += 1) {
      tell(`${importRows.toLocaleString("en-GB")} rows`);
      timed.push(...(await timeImports(stores, editions)));
    }
    show({
      title: "Import into an empty store, medians",
      columns,
      rows: rowsOf(timed),
      notes: [aboutImports],
    });
    for (const size of accounts) {
      const title = `Refresh of ${size.toLocaleString("en-GB")} accounts`;
      show({ title, columns, rows: rowsOf(await timeRefresh(portfolios, size)), notes: [aboutRefresh] });
    }
  };
}

const aboutImports =
  "Bare SQL: the same rows written into a table without keys. An import reads and checks the file, compares every row with what is there and can be undone.";
const aboutRefresh = "Bare SQL: the same facts summed up by account into a temporary table.";

interface Edition {
  readonly path: string;
  readonly rows: readonly LedgerRow[];
}

async function writeEdition(folder: string, importRows: number, edition: number): Promise<Edition> {
  const path = join(folder, `ledger-${edition}.csv`);
  const rows = ledgerRows(importRows, edition);
  await writeLedger(path, rows);
  return { path, rows };
}

async function timeImports(stores: Stores, editions: readonly Edition[]): Promise<readonly Timed[]> {
  const [first, corrected] = editions;
  if (first === undefined || corrected === undefined) return [];
  const own = await stores.create();
  try {
    const rows = first.rows.length;
    const bareMs = await timeBare(own, (client) => bareInsert(client, first.rows));
    const load = (path: string) => timeImport(own.store, path);
    const fresh = await load(first.path);
    const bareRefreshMs = await timeBare(own, bareAggregation);
    const same = await load(first.path);
    const changed = await load(corrected.path);
    return [
      { what: "import, new rows", rows, ms: fresh.importMs, bareMs },
      { what: "import, the same file again", rows, ms: same.importMs, bareMs },
      { what: "import, every third row corrected", rows, ms: changed.importMs, bareMs },
      { what: "refresh after it", rows, ms: fresh.refreshMs, bareMs: bareRefreshMs },
    ];
  } finally {
    await own.close();
  }
}

/** On a connection that is there already, as the store's are. */
function timeBare({ databaseUrl }: OwnStore, work: (client: pg.Client) => Promise<void>): Promise<number> {
  return withClient(databaseUrl, async (client) => (await elapsed(() => work(client))).ms);
}

async function timeImport(
  store: Store,
  path: string,
): Promise<{ readonly importMs: number; readonly refreshMs: number }> {
  let refreshMs = 0;
  const timedStore: Store = {
    ...store,
    refresh: async (...request) => {
      const { result, ms } = await elapsed(() => store.refresh(...request));
      refreshMs += ms;
      return result;
    },
  };
  const { ms } = await elapsed(() =>
    importFiles({ store: timedStore, workspaceId, files: [path], now: () => new Date() }),
  );
  return { importMs: ms - refreshMs, refreshMs };
}

async function timeRefresh(portfolios: Portfolios, size: number): Promise<readonly Timed[]> {
  const portfolio = await portfolios(size);
  const { facts: rows, firstRefreshMs } = portfolio;
  const bareMs = await timeBare(portfolio, bareAggregation);
  const again = await elapsed(() => refreshPortfolio(portfolio));
  await seedNewFacts(portfolio.databaseUrl, workspaceId, Math.ceil(rows / 100));
  const after = await elapsed(() => refreshPortfolio(portfolio));
  return [
    { what: "first, every standing is new", rows, ms: firstRefreshMs, bareMs },
    { what: "again, nothing changed", rows, ms: again.ms, bareMs },
    { what: "after 1 % new facts", rows, ms: after.ms, bareMs },
  ];
}

function rowsOf(timed: readonly Timed[]): readonly Row[] {
  return [...new Set(timed.map(({ what }) => what))].map((what) => {
    const own = timed.filter((each) => each.what === what);
    const rows = own[0]?.rows ?? 0;
    const took = (median(own.map(({ ms }) => ms)) ?? 0) / 1000;
    const bare = (median(own.map(({ bareMs }) => bareMs)) ?? 0) / 1000;
    return { what, rows, took, per100000: (took / rows) * 100_000, bare, ratio: took / bare };
  });
}
