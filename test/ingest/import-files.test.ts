import { appendFileSync } from "node:fs";
import { describe, expect, test, vi } from "vitest";
import { type ImportReport, importFiles } from "../../src/ingest/import-files.ts";
import { ImportBusy } from "../../src/store/import-turn.ts";
import { FileFault } from "../../src/tables/file-fault.ts";
import { UsageError } from "../../src/usage-error.ts";
import {
  accountId,
  company,
  deal,
  type Exports,
  ofEverySnapshot,
  openWorkspace,
  rawRows,
  repId,
  type TestWorkspace,
  user,
  writeExports,
  writeText,
} from "../helpers/workspace.ts";

const window = { after: "2024-01-01", until: "2026-12-31" };

const portfolio: Exports = {
  companies: [
    company("1", "Acme", { Industry: "Mining", "Company owner": "Rita Reed" }),
    company("2", "Borealis", { Industry: "Retail" }),
  ],
  users: [user("Rita Reed", "rita@example.com", "North")],
  deals: [
    deal("10", "1", "100.00", "2026-03-01", { Product: "Pump", "Deal owner": "Rita Reed" }),
    deal("11", "1", "50.00", "2026-04-01"),
    deal("20", "2", "30.00", "2026-05-01"),
  ],
};

function writtenBy(report: ImportReport) {
  return report.sources[0]?.written;
}

async function totals(workspace: TestWorkspace) {
  const { workspace: whole, ...visible } = await workspace.reads.totals(await workspace.snapshot());
  if (!whole) throw new RangeError("an operator sees everything");
  return { ...visible, ...whole };
}

async function values(workspace: TestWorkspace): Promise<Readonly<Record<string, number>>> {
  return Object.fromEntries([...(await workspace.standings())].map(([id, { value }]) => [id, value]));
}

async function purchases(workspace: TestWorkspace, companyId: string) {
  return workspace.reads.purchases(await workspace.snapshot(), accountId(companyId), window, 100);
}

describe("the same files again", () => {
  test("change nothing and give no new standings", async () => {
    const workspace = await openWorkspace();
    const first = await workspace.import(portfolio);
    const before = await workspace.dump();
    const second = await workspace.import(portfolio);
    expect(writtenBy(first)).toMatchObject({
      account: { added: 2, changed: 0, unchanged: 0, repeated: 0 },
      rep: { added: 1, changed: 0, unchanged: 0, repeated: 0 },
      product: { added: 0, changed: 0, unchanged: 0, repeated: 0 },
      opportunity: { added: 3, changed: 0, unchanged: 0, repeated: 0 },
    });
    expect(writtenBy(second)).toMatchObject({
      account: { added: 0, changed: 0, unchanged: 2, repeated: 0 },
      rep: { added: 0, changed: 0, unchanged: 1, repeated: 0 },
      product: { added: 0, changed: 0, unchanged: 0, repeated: 0 },
      opportunity: { added: 0, changed: 0, unchanged: 3, repeated: 0 },
    });
    expect(second.snapshot?.changed).toBe(0);
    const rows: Record<string, unknown> = { ...(await workspace.dump()) };
    for (const table of ["import", "sighting", "workspace", ...ofEverySnapshot]) delete rows[table];
    expect(rows).toEqual(Object.fromEntries(Object.keys(rows).map((table) => [table, before[table]])));
  });

  test("change nothing when two of them disagree about a row: the later file counts, every time", async () => {
    const workspace = await openWorkspace();
    const [old = "", recent = ""] = [
      writeExports({ deals: [deal("10", "1", "100.00", "2026-03-01")] }),
      writeExports({
        deals: [deal("10", "1", "70.00", "2026-03-01"), deal("11", "1", "5.00", "2026-03-02")],
      }),
    ].flat();
    const first = await workspace.importPaths([old, recent], "EUR");
    expect(writtenBy(first)?.opportunity).toEqual({ added: 2, changed: 0, unchanged: 0, repeated: 1 });
    expect(await values(workspace)).toEqual({ 1: 7_500 });
    for (const _ of [1, 2]) {
      const again = await workspace.importPaths([old, recent], "EUR");
      expect(await values(workspace)).toEqual({ 1: 7_500 });
      expect(again.snapshot?.changed).toBe(0);
      expect(writtenBy(again)?.opportunity).toEqual({ added: 0, changed: 0, unchanged: 2, repeated: 1 });
    }
    await workspace.importPaths([recent, old], "EUR");
    expect(await values(workspace)).toEqual({ 1: 10_500 });
  });

  test("change nothing when rows stand in another order", async () => {
    const workspace = await openWorkspace();
    await workspace.import(portfolio);
    const again = await workspace.import({
      companies: [...(portfolio.companies ?? [])].reverse(),
      deals: [...(portfolio.deals ?? [])].reverse(),
    });
    expect(again.snapshot?.changed).toBe(0);
    expect(writtenBy(again)?.opportunity.unchanged).toBe(3);
  });
});

