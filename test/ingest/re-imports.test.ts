import { describe, expect, test } from "vitest";
import { type ImportReport, importFiles } from "../../src/ingest/import-files.ts";
import { mappingPresets } from "../../src/ingest/mapping.ts";
import { whatCounts } from "../helpers/what-counts.ts";
import { ofEverySnapshot, openWorkspace, type TestWorkspace, writeText } from "../helpers/workspace.ts";

// Every import here is of three programs' files and one that a mapping reads.

/** Files by name, loaded together. */
type Export = Readonly<Record<string, readonly string[]>>;

const mapping = mappingPresets(
  `file: "payments*.csv"
source: bank
kind: payments
columns: { account: Payer, day: Booked, amount: Amount, currency: Currency, description: Text }
dates: dmy
decimal: ","
`,
  "bank.yaml",
);

const accountsHeader = "Id,Name,Industry,BillingCountry,OwnerId,Owner.Name";
const dealsHeader = "Id,AccountId,Name,StageName,Amount,CurrencyIsoCode,CloseDate,CreatedDate,OwnerId";
const companiesHeader = "Record ID,Company name,Industry,Company owner";
const hubspotDealsHeader =
  "Record ID,Deal Name,Deal Stage,Amount,Currency,Close Date,Associated Company IDs,Associated Company";
const ledgerHeader = "Invoice no;Date;Customer no;Customer;SKU;Description;Quantity;Unit price;Currency";
const paymentsHeader = "Payer;Booked;Amount;Currency;Text";

const january: Export = {
  "accounts.csv": [
    accountsHeader,
    "001000000000001,Alder GmbH,Retail,Germany,005000000000001,Ann Archer",
    "001000000000002,Birch AG,Mining,Austria,005000000000002,Bob Baker",
  ],
  "opportunities.csv": [
    dealsHeader,
    "006000000000001,001000000000001,Pumps,Closed Won,1000.00,EUR,2026-01-10,2025-12-01,005000000000001",
    "006000000000002,001000000000002,Hoses,Closed Won,500.00,EUR,2026-01-20,2025-12-10,005000000000002",
    "006000000000003,001000000000009,Valves,Negotiation,70.00,EUR,2026-03-01,2026-01-05,005000000000001",
  ],
  "companies.csv": [companiesHeader, "1,Cedar Ltd,Energy,Rita Reed", "2,Dogwood Inc,Energy,"],
  "deals.csv": [
    hubspotDealsHeader,
    "10,Filters,Closed Won,300.00,EUR,2026-01-15,1,",
    "11,Seals,Closed Won,40.00,EUR,2026-01-16,,dogwood inc",
    "12,Rings,Closed Won,9.00,EUR,2026-01-17,,Elm SA",
  ],
  "ledger.csv": [
    ledgerHeader,
    "I-1;2026-01-05;C1;Fir KG;P1;Pump;1;120.00;EUR",
    "I-1;2026-01-05;C1;Fir KG;P2;Hose;2;15.50;EUR",
    "I-1;2026-01-05;C1;Fir KG;P2;Hose;2;15.50;EUR",
    "I-2;2026-01-25;C2;Ginkgo SE;P1;Pump;3;120.00;EUR",
    "I-2;2026-01-25;C2;Ginkgo SE;P3;Valve;1;0;EUR",
  ],
  "payments.csv": [
    paymentsHeader,
    "Hazel BV;05.01.2026;1.190,00;EUR;Pond",
    "Hazel BV;05.01.2026;1.190,00;EUR;Pond",
    "Iris SpA;31.01.2026;-20,50;EUR;refund",
  ],
};

