import { describe, expect, test } from "vitest";
import { recordId } from "../../src/ingest/drafts.ts";
import { accountRecord, openRawWorkspace, type RawWorkspace } from "../helpers/facts.ts";
import { rawRows } from "../helpers/workspace.ts";

/** Active accounts by name, with the records that count and belong to them as `source:id`. */
async function accountsOf({ id }: RawWorkspace): Promise<Readonly<Record<string, unknown>>> {
  const rows = await rawRows(
    `SELECT a.name, array_agg(x.source_id || ':' || x.external_id ORDER BY x.source_id, x.external_id) AS records
     FROM account a JOIN membership m ON m.workspace_id = a.workspace_id AND m.account_id = a.id AND m.valid_to IS NULL
     JOIN source_record x ON x.workspace_id = m.workspace_id AND x.id = m.source_record_id
     JOIN current_account_record c ON c.workspace_id = x.workspace_id AND c.source_record_id = x.id
     WHERE a.workspace_id = $1 AND a.active GROUP BY a.id, a.name`,
    [id],
  );
  return Object.fromEntries(rows.map(({ name, records }) => [String(name), records]));
}

async function attributes({ id }: RawWorkspace, account: string): Promise<unknown> {
  const [row] = await rawRows(
    `SELECT name, industry, region, domain, owner_record_id, active FROM account WHERE workspace_id = $1 AND id = $2`,
    [id, account],
  );
  return row;
}

function undo({ id }: RawWorkspace, importId: number): Promise<unknown> {
  return rawRows("UPDATE import SET status = 'undone' WHERE workspace_id = $1 AND id = $2", [id, importId]);
}

function addRule({ id }: RawWorkspace, column: string, value: string, standsFor: string): Promise<unknown> {
  return rawRows(
    `INSERT INTO value_rule (workspace_id, "column", value, stands_for, created_by) VALUES ($1, $2, $3, $4, 'test')`,
    [id, column, value, standsFor],
  );
}

function endRules({ id }: RawWorkspace): Promise<unknown> {
  return rawRows("UPDATE value_rule SET ended_at = now() WHERE workspace_id = $1", [id]);
}

function correct(
  { id }: RawWorkspace,
  account: string,
  field: string,
  value: string,
  until: string | null = null,
): Promise<unknown> {
  return rawRows(
    `INSERT INTO correction (workspace_id, account_id, field, value, reason, until, created_by)
     VALUES ($1, $2, $3, $4, 'because', $5, 'test')`,
    [id, account, field, value, until],
  );
}

const dealOf = (source: string, externalId: string, amount = 10_000, day = "2026-05-01") => ({
  ...{ id: `${source} ${externalId} ${day}`, account_record_id: accountRecord(source, externalId) },
  ...{ amount_minor: amount, close_on: day },
});