describe("a corrected export", () => {
  test("updates: the old version counts no more", async () => {
    const workspace = await openWorkspace();
    await workspace.import(portfolio);
    const report = await workspace.import({
      companies: [company("1", "Acme Group", { Industry: "Energy" })],
      deals: [deal("10", "1", "20.00", "2026-03-01", { "Deal Name": "Corrected" })],
    });
    expect(writtenBy(report)?.opportunity).toEqual({ added: 0, changed: 1, unchanged: 0, repeated: 0 });
    expect(writtenBy(report)?.account).toEqual({ added: 0, changed: 1, unchanged: 0, repeated: 0 });
    expect(await values(workspace)).toEqual({ 1: 7_000, 2: 3_000 });
    expect((await purchases(workspace, "1")).map(({ name, value }) => [name, value])).toEqual([
      ["Deal 11", 5_000],
      ["Corrected", 2_000],
    ]);
    const detail = await workspace.reads.account(await workspace.snapshot(), accountId("1"));
    expect([detail?.name, detail?.industry, detail?.owner]).toEqual(["Acme Group", "Energy", undefined]);
  });

  test("moves a deal to another account, and back", async () => {
    const workspace = await openWorkspace();
    await workspace.import(portfolio);
    await workspace.import({ deals: [deal("10", "2", "100.00", "2026-03-01")] });
    expect(await values(workspace)).toEqual({ 1: 5_000, 2: 13_000 });
    await workspace.import(portfolio);
    expect(await values(workspace)).toEqual({ 1: 15_000, 2: 3_000 });
  });

  test("of a row that stands twice in it, the last one counts", async () => {
    const workspace = await openWorkspace();
    const report = await workspace.import({
      deals: [deal("10", "1", "1.00", "2026-03-01"), deal("10", "1", "2.00", "2026-03-01")],
    });
    expect(writtenBy(report)?.opportunity).toEqual({ added: 1, changed: 0, unchanged: 0, repeated: 1 });
    expect(await values(workspace)).toEqual({ 1: 200 });
  });

  test("leaves what it does not mention as it is", async () => {
    const workspace = await openWorkspace();
    await workspace.import(portfolio);
    await workspace.import({ deals: [deal("12", "2", "1.00", "2026-05-02")] });
    expect(await values(workspace)).toEqual({ 1: 15_000, 2: 3_100 });
  });
});