/** Overlaps January: corrected, added to, and with rows missing that January had. */
const february: Export = {
  "accounts.csv": [
    accountsHeader,
    "001000000000001,Alder Group,Retail,Germany,005000000000002,Bob Baker",
    "001000000000003,Juniper AB,Retail,Sweden,005000000000001,Ann Archer",
  ],
  "opportunities.csv": [
    dealsHeader,
    "006000000000002,001000000000002,Hoses,Closed Won,450.00,EUR,2026-01-20,2025-12-10,005000000000002",
    "006000000000003,001000000000003,Valves,Closed Won,70.00,EUR,2026-02-03,2026-01-05,005000000000001",
    "006000000000004,001000000000001,Gauges,Closed Won,soon,EUR,2026-02-04,2026-01-20,005000000000001",
  ],
  "companies.csv": [companiesHeader, "1,Cedar Ltd,Enregy,Rita Reed", "3,Elm SA,Energy,Sam Sand"],
  "deals.csv": [
    hubspotDealsHeader,
    "10,Filters,Closed Lost,300.00,EUR,2026-01-15,1,",
    "12,Rings,Closed Won,9.00,EUR,2026-01-17,,Elm SA",
    "13,Belts,Closed Won,25.00,EUR,2026-02-11,1,",
  ],
  "ledger.csv": [
    ledgerHeader,
    "I-1;2026-01-05;C1;Fir KG;P1;Pump;1;120.00;EUR",
    "I-1;2026-01-05;C1;Fir KG;P2;Hose;2;15.50;EUR",
    "I-3;2026-02-02;C1;Fir KG;P9;Tank;1;2000.00;EUR",
  ],
  "payments.csv": [
    paymentsHeader,
    "Hazel BV;05.01.2026;1.190,00;EUR;Pond",
    "Juniper AB;20.02.2026;77,00;EUR;Reeds",
  ],
};

/** Partly as in January again, partly new. */
const march: Export = {
  "accounts.csv": [
    accountsHeader,
    "001000000000002,Birch AG,Mining,Austria,005000000000001,Ann Archer",
    "001000000000003,Juniper AB,Retail,Norway,005000000000001,Ann Archer",
  ],
  "opportunities.csv": [
    dealsHeader,
    "006000000000001,001000000000001,Pumps,Closed Won,1000.00,EUR,2026-01-10,2025-12-01,005000000000001",
    "006000000000002,001000000000002,Hoses,Closed Won,500.00,EUR,2026-01-20,2025-12-10,005000000000002",
    "006000000000005,001000000000003,Wheels,Closed Won,810.00,EUR,2026-03-09,2026-02-20,005000000000001",
  ],
  "companies.csv": [companiesHeader, "1,Cedar Ltd,Energy,Rita Reed"],
  "deals.csv": [
    hubspotDealsHeader,
    "10,Filters,Closed Won,300.00,EUR,2026-01-15,1,",
    "13,Belts,Closed Won,25.00,EUR,2026-02-11,1,",
  ],
  "ledger.csv": [
    ledgerHeader,
    "I-1;2026-01-05;C1;Fir KG;P2;Hose;2;15.50;EUR",
    "I-2;2026-01-25;C2;Ginkgo SE;P1;Pump;3;120.00;EUR",
    "I-4;2026-03-02;C2;Ginkgo SE;P1;Pump;1;125.00;EUR",
  ],
  "payments.csv": [
    paymentsHeader,
    "Iris SpA;31.01.2026;-20,50;EUR;refund",
    "Iris SpA;01.03.2026;90,00;EUR;Ink",
  ],
};

function load(workspace: TestWorkspace, files: Export, dryRun = false): Promise<ImportReport> {
  return importFiles({
    store: workspace.store,
    workspaceId: workspace.id,
    files: Object.entries(files).map(([name, lines]) => writeText(name, [...lines, ""].join("\n"))),
    mapping,
    dryRun,
    now: () => new Date("2026-10-31T12:00:00Z"),
  });
}

async function storeOf(...exports: readonly Export[]) {
  const workspace = await openWorkspace();
  const reports: ImportReport[] = [];
  for (const files of exports) reports.push(await load(workspace, files));
  return { workspace, reports };
}

function contentOf({ id, reads }: TestWorkspace) {
  return whatCounts(id, reads);
}

