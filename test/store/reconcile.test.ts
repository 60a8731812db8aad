import { expect, test } from "vitest";
import { compareAccounts, differingAccounts, uncountedFacts } from "../../src/store/reconcile.ts";
import { sql } from "../../src/store/sql.ts";
import { accountRecord, openRawWorkspace } from "../helpers/facts.ts";

const page = { offset: 0, limit: 10 };
const of = (name: string) => ({ account_record_id: accountRecord("crm", name) });

/**
 * Acme: a deal over 119 invoiced as 100 and paid as 119. Borealis: a deal over 500, nothing else. Cedar: invoiced 70 and
 * refunded 20, both without a deal. Dogwood: won and invoiced 40, in a window that is not looked at.
 */
async function openBooks() {
  const workspace = await openRawWorkspace();
  await workspace.startImport("crm");
  await workspace.accounts(
    ["Acme", "Borealis", "Cedar", "Dogwood"].map((name) => ({ external_id: name, name })),
  );
  await workspace.deals([
    { ...of("Acme"), id: "A1", name: "Pumps", amount_minor: 11_900, close_on: "2026-03-28" },
    { ...of("Borealis"), id: "B1", amount_minor: 50_000, close_on: "2026-04-01" },
    { ...of("Dogwood"), id: "D1", amount_minor: 4_000, close_on: "2023-04-01" },
  ]);
  await workspace.ledger([
    { ...of("Acme"), kind: "invoice", document: "R-1", amount_minor: 10_000, on_day: "2026-04-03" },
    { ...of("Acme"), kind: "payment", document: "ch_1", amount_minor: 11_900, on_day: "2026-04-20" },
    { ...of("Cedar"), kind: "invoice", document: "R-2", amount_minor: 7_000, on_day: "2026-04-03" },
    { ...of("Cedar"), kind: "payment", document: "re_1", amount_minor: -2_000, on_day: "2026-05-01" },
    { ...of("Dogwood"), kind: "invoice", document: "R-0", amount_minor: 4_000, on_day: "2023-04-02" },
  ]);
  await workspace.refresh();
  return {
    ...workspace,
    reconciled: {
      workspaceId: workspace.id,
      basis: { currency: "EUR", revenue: "net", basisDays: 92, rates: [] },
      asOf: "2026-06-30",
      window: { after: "2024-06-30", until: "2026-06-30" },
      accounts: sql`a.active`,
    } as const,
  };
}

test("what systems say of accounts, and what counts", async () => {
  const { database, reconciled } = await openBooks();
  const { rows, total } = await compareAccounts(database, reconciled, page);
  expect(rows.map(({ accountId: _, ...row }) => row)).toEqual([
    { account: "Borealis", invoiced: 0, paid: 0, won: 50_000, counted: 50_000, difference: 50_000 },
    { account: "Cedar", invoiced: 7_000, paid: -2_000, won: 0, counted: 5_000, difference: -7_000 },
    { account: "Acme", invoiced: 10_000, paid: 11_900, won: 11_900, counted: 10_000, difference: 1_900 },
  ]);
  expect(total).toBe(3);
  const second = await compareAccounts(database, reconciled, { offset: 1, limit: 1 });
  expect([second.rows.map(({ account }) => account), second.total]).toEqual([["Cedar"], 3]);
});

test("accounts whose deals are further off what was invoiced than is tolerated", async () => {
  const { database, reconciled } = await openBooks();
  const names = async (tolerance: number) =>
    (await differingAccounts(database, reconciled, tolerance, page)).rows.map(({ account }) => account);
  // 1,900 of 11,900 are 16 %.
  expect(await names(0.15)).toEqual(["Borealis", "Acme"]);
  expect(await names(0.2)).toEqual(["Borealis"]);
});

test("what does not count, and why", async () => {
  const { database, reconciled } = await openBooks();
  const { rows, total } = await uncountedFacts(database, reconciled, page);
  expect(total).toBe(2);
  const acme = {
    accountId: accountRecord("crm", "Acme"),
    account: "Acme",
    coveredBy: "invoice",
    currency: "EUR",
  };
  expect(rows).toEqual([
    { ...acme, kind: "payment", onDay: "2026-04-20", label: "ch_1", name: undefined, amount: 11_900 },
    { ...acme, kind: "opportunity", onDay: "2026-03-28", label: "A1", name: "Pumps", amount: 11_900 },
  ]);
});

test("only the accounts that are asked for", async () => {
  const { database, reconciled } = await openBooks();
  const only = { ...reconciled, accounts: sql`a.name = 'Borealis'` };
  expect((await compareAccounts(database, only, page)).rows.map(({ account }) => account)).toEqual([
    "Borealis",
  ]);
  expect(await uncountedFacts(database, only, page)).toEqual({ rows: [], total: 0 });
});