describe("facts and dimension rows", () => {
  test("a mention never replaces a description and is replaced by one", async () => {
    const workspace = await openWorkspace();
    const mention = {
      deals: [
        deal("10", "1", "9.00", "2026-03-01", {
          "Associated Company": "acme (crm)",
          "Deal owner": "Rita Reed",
        }),
      ],
    };
    const nameOf = async () => (await workspace.reads.labels([accountId("1")])).get(accountId("1"))?.name;
    await workspace.import(mention);
    expect(await nameOf()).toBe("acme (crm)");
    await workspace.import({
      companies: [company("1", "Acme")],
      users: [user("Rita Reed", "r@example.com")],
    });
    expect(await nameOf()).toBe("Acme");
    await workspace.import(mention);
    expect(await nameOf()).toBe("Acme");
    expect((await workspace.reads.reps()).map(({ email }) => email)).toEqual(["r@example.com"]);
  });

  test("a description that says no more than the mention is a description", async () => {
    const workspace = await openWorkspace();
    await workspace.import({
      deals: [deal("10", "1", "9.00", "2026-03-01", { "Associated Company": "Acme" })],
    });
    await workspace.import({ companies: [company("1", "Acme")] });
    // Only a described account is found by name.
    await workspace.import({
      deals: [deal("11", "", "1.00", "2026-03-02", { "Associated Company": "ACME" })],
    });
    expect(await values(workspace)).toEqual({ 1: 1_000 });
  });

  test("may come in any order, in one import and in several", async () => {
    const [together, apart] = [await openWorkspace(), await openWorkspace()];
    // Dimension rows are written last and the paths given in that order.
    await together.import(portfolio);
    await apart.import({ deals: portfolio.deals ?? [] });
    await apart.import({ users: portfolio.users ?? [] });
    await apart.import({ companies: portfolio.companies ?? [] });
    expect(await values(apart)).toEqual(await values(together));
    const [one, other] = await Promise.all(
      [together, apart].map(async ({ reads, snapshot }) => {
        const { standing: _, ...detail } = (await reads.account(await snapshot(), accountId("1"))) ?? {};
        return detail;
      }),
    );
    expect(other).toEqual(one);
    expect(one).toMatchObject({ name: "Acme", owner: { name: "Rita Reed", team: "North" } });
  });

  test("deals linked by name only belong to the one account of that name", async () => {
    const workspace = await openWorkspace();
    const byName = (id: string, name: string) =>
      deal(id, "", "1.00", "2026-03-01", { "Associated Company": name });
    await workspace.import({
      companies: [company("1", "GTX Pro"), company("2", "Borealis")],
      deals: [
        byName("10", "gtxpro"),
        byName("11", "GTX  Pro"),
        byName("12", "Unheard Of"),
        byName("13", "unheard of"),
      ],
    });
    expect(await values(workspace)).toEqual({ 1: 200, "name:unheard of": 200 });
    const { match } = await workspace.reads.findAccounts("Unheard of");
    expect(match?.name).toMatch(/unheard of/i);
  });

  test("a name that several accounts have is not assigned, and said", async () => {
    const workspace = await openWorkspace();
    const report = await workspace.import({
      companies: [company("1", "Acme"), company("2", "ACME"), company("3", "Borealis")],
      deals: [
        deal("10", "", "1.00", "2026-03-01", { "Associated Company": "acme" }),
        deal("11", "", "2.00", "2026-03-01", { "Associated Company": "acme" }),
        deal("12", "", "4.00", "2026-03-01", { "Associated Company": "borealis" }),
      ],
    });
    expect(await values(workspace)).toEqual({ 3: 400 });
    expect(report.sources[0]?.opportunitiesWithoutAccount).toBe(2);
    expect(report.sources[0]?.suspects).toContainEqual({
      column: "account",
      value: "acme",
      rows: 2,
      reason: "several accounts have this name; not assigned",
    });
    expect((await totals(workspace)).withoutAccount).toEqual({
      opportunities: 2,
      won: 2,
      wonValue: 300,
    });
  });

  test("names without a letter or digit are not all one name", async () => {
    const workspace = await openWorkspace();
    await workspace.import({
      companies: [company("1", "☃"), company("2", "Borealis")],
      deals: [
        deal("10", "", "1.00", "2026-03-01", { "Associated Company": "★" }),
        deal("11", "1", "2.00", "2026-03-01"),
      ],
    });
    expect(await values(workspace)).toEqual({ 1: 200, "name:★": 100 });
  });
});