async function undo({ store, id }: TestWorkspace, report: ImportReport | undefined): Promise<void> {
  for (const { importId } of report?.sources ?? [])
    await store.undoImport(id, importId, { startedBy: "Ann" });
  await store.refresh(await store.ensureWorkspace(id), { now: new Date("2026-10-31T12:00:00Z") });
}

function only(files: Export, ...names: readonly string[]): Export {
  return Object.fromEntries(Object.entries(files).filter(([name]) => names.includes(name)));
}

/** Added, changed and unchanged rows of every kind, over all sources. */
function written(report: ImportReport) {
  const sum = (pick: "added" | "changed" | "unchanged") =>
    report.sources.reduce(
      (total, source) => total + Object.values(source.written).reduce((rows, each) => rows + each[pick], 0),
      0,
    );
  return { added: sum("added"), changed: sum("changed"), unchanged: sum("unchanged") };
}

describe("files that come again", () => {
  test("as they were: nothing is written but the import itself", async () => {
    const { workspace, reports } = await storeOf(january);
    const before = await workspace.dump();
    const again = await load(workspace, january);
    expect(reports.map(written)).toEqual([{ added: 18, changed: 0, unchanged: 0 }]);
    expect(written(again)).toEqual({ added: 0, changed: 0, unchanged: 18 });
    expect(again.sources.map(({ replaced, vanished }) => [replaced, vanished])).toEqual(
      again.sources.map(() => [0, []]),
    );
    expect(again.snapshot?.changed).toBe(0);
    const after = await workspace.dump();
    for (const own of ["import", "import_issue", "sighting", "workspace", ...ofEverySnapshot])
      for (const dump of [before, after]) Reflect.deleteProperty(dump, own);
    expect(after).toEqual(before);
  });

  test("corrected and overlapping: each row counts once, as it came last", async () => {
    const { workspace, reports } = await storeOf(january, february);
    const bySource = new Map(reports[1]?.sources.map((source) => [source.source, source]));
    expect(bySource.get("Salesforce")?.written).toMatchObject({
      account: { added: 1, changed: 1, unchanged: 0 },
      opportunity: { added: 0, changed: 2, unchanged: 0 },
    });
    expect(bySource.get("Salesforce")?.rejected).toMatchObject([
      { file: "opportunities.csv", line: 4, column: "Amount", value: "soon" },
    ]);
    expect(bySource.get("HubSpot")?.written).toMatchObject({
      account: { added: 1, changed: 1, unchanged: 0 },
      // One of them now belongs to an account that has a row of its own.
      opportunity: { added: 1, changed: 2, unchanged: 0 },
    });
    // The second of two equal lines of I-1 is gone from it.
    expect(bySource.get("Ledger")).toMatchObject({
      written: { invoice: { added: 1, changed: 0, unchanged: 2 } },
      replaced: 1,
    });
    expect(bySource.get("bank")).toMatchObject({
      written: { payment: { added: 1, changed: 0, unchanged: 1 } },
      replaced: 1,
    });
    const { rows } = await workspace.reads.standings(await workspace.snapshot(), {}, { offset: 0 });
    expect(rows.map(({ account, value }) => [account, value])).toEqual([
      ["Fir KG", 215_100],
      ["Hazel BV", 119_000],
      ["Alder Group", 100_000],
      ["Birch AG", 45_000],
      ["Ginkgo SE", 36_000],
      ["Juniper AB", 7_700],
      ["Dogwood Inc", 4_000],
      ["Cedar Ltd", 2_500],
      ["Elm SA", 900],
      ["Iris SpA", -2_050],
    ]);
  });

  test("without rows that they had: those are reported, by name, and stay", async () => {
    const { workspace, reports } = await storeOf(january, february);
    const vanished = reports[1]?.sources.flatMap(({ source, vanished: all }) =>
      all.map(({ of, rows, examples }) => [source, of, rows, examples]),
    );
    expect(vanished).toEqual([
      ["Salesforce", "account_record", 1, ["Birch AG"]],
      ["HubSpot", "account_record", 1, ["Dogwood Inc"]],
      ["HubSpot", "opportunity", 1, ["Seals"]],
      ["Ledger", "ledger_entry", 2, ["I-2 2026-01-25", "I-2 2026-01-25"]],
      ["bank", "ledger_entry", 1, ["refund 2026-01-31"]],
    ]);
    const { rows } = await workspace.reads.standings(await workspace.snapshot(), {}, { offset: 0 });
    expect(rows.map(({ account }) => account)).toEqual(
      expect.arrayContaining(["Birch AG", "Dogwood Inc", "Ginkgo SE", "Iris SpA"]),
    );
  });

  test("after the customers they name have got rows of their own: nothing counts twice", async () => {
    const customers = mappingPresets(
      `- file: "payments*.csv"
  source: bank
  kind: payments
  columns: { account: Payer, day: Booked, amount: Amount, currency: Currency, description: Text }
  dates: dmy
  decimal: ","
- file: "payers.csv"
  source: bank
  kind: accounts
  columns: { id: Number, name: Payer }
`,
      "bank.yaml",
    );
    const workspace = await openWorkspace();
    const payments = writeText("payments.csv", `${january["payments.csv"]?.join("\n")}\n`);
    const payers = writeText("payers.csv", "Number,Payer\n7,Hazel BV\n8,Iris SpA\n");
    for (const files of [[payments], [payers], [payments]])
      await importFiles({
        store: workspace.store,
        workspaceId: workspace.id,
        files,
        mapping: customers,
        now: () => new Date("2026-10-31T12:00:00Z"),
      });
    const { rows } = await workspace.reads.standings(await workspace.snapshot(), {}, { offset: 0 });
    expect(rows.map(({ account, value }) => [account, value])).toEqual([
      ["Hazel BV", 238_000],
      ["Iris SpA", -2_050],
    ]);
  });
});