describe("accounts of several sources", () => {
  test("join by name, the younger to the older, with what each of them says", async () => {
    const workspace = await openRawWorkspace();
    await workspace.startImport("crm");
    await workspace.accounts([
      { external_id: "1", name: "Acme Ltd", industry: "Retail" },
      { external_id: "2", name: "Borealis" },
    ]);
    await workspace.deals([dealOf("crm", "1")]);
    await workspace.refresh();
    const books = await workspace.startImport("books");
    await workspace.accounts([
      { external_id: "K7", name: "ACME LTD.", region: "Wales", domain: "acme.example" },
    ]);
    await workspace.refresh();
    expect(await accountsOf(workspace)).toEqual({ "ACME LTD.": ["books:K7", "crm:1"], Borealis: ["crm:2"] });
    expect(await attributes(workspace, accountRecord("crm", "1"))).toMatchObject({
      ...{ industry: "Retail", region: "Wales", domain: "acme.example" },
    });

    await undo(workspace, books);
    await workspace.refresh();
    expect(await accountsOf(workspace)).toEqual({ "Acme Ltd": ["crm:1"], Borealis: ["crm:2"] });
    expect(await attributes(workspace, accountRecord("crm", "1"))).toMatchObject({ region: null });
  });

  test("that each had an account merge into the older one, and part again", async () => {
    const workspace = await openRawWorkspace();
    await workspace.startImport("crm");
    await workspace.accounts([{ external_id: "1", name: "Acme" }]);
    await workspace.deals([dealOf("crm", "1", 10_000)]);
    await workspace.refresh();
    await workspace.startImport("books");
    await workspace.accounts([{ external_id: "K7", name: "A.C.M.E. Holding" }]);
    await workspace.deals([dealOf("books", "K7", 5_000, "2025-01-01")]);
    await workspace.refresh();
    expect(Object.keys(await accountsOf(workspace)).sort()).toEqual(["A.C.M.E. Holding", "Acme"]);

    await addRule(workspace, "account", "A.C.M.E. Holding", "Acme");
    const merged = await workspace.refresh();
    expect(await accountsOf(workspace)).toEqual({ Acme: ["books:K7", "crm:1"] });
    expect(merged?.totals).toMatchObject({ accounts: 1, value: 15_000, prospects: 0 });
    expect(await attributes(workspace, accountRecord("books", "K7"))).toMatchObject({ active: false });

    await endRules(workspace);
    const parted = await workspace.refresh();
    expect(Object.keys(await accountsOf(workspace)).sort()).toEqual(["A.C.M.E. Holding", "Acme"]);
    expect(parted?.totals).toMatchObject({ accounts: 2, value: 15_000 });
    const versions = await rawRows(
      "SELECT version, account_id FROM membership WHERE workspace_id = $1 AND source_record_id = $2 ORDER BY version",
      [workspace.id, accountRecord("books", "K7")],
    );
    expect(versions.map(({ account_id }) => account_id)).toEqual([
      accountRecord("books", "K7"),
      accountRecord("crm", "1"),
      accountRecord("books", "K7"),
    ]);
  });

  test("a mention by name joins the company that is described later", async () => {
    const workspace = await openRawWorkspace();
    await workspace.startImport("crm");
    await workspace.accounts([{ external_id: "name:acme", name: "Acme", described: false }]);
    await workspace.deals([dealOf("crm", "name:acme")]);
    await workspace.refresh();
    await workspace.startImport("crm");
    await workspace.accounts([{ external_id: "1", name: "ACME" }]);
    const done = await workspace.refresh();
    expect(await accountsOf(workspace)).toEqual({ ACME: ["crm:1", "crm:name:acme"] });
    expect(done?.totals).toMatchObject({ accounts: 1, prospects: 0, value: 10_000 });
  });

  test("whose imports are all undone are no accounts any more, and are again when they come back", async () => {
    const workspace = await openRawWorkspace();
    const first = await workspace.startImport("crm");
    await workspace.accounts([{ external_id: "1", name: "Acme" }]);
    await workspace.deals([dealOf("crm", "1")]);
    await workspace.refresh();
    await undo(workspace, first);
    const empty = await workspace.refresh();
    expect(empty).toMatchObject({
      asOf: "2026-05-01",
      totals: { accounts: 0, prospects: 0, opportunities: 0 },
    });
    expect(await accountsOf(workspace)).toEqual({});
    await rawRows("UPDATE import SET status = 'visible' WHERE workspace_id = $1", [workspace.id]);
    expect((await workspace.refresh())?.totals).toMatchObject({ accounts: 1 });
    expect(await accountsOf(workspace)).toEqual({ Acme: ["crm:1"] });
  });
});

describe("people and products", () => {
  test("the owner is the person behind the source's record, and rules say who that is", async () => {
    const workspace = await openRawWorkspace();
    await workspace.startImport("books");
    await workspace.reps([{ external_id: "ann", name: "Archer, Ann", email: "ANN@example.com" }]);
    await workspace.startImport("crm");
    await workspace.reps([
      { external_id: "7", name: "Ann Archer", email: "ann@example.com" },
      { external_id: "name:bob b", name: "Bob B", described: false },
      { external_id: "8", name: "Bob Baker" },
    ]);
    await workspace.accounts([
      { external_id: "1", name: "Acme", owner_record_id: recordId("crm", "rep", "7") },
      { external_id: "2", name: "Borealis", owner_record_id: recordId("crm", "rep", "name:bob b") },
    ]);
    const owners = async () => {
      await workspace.refresh();
      const rows = await rawRows(
        `SELECT a.name, x.external_id FROM account a JOIN source_record x ON x.workspace_id = a.workspace_id
           AND x.id = a.owner_record_id WHERE a.workspace_id = $1 ORDER BY a.name`,
        [workspace.id],
      );
      return rows.map(({ external_id }) => external_id);
    };
    expect(await owners()).toEqual(["ann", "name:bob b"]);
    await addRule(workspace, "owner", "bob b", "Bob Baker");
    expect(await owners()).toEqual(["ann", "8"]);
    await correct(workspace, accountRecord("crm", "2"), "owner", recordId("crm", "rep", "7"));
    expect(await owners()).toEqual(["ann", "ann"]);
    await rawRows("UPDATE correction SET ended_at = now() WHERE workspace_id = $1", [workspace.id]);
    await endRules(workspace);
    expect(await owners()).toEqual(["ann", "name:bob b"]);
  });
});