describe("what is wrong with a file", () => {
  test("ragged and bad rows are rejected with line and reason, the rest is loaded", async () => {
    const workspace = await openWorkspace();
    const path = writeText(
      "deals.csv",
      [
        "Record ID,Deal Name,Deal Stage,Amount,Close Date,Associated Company IDs",
        "10,Good,Closed Won,100.00,2026-03-01,1",
        "11,Too short,Closed Won",
        "12,Bad amount,Closed Won,lots,2026-03-01,1",
        '13,"Two',
        'lines",Closed Won,5.00,2026-03-01,1',
        "14,No such day,Closed Won,5.00,2026-02-30,1",
        ",No id,Closed Won,5.00,2026-03-01,1",
        "15,No day,Closed Won,5.00,,1",
        "16,Good too,Closed Won,1.00,2026-03-01,1",
        "",
      ].join("\n"),
    );
    const report = await workspace.importPaths([path], "EUR");
    const [source] = report.sources;
    expect(source?.rejected.map(({ line, column, value, reason }) => [line, column, value, reason])).toEqual([
      [3, undefined, undefined, "3 cells where the header has 6"],
      [4, "Amount", "lots", "not an amount: write it as 12500.00"],
      [7, "Close Date", "2026-02-30", "there is no 2026-02-30 in the calendar"],
      [8, "Record ID", "", "is missing"],
      [9, "Close Date", "", "is missing: a won deal counts from a day on"],
    ]);
    expect(source?.files).toEqual([
      {
        file: "deals.csv",
        recognisedAs: "HubSpot deals",
        notes: [],
        read: 8,
        kept: 3,
        leftOut: 0,
        rejected: 5,
        customColumns: [],
      },
    ]);
    expect(await values(workspace)).toEqual({ 1: 10_600 });
    const stored = await rawRows(
      `SELECT line, "column", value, reason, file, kind::text, rows FROM import_issue
       WHERE workspace_id = $1 AND kind = 'rejected' ORDER BY ordinal`,
      [workspace.id],
    );
    expect(stored).toEqual(
      source?.rejected.map((issue) => ({
        ...issue,
        column: issue.column ?? null,
        value: issue.value ?? null,
      })),
    );
  });

  test("more bad rows than are kept in detail are still counted", async () => {
    const workspace = await openWorkspace();
    const rows = Array.from({ length: 10_050 }, (_, index) => deal(String(index), "1", "lots", "2026-03-01"));
    const report = await workspace.import({ deals: [...rows, deal("x", "1", "1.00", "2026-03-01")] });
    expect(report.sources[0]?.files[0]).toMatchObject({ read: 10_051, kept: 1, rejected: 10_050 });
    expect(report.sources[0]?.rejected).toHaveLength(10_000);
    const [stored] = await rawRows("SELECT count(*)::int AS rows FROM import_issue WHERE workspace_id = $1", [
      workspace.id,
    ]);
    expect(stored?.rows).toBeGreaterThanOrEqual(10_000);
    expect(await values(workspace)).toEqual({ 1: 100 });
  });

  test.each([
    ["unknown columns", "Pond,Depth\nDuck,2\n", /not recognised: its columns are Pond, Depth/],
    ["a column missing", "Record ID,Deal Name,Deal Stage,Close Date\n1,a,b,2026-01-01\n", /no column Amount/],
    ["nothing in it", "", /empty/],
    ["binary data", "PK\u0003\u0004rest", /zip archive/],
  ])("a file with %s is refused before anything is written", async (_, text, message) => {
    const workspace = await openWorkspace();
    await workspace.import(portfolio);
    const before = await workspace.dump();
    const good = writeExports({ deals: [deal("99", "1", "1.00", "2026-05-05")] });
    const refused = workspace.importPaths([...good, writeText("pond.csv", text)], "EUR");
    await expect(refused).rejects.toBeInstanceOf(FileFault);
    await expect(refused).rejects.toThrow(message);
    expect(await workspace.dump()).toEqual(before);
  });

  test("a fault that shows late in a file takes everything back", async () => {
    const workspace = await openWorkspace();
    await workspace.import(portfolio);
    const before = await workspace.dump();
    const rows = Array.from(
      { length: 12_000 },
      (_, row) => `${row},D,Closed Won,1.00,2026-03-01,1,new ${row}`,
    );
    const path = writeText(
      "deals.csv",
      ["Record ID,Deal Name,Deal Stage,Amount,Close Date,Associated Company IDs,Product", ...rows, ""].join(
        "\n",
      ),
    );
    let spoilt = false;
    const refused = importFiles({
      store: workspace.store,
      workspaceId: workspace.id,
      files: [path],
      now: () => new Date(),
      progress: () => {
        // Somebody writes to the file while it is being loaded.
        if (!spoilt) appendFileSync(path, Buffer.from([0xff, 0xfe, 0xff]));
        spoilt = true;
      },
    });
    await expect(refused).rejects.toBeInstanceOf(FileFault);
    expect(spoilt).toBe(true);
    expect(await workspace.dump()).toEqual(before);
    expect(writtenBy(await workspace.import(portfolio))?.opportunity.unchanged).toBe(3);
  });

  test("a currency that is none is the person's mistake", async () => {
    const workspace = await openWorkspace();
    await expect(workspace.import(portfolio, "EURO")).rejects.toBeInstanceOf(UsageError);
    expect(await workspace.store.workspace(workspace.id)).toBeUndefined();
  });
});