describe("an undone import is as if it had never been loaded", () => {
  test.each([
    ["the first", 0],
    ["the middle one", 1],
    ["the last", 2],
  ])("%s", async (_, index) => {
    const all = [january, february, march];
    const { workspace, reports } = await storeOf(...all);
    await undo(workspace, reports[index]);
    const left = await storeOf(...all.filter((__, at) => at !== index));
    expect(await contentOf(workspace)).toEqual(await contentOf(left.workspace));
  });

  test("and all of them leave nothing; loaded again they count again", async () => {
    const { workspace, reports } = await storeOf(january, february);
    const before = await contentOf(workspace);
    for (const report of reports) await undo(workspace, report);
    const { rows } = await contentOf(workspace);
    expect(Object.values(rows).flat()).toEqual([]);
    await load(workspace, january);
    await load(workspace, february);
    expect(await contentOf(workspace)).toEqual(before);
  });
});

describe("a dry run", () => {
  const comparable = ({ sources, currency, currencyAssumed }: ImportReport) => ({
    ...{ currency, currencyAssumed },
    sources: sources.map(({ importId: _, ...source }) => source),
  });

  test("of the first files leaves nothing at all behind, and reports what the import then does", async () => {
    const workspace = await openWorkspace();
    const dry = await load(workspace, january, true);
    expect([dry.dryRun, dry.snapshot]).toEqual([true, undefined]);
    expect(Object.values(await workspace.dump()).flat()).toEqual([]);
    expect(comparable(await load(workspace, january))).toEqual(comparable(dry));
  });

  test.each([
    ["of corrected files", february],
    ["of the same files", january],
    ["of one source", only(march, "ledger.csv")],
  ])("%s changes nothing, and reports what the import then does", async (_, files) => {
    const { workspace } = await storeOf(january);
    const before = await workspace.dump();
    const dry = await load(workspace, files, true);
    expect(await workspace.dump()).toEqual(before);
    expect(comparable(await load(workspace, files))).toEqual(comparable(dry));
  });

  test("after an undo changes nothing either", async () => {
    const { workspace, reports } = await storeOf(january, february);
    await undo(workspace, reports[0]);
    const before = await workspace.dump();
    await load(workspace, march, true);
    await load(workspace, january, true);
    expect(await workspace.dump()).toEqual(before);
  });
});