describe("what people set", () => {
  async function openAcme(): Promise<RawWorkspace> {
    const workspace = await openRawWorkspace();
    await workspace.startImport("crm");
    await workspace.accounts([
      { external_id: "1", name: "Acme", industry: "Technolgy" },
      { external_id: "2", name: "Borealis", region: "UK" },
    ]);
    await workspace.deals([dealOf("crm", "1", 90_000), dealOf("crm", "2", 10_000)]);
    return workspace;
  }
  const acme = accountRecord("crm", "1");
  const borealis = accountRecord("crm", "2");

  test("rules replace industries and regions, one leading to another, and a correction comes first", async () => {
    const workspace = await openAcme();
    await addRule(workspace, "industry", "technolgy", "Tech");
    await addRule(workspace, "industry", "tech", "Technology");
    await addRule(workspace, "region", "UK", "United Kingdom");
    await workspace.refresh();
    expect(await attributes(workspace, acme)).toMatchObject({ industry: "Technology" });
    expect(await attributes(workspace, borealis)).toMatchObject({ industry: null, region: "United Kingdom" });
    await correct(workspace, acme, "industry", "Toys", "2026-10-31");
    await workspace.refresh();
    expect(await attributes(workspace, acme)).toMatchObject({ industry: "Toys" });
    await endRules(workspace);
    await workspace.refresh(undefined, new Date("2026-11-01T00:00:00Z"));
    expect(await attributes(workspace, acme)).toMatchObject({ industry: "Technolgy" });
    expect(await attributes(workspace, borealis)).toMatchObject({ region: "UK" });
  });

  test("a tier holds to the end of its last day where the workspace is", async () => {
    const workspace = await openAcme();
    await workspace.settings({ timeZone: "America/New_York" });
    await workspace.refresh();
    await correct(workspace, borealis, "tier", "A", "2026-10-30");
    const tierAt = async (now: string) => {
      const done = await workspace.refresh(undefined, new Date(now));
      const [row] = await rawRows(
        `SELECT tier, computed_tier, reasons->0 AS reason FROM account_standing
         WHERE workspace_id = $1 AND account_id = $2 AND valid_to IS NULL`,
        [workspace.id, borealis],
      );
      return [row, done?.totals.tiers.map(({ accounts }) => accounts)];
    };
    // 23:30 of the 30th in New York.
    expect(await tierAt("2026-10-31T03:30:00Z")).toEqual([
      { tier: "A", computed_tier: "B", reason: { code: "override", from: "B", until: "2026-10-30" } },
      [2, 0, 0, 0],
    ]);
    expect(await tierAt("2026-10-31T04:30:00Z")).toEqual([
      { tier: "B", computed_tier: null, reason: { code: "dominant", share: 0.1 } },
      [1, 1, 0, 0],
    ]);
  });

  test("a correction follows an account that merges into another", async () => {
    const workspace = await openAcme();
    await workspace.refresh();
    await correct(workspace, borealis, "industry", "Toys");
    await addRule(workspace, "account", "Borealis", "Acme");
    await workspace.refresh();
    expect(await attributes(workspace, acme)).toMatchObject({ industry: "Toys" });
    await endRules(workspace);
    await workspace.refresh();
    expect(await attributes(workspace, acme)).toMatchObject({ industry: "Technolgy" });
    expect(await attributes(workspace, borealis)).toMatchObject({ industry: "Toys" });
  });
});