describe("what is not counted is said", () => {
  test("opportunities without an account", async () => {
    const workspace = await openWorkspace();
    const report = await workspace.import({
      deals: [
        deal("10", "1", "1.00", "2026-03-01"),
        deal("11", "", "2.00", "2026-03-01"),
        deal("12", "", "4.00", "2026-03-01", { "Deal Stage": "Closed Lost" }),
        deal("13", "", "8.00", "2026-03-01", { Currency: "USD" }),
      ],
    });
    expect(report.sources[0]?.opportunitiesWithoutAccount).toBe(3);
    expect(await totals(workspace)).toMatchObject({
      opportunities: 4,
      withoutAccount: { opportunities: 3, won: 2, wonValue: 200 },
      value: 100,
    });
  });

  test("amounts in another currency, and no amount at all", async () => {
    const workspace = await openWorkspace();
    const access = await workspace.store.access({ workspaceId: workspace.id, standing: "operator" });
    await workspace.store.decisions(access).changeSettings({ currency: "EUR" });
    await workspace.import({
      deals: [
        deal("10", "1", "1.00", "2026-03-01"),
        deal("11", "1", "2.00", "2026-03-01", { Currency: "USD" }),
        deal("12", "2", "300", "2026-03-01", { Currency: "JPY" }),
        deal("13", "2", "500", "2026-03-01", { Currency: "JPY" }),
        deal("14", "2", "9.00", "2026-03-01", { Currency: "USD", "Deal Stage": "Closed Lost" }),
        deal("15", "3", "", "2026-03-01"),
      ],
    });
    expect(await totals(workspace)).toMatchObject({
      withoutRate: [
        { currency: "JPY", facts: 2, amount: 800 },
        { currency: "USD", facts: 1, amount: 200 },
      ],
      withoutAmount: 1,
      value: 100,
      prospects: 2,
    });
    expect(await values(workspace)).toEqual({ 1: 100 });
  });

  test("a currency that was only assumed gives way to the one that is then named", async () => {
    const workspace = await openWorkspace();
    const paths = writeExports({
      companies: [company("1", "Pond")],
      deals: [deal("1", "1", "70", "2026-01-01")],
    });
    expect(await workspace.importPaths(paths)).toMatchObject({ currency: "USD", currencyAssumed: true });
    expect(await workspace.importPaths(paths, "EUR")).toMatchObject({
      currencyAssumed: false,
      snapshot: { accounts: 1 },
    });
    expect((await workspace.snapshot()).currency).toBe("EUR");
    expect((await workspace.standings()).get("1")).toMatchObject({ value: 7_000 });
  });

  test("a currency that sales are in stays the workspace's", async () => {
    const workspace = await openWorkspace();
    const sale = (id: string) => ({
      companies: [company("1", "Pond")],
      deals: [deal(id, "1", "70", "2026-01-01")],
    });
    await workspace.import(sale("1"), "EUR");
    await workspace.import({ ...sale("2") }, "GBP");
    expect((await workspace.snapshot()).currency).toBe("EUR");
    expect((await totals(workspace)).withoutRate).toEqual([{ currency: "GBP", facts: 1, amount: 7_000 }]);
  });

  test("the currency that the file names most often is the workspace's", async () => {
    const workspace = await openWorkspace();
    const currencies = ["GBP", "gbp", "USD"];
    const deals = currencies.map((Currency, id) => deal(`1${id}`, "1", "1.00", "2026-03-01", { Currency }));
    const report = await workspace.importPaths(writeExports({ deals }));
    expect([report.currency, report.currencyAssumed]).toEqual(["GBP", false]);
    expect((await workspace.snapshot()).currency).toBe("GBP");
  });
});

describe("an import under way", () => {
  const options = { source: { id: "hubspot", name: "HubSpot" }, startedBy: "test" };
  const row = {
    id: accountId("1"),
    externalId: "1",
    name: "Staged",
    nameKey: "staged",
    described: true,
    domain: undefined,
    industry: undefined,
    region: undefined,
    ownerId: undefined,
    createdOn: undefined,
    custom: {},
    contentHash: "staged",
  };
  const staged = {
    id: "00000000-0000-4000-8000-000000000001",
    externalId: "10",
    accountId: accountId("1"),
    ownerId: undefined,
    productId: undefined,
    name: "Staged deal",
    stage: "Closed Won",
    status: "won",
    amountMinor: 99_900n,
    currency: "EUR",
    createdOn: undefined,
    closeOn: "2026-05-01",
    custom: {},
    contentHash: "staged",
  } as const;

  test("is seen by nobody before it is published, and then at once", async () => {
    const workspace = await openWorkspace();
    await workspace.import(portfolio);
    const decided = await workspace.store.workspace(workspace.id);
    if (!decided) throw new RangeError(workspace.id);
    const answers = async () => ({
      values: await values(workspace),
      purchases: await purchases(workspace, "1"),
      label: await workspace.reads.labels([accountId("1")]),
      reps: await workspace.reads.reps(),
    });
    const before = await answers();

    const writer = await workspace.store.startImport(workspace.id, options);
    await writer.accounts([row]);
    await writer.reps([
      {
        ...row,
        id: repId("new"),
        externalId: "new",
        email: "n@example.com",
        team: undefined,
        manager: undefined,
        office: undefined,
      },
    ]);
    await writer.opportunities([staged]);
    expect(await answers()).toEqual(before);
    // Not even what is computed while it runs may see it.
    expect((await workspace.store.refresh(decided, { now: new Date() }))?.changed).toBe(0);
    expect(await answers()).toEqual(before);

    await writer.publish({});
    expect((await purchases(workspace, "1")).map(({ name }) => name)).toContain("Staged deal");
    expect((await workspace.reads.reps()).length).toBe(before.reps.length + 1);
    await workspace.store.refresh(decided, { now: new Date() });
    expect(await values(workspace)).toEqual({ 1: 114_900, 2: 3_000 });
    expect((await workspace.reads.labels([accountId("1")])).get(accountId("1"))?.name).toBe("Staged");
  });

  test("leaves nothing behind when it is abandoned, and what it meant to replace counts again", async () => {
    const workspace = await openWorkspace();
    await workspace.import(portfolio);
    const before = await workspace.dump();
    const writer = await workspace.store.startImport(workspace.id, options);
    await writer.accounts([row]);
    await writer.opportunities([staged]);
    await writer.issues([
      { kind: "rejected", file: "f", line: 1, column: undefined, value: undefined, reason: "r", rows: 1 },
    ]);
    await writer.abandon();
    expect(await workspace.dump()).toEqual(before);
  });

  test("keeps others out: of many at the same time one runs, and each of the others in turn", async () => {
    const workspace = await openWorkspace();
    await workspace.import(portfolio);
    let running = 0;
    const waits: string[] = [];
    const runs = Array.from({ length: 6 }, async () => {
      const writer = await workspace.store.startImport(workspace.id, {
        ...options,
        onWait: (message) => waits.push(message),
      });
      running += 1;
      const together = running;
      await writer.accounts([row]);
      running -= 1;
      await writer.abandon();
      return together;
    });
    expect(await Promise.all(runs)).toEqual([1, 1, 1, 1, 1, 1]);
    expect(waits.length).toBeGreaterThan(0);
    for (const wait of waits)
      expect(wait).toMatch(/^Import \d+ is running since \d\d:\d\d UTC\. Waiting for it\.$/);
    expect(writtenBy(await workspace.import(portfolio))?.account.unchanged).toBe(2);
  });

  test("that does not end within somebody's patience is said", async () => {
    const workspace = await openWorkspace();
    const writer = await workspace.store.startImport(workspace.id, options);
    const impatient = workspace.store.startImport(workspace.id, { ...options, patienceMs: 300 });
    await expect(impatient).rejects.toBeInstanceOf(ImportBusy);
    await expect(impatient).rejects.toThrow(
      /^Import \d+ is running since \d\d:\d\d UTC\. Try again when it is done\.$/,
    );
    await writer.abandon();
  });

  test("that died is cleaned up by the next ones, and one that is alive is not, however old its last sign of life looks", async () => {
    const [quiet, busy] = [await openWorkspace(), await openWorkspace()];
    await quiet.import(portfolio);
    const dead = await startSilent(quiet);
    const alive = await busy.store.startImport(busy.id, options);
    await rawRows(
      "UPDATE import SET heartbeat_at = now() - interval '3 minutes' WHERE workspace_id = $1 AND id = $2",
      [busy.id, alive.id],
    );
    const beside = busy.store.startImport(busy.id, { ...options, patienceMs: 12_000 });
    const afterDead = Array.from({ length: 3 }, async () => {
      const writer = await quiet.store.startImport(quiet.id, options);
      await writer.abandon();
    });
    await Promise.all([expect(beside).rejects.toBeInstanceOf(ImportBusy), ...afterDead]);
    await alive.accounts([row]);
    await alive.publish({});

    // The dead one was only slow: it can neither write on nor publish, and it can clean up.
    await expect(dead.accounts([{ ...row, contentHash: "later" }])).rejects.toThrow();
    await expect(dead.publish({})).rejects.toThrow();
    await dead.abandon();
    const again = await quiet.import(portfolio);
    expect(writtenBy(again)?.account.unchanged).toBe(2);
    expect(await values(quiet)).toEqual({ 1: 15_000, 2: 3_000 });
  });

  test("that is published stays, though its process did not hear so and cleans up", async () => {
    const workspace = await openWorkspace();
    const writer = await workspace.store.startImport(workspace.id, options);
    await writer.accounts([row]);
    await writer.publish({});
    const published = await workspace.dump();
    await writer.abandon();
    expect(await workspace.dump()).toEqual(published);
  });

  /** An import that wrote something and whose heart then stopped, as if its process had died. */
  async function startSilent(workspace: TestWorkspace) {
    vi.useFakeTimers({ toFake: ["setInterval"] });
    try {
      const writer = await workspace.store.startImport(workspace.id, options);
      await writer.accounts([row]);
      await writer.opportunities([staged]);
      return writer;
    } finally {
      vi.useRealTimers();
    }
  }
});

describe("nasty names", () => {
  const names = [
    "O'Brien & Sons; DROP TABLE account;--",
    'He said "no"',
    "100% _wild_ \\ back",
    "{a,b}",
    "NULL",
    "null",
    "{}",
    "Ünïcödé Straße",
    "日本電気株式会社",
    "شركة النفط",
    "🦆".repeat(60),
    "<!channel> *bold* `code`",
    "=HYPERLINK(0)",
    "$1::text",
    "\\x41",
    "é",
    "x".repeat(5_000),
  ];

  test("survive unchanged, as names, owners, products, columns and values", async () => {
    const workspace = await openWorkspace();
    await workspace.import({
      companies: names.map((name, index) =>
        company(String(index), name, {
          Industry: name,
          "Company owner": name,
          [`Column ${index} ${name.slice(0, 50)}`]: name,
        }),
      ),
      deals: names.map((name, index) =>
        deal(`d${index}`, String(index), "1.00", "2026-03-01", { Product: name, "Deal Name": name }),
      ),
    });
    const snapshot = await workspace.snapshot();
    for (const [index, name] of names.entries()) {
      const detail = await workspace.reads.account(snapshot, accountId(String(index)));
      expect(detail).toMatchObject({
        name,
        industry: name,
        custom: { [`Column ${index} ${name.slice(0, 50)}`]: name },
        owner: { name: expect.stringMatching(name.toLowerCase() === "null" ? /^null$/i : /./) },
      });
      const [purchase] = await purchases(workspace, String(index));
      expect(purchase?.name).toBe(name);
      const selection = { columns: [{ column: `Column ${index} ${name.slice(0, 50)}`, value: name }] };
      expect((await workspace.reads.standings(snapshot, selection, { offset: 0 })).accounts).toBe(1);
    }
    expect((await workspace.reads.products()).map(({ name }) => name.toLowerCase()).sort()).toEqual(
      [...new Set(names.map((name) => name.toLowerCase()))].sort(),
    );
  });

  test("NUL and other control characters are no part of a name, wherever they stand", async () => {
    const workspace = await openWorkspace();
    const padding = Array.from({ length: 900 }, (_, row) => `p${row},${"filler".repeat(15)},Mining`);
    const path = writeText(
      "companies.csv",
      [
        "Record ID,Company name,Industry",
        ...padding,
        "1,Ac\u0000me,Mi\u0007ning",
        "2\u0000,Bor\u0000ealis,Retail",
        "",
      ].join("\n"),
    );
    const deals = writeExports({ deals: [deal("10", "1", "1.00", "2026-03-01")] });
    await workspace.importPaths([path, ...deals], "EUR");
    const detail = await workspace.reads.account(await workspace.snapshot(), accountId("1"));
    expect([detail?.name, detail?.industry]).toEqual(["Ac me", "Mi ning"]);
    expect((await workspace.reads.findAccounts("Ac\u0000me")).match?.name).toBe("Ac me");
  });

  test("NUL near the start of a file means that it is no text", async () => {
    const workspace = await openWorkspace();
    const path = writeText("companies.csv", "Record ID,Company name\n1,Ac\u0000me\n");
    await expect(workspace.importPaths([path])).rejects.toThrow(/contains binary data/);
  });
});
