import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { addDays } from "../../src/core/calendar.ts";
import type { SettingsPatch } from "../../src/core/settings.ts";
import { recordId } from "../../src/ingest/drafts.ts";
import { salesOf } from "../../src/store/sales.ts";
import { bigintNumber, rowsOf, sql } from "../../src/store/sql.ts";
import { accountRecord, openRawWorkspace, type RawRow, type RawWorkspace } from "../helpers/facts.ts";
import { rawRows } from "../helpers/workspace.ts";

// The oracle: what a customer spent, from the sales as they were made and nothing of src. Every sale is recorded
// by some of three systems, with a lag; its money is what the best of them says.

type System = "invoice" | "payment" | "deal";

/** A sale as it was made. */
interface Sale {
  readonly customer: number;
  readonly period: number;
  /** Days after its period began. */
  readonly after: number;
  readonly cents: number;
  readonly currency: "EUR" | "USD";
  /** Days after the deal on which accounting and the payment provider know of it. */
  readonly lags: { readonly invoice: number; readonly payment: number };
  /** Thousandths of it that are given back, and how much later. */
  readonly refunded: number;
  readonly refundedAfter: number;
}

/** Who knows of a customer's sales in one period, and who of money that went back. */
interface Period {
  readonly systems: readonly System[];
  readonly refunds: readonly System[];
}

interface Fact {
  readonly customer: number;
  readonly period: number;
  readonly system: System;
  readonly cents: number;
  readonly currency: string;
  readonly day: string;
}

interface History {
  readonly sales: readonly Sale[];
  /** By customer and period. */
  readonly periods: readonly (readonly Period[])[];
  /** Cents for a dollar from a day on, the first before everything. */
  readonly dollar: readonly { readonly day: string; readonly cents: number }[];
}

const customers = 4;
/** The lags of the first period run over the end of a month, a quarter and a year. */
const firstDay = "2023-11-20";
/** No fact of a period is within a quarter of one of the next. */
const periodDays = 365;

function factsOf({ sales, periods }: History): readonly Fact[] {
  return sales.flatMap((sale): readonly Fact[] => {
    const { customer, period, currency, cents } = sale;
    const { systems = [], refunds = [] } = periods[customer]?.[period] ?? {};
    const dealDay = addDays(firstDay, period * periodDays + sale.after);
    const days = {
      deal: dealDay,
      invoice: addDays(dealDay, sale.lags.invoice),
      payment: addDays(dealDay, sale.lags.payment),
    };
    const known = systems.map((system) => {
      // Sales people write what the customer pays, tax included.
      const amount = system === "deal" ? Math.round(cents * 1.19) : cents;
      return { customer, period, system, currency, cents: amount, day: days[system] };
    });
    const back = Math.round((cents * sale.refunded) / 1000);
    return [
      ...known,
      ...known
        .filter(({ system }) => back > 0 && refunds.includes(system))
        .map((fact) => ({ ...fact, cents: -back, day: addDays(fact.day, sale.refundedAfter) })),
    ];
  });
}

/** In a period, money in and money back are each what the best system says that says anything about it. */
function spentBy(customer: number, facts: readonly Fact[], { dollar }: History): number {
  let spent = 0;
  const own = facts.filter((fact) => fact.customer === customer);
  for (const period of new Set(own.map((fact) => fact.period)))
    for (const sign of [1, -1]) {
      const told = own.filter((fact) => fact.period === period && Math.sign(fact.cents) === sign);
      const best = (["invoice", "payment", "deal"] as const).find((system) =>
        told.some((fact) => fact.system === system),
      );
      for (const { system, cents, currency, day } of told) {
        if (system !== best) continue;
        const rate = currency === "EUR" ? 100 : (dollar.findLast((quote) => quote.day <= day)?.cents ?? 0);
        spent += sign * Math.floor((Math.abs(cents) * rate) / 100 + 0.5);
      }
    }
  return spent;
}

const someSystems = fc.subarray<System>(["invoice", "payment", "deal"], { minLength: 1 });
const lag = fc.integer({ min: 0, max: 60 });
const someHistory: fc.Arbitrary<History> = fc.record({
  sales: fc.array(
    fc.record({
      customer: fc.nat(customers - 1),
      period: fc.nat(1),
      after: lag,
      cents: fc.integer({ min: 1, max: 1_000_000 }),
      currency: fc.constantFrom("EUR" as const, "USD" as const),
      lags: fc.record({ invoice: lag, payment: lag }),
      refunded: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 1000 })),
      refundedAfter: lag,
    }),
    { minLength: 1, maxLength: 25 },
  ),
  periods: fc.array(
    fc.array(
      someSystems.chain((systems) =>
        fc.record({ systems: fc.constant(systems), refunds: fc.subarray([...systems]) }),
      ),
      { minLength: 2, maxLength: 2 },
    ),
    { minLength: customers, maxLength: customers },
  ),
  dollar: fc
    .array(fc.record({ age: fc.nat(700), cents: fc.integer({ min: 50, max: 150 }) }), { maxLength: 8 })
    .map((quotes) => [
      { day: "2023-01-01", cents: 91 },
      ...[...new Map(quotes.map((quote) => [quote.age, quote])).values()]
        .sort((left, right) => left.age - right.age)
        .map(({ age, cents }) => ({ day: addDays(firstDay, age), cents })),
    ]),
});

/** Writes a history as three sources do that know the customers by their names. */
async function write(workspace: RawWorkspace, facts: readonly Fact[], { dollar }: History): Promise<void> {
  for (const [source, system] of [
    ["crm", "deal"],
    ["accounting", "invoice"],
    ["provider", "payment"],
  ] as const) {
    await workspace.startImport(source);
    await workspace.accounts(
      Array.from({ length: customers }, (_, index) => ({
        external_id: String(index),
        name: `Customer ${index}`,
      })),
    );
    const own = facts.filter((fact) => fact.system === system);
    const row = ({ customer, cents, currency }: Fact): RawRow => ({
      ...{ account_record_id: accountRecord(source, String(customer)), amount_minor: cents, currency },
    });
    if (system === "deal")
      await workspace.deals(
        own.map((fact, index) => ({ ...row(fact), id: String(index), close_on: fact.day })),
      );
    else await workspace.ledger(own.map((fact) => ({ ...row(fact), kind: system, on_day: fact.day })));
  }
  await workspace.rates(
    dollar.map(({ day, cents }) => ({
      base: "USD",
      quote: "EUR",
      on_day: day,
      rate: (cents / 100).toFixed(2),
    })),
  );
}

/** What accounts spent as the open standings say, by account. */
async function spentIn({ id, database }: RawWorkspace): Promise<ReadonlyMap<string, number>> {
  const rows = await rowsOf(
    database,
    z.object({ name: z.string(), value: bigintNumber }),
    sql`SELECT a.name, s.value_minor AS value FROM account_standing s
        JOIN account a ON a.workspace_id = s.workspace_id AND a.id = s.account_id
        WHERE s.workspace_id = ${id} AND s.valid_to IS NULL`,
  );
  return new Map(rows.map(({ name, value }) => [name, value]));
}

describe("a sale that several systems know", () => {
  test("counts once, from the best of them, whatever the lag, currency, tax and refund", async () => {
    await fc.assert(
      fc.asyncProperty(someHistory, async (history) => {
        const workspace = await openRawWorkspace();
        await workspace.settings({ currency: "EUR", windowMonths: 120 });
        const facts = factsOf(history);
        await write(workspace, facts, history);
        await workspace.refresh();
        const expected = Array.from({ length: customers }, (_, customer) => customer)
          .filter((customer) => facts.some((fact) => fact.customer === customer))
          .map((customer) => [`Customer ${customer}`, spentBy(customer, facts, history)] as const);
        expect(await spentIn(workspace)).toEqual(new Map(expected));
      }),
      { numRuns: process.env.PROVE ? 1_000 : 12, seed: 20_231_120 },
    );
  }, 3_600_000);
});

describe("by hand", () => {
  const acme = { account_record_id: accountRecord("crm", "1") };

  async function openAcme(settings: SettingsPatch = { currency: "EUR" }): Promise<RawWorkspace> {
    const workspace = await openRawWorkspace();
    await workspace.settings(settings);
    await workspace.startImport("crm");
    await workspace.accounts([{ external_id: "1", name: "Acme" }]);
    return workspace;
  }
  const deal = (amount_minor: number | null, close_on: string, more: RawRow = {}) => ({
    ...{ ...acme, id: `${close_on} ${amount_minor}`, amount_minor, close_on, ...more },
  });
  const entry = (
    kind: "invoice" | "payment",
    amount_minor: number | null,
    on_day: string,
    more: RawRow = {},
  ) => ({
    ...{ ...acme, kind, amount_minor, on_day, ...more },
  });

  test.each<[string, number, string, number]>([
    ["the last day of the quarter after it", 100, "2026-06-01", 100],
    ["a day more", 100, "2026-06-02", 1_100],
    ["the first day of the quarter before it", 100, "2025-11-29", 100],
    ["a day less", 100, "2025-11-28", 1_100],
    ["an invoice over nothing", 0, "2026-03-01", 1_000],
    ["a credit note", -100, "2026-03-01", 900],
  ])("a deal of 1 March and %s", async (_, invoiced, day, spent) => {
    const workspace = await openAcme();
    await workspace.deals([deal(1_000, "2026-03-01")]);
    await workspace.ledger([entry("invoice", invoiced, day)]);
    expect((await workspace.refresh())?.totals.value).toBe(spent);
  });

  test("a refund that only the provider knows reduces spend, a credit note besides reduces it once", async () => {
    const workspace = await openAcme();
    await workspace.ledger([
      entry("invoice", 1_000, "2026-03-01"),
      entry("payment", 1_190, "2026-03-10"),
      entry("payment", -300, "2026-04-01"),
    ]);
    expect((await workspace.refresh())?.totals).toMatchObject({
      ...{ value: 700, mode: "net", basis: { invoices: 1_000, payments: -300, opportunities: 0 } },
    });
    await workspace.ledger([entry("invoice", -250, "2026-03-20")]);
    expect((await workspace.refresh())?.totals.value).toBe(750);
  });

  test("gross leaves out what takes money back and lines over nothing", async () => {
    const workspace = await openAcme({ currency: "EUR", revenue: "gross" });
    await workspace.ledger([entry("invoice", 1_000, "2026-03-01"), entry("invoice", -400, "2026-03-02")]);
    await workspace.accounts([{ external_id: "2", name: "Borealis" }]);
    await workspace.ledger([
      { ...entry("invoice", 0, "2026-03-01"), account_record_id: accountRecord("crm", "2") },
    ]);
    expect((await workspace.refresh())?.totals).toMatchObject({ value: 1_000, accounts: 1, mode: "gross" });
  });

  test("the days in which a better fact covers are a setting", async () => {
    const workspace = await openAcme({ currency: "EUR", basisDays: 10 });
    await workspace.deals([deal(1_000, "2026-03-01")]);
    await workspace.ledger([entry("invoice", 100, "2026-03-12")]);
    expect((await workspace.refresh())?.totals.value).toBe(1_100);
  });

  test("what has no rate is listed, not summed, and covers all the same", async () => {
    const workspace = await openAcme();
    await workspace.rates([{ base: "EUR", quote: "USD", on_day: "2026-03-05", rate: "1.25" }]);
    await workspace.deals([deal(1_000, "2026-03-01")]);
    await workspace.ledger([
      entry("invoice", 500, "2026-03-04", { currency: "USD" }),
      entry("invoice", 500, "2026-03-05", { currency: "USD" }),
      entry("invoice", 7, "2026-03-05", { currency: "CHF" }),
    ]);
    expect((await workspace.refresh())?.totals).toMatchObject({
      value: 400,
      withoutRate: [
        { currency: "CHF", facts: 1, amount: 7 },
        { currency: "USD", facts: 1, amount: 500 },
      ],
    });
  });

  test("amounts are rounded one by one, half a unit away from zero, by each currency's minor unit", async () => {
    const workspace = await openAcme();
    await workspace.rates([
      { base: "USD", quote: "EUR", on_day: "2026-01-01", rate: "0.5" },
      { base: "EUR", quote: "JPY", on_day: "2026-01-01", rate: "160" },
    ]);
    await workspace.ledger([
      entry("invoice", 1, "2026-03-01", { currency: "USD" }),
      entry("invoice", 3, "2026-03-01", { currency: "USD" }),
      entry("invoice", -5, "2026-03-01", { currency: "USD" }),
      entry("invoice", 1_600, "2026-03-01", { currency: "JPY" }),
    ]);
    expect((await workspace.refresh())?.totals.value).toBe(1 + 2 - 3 + 1_000);
  });

  test("what has no account or amount, or lies in the future, is counted beside the sales", async () => {
    const workspace = await openAcme();
    await workspace.deals([deal(1_000, "2026-03-01"), deal(70, "2071-03-01"), deal(null, "2026-03-01")]);
    await workspace.ledger([
      entry("invoice", null, "2026-03-01"),
      entry("invoice", 250, "2026-03-02", { account_record_id: null }),
      entry("payment", 10, "2026-11-01"),
      entry("payment", 10, "2026-11-02"),
    ]);
    expect(await workspace.refresh()).toMatchObject({
      // Tomorrow is as far as a fact moves the day: it may be tomorrow already where it was written.
      asOf: "2026-11-01",
      totals: {
        ...{ value: 1_010, entries: 4, entriesWithoutAmount: 1, withoutAmount: 1, inTheFuture: 2 },
        entriesWithoutAccount: { entries: 1, amount: 250 },
      },
    });
  });

  test("lines of one invoice are one purchase, and a credit is none", async () => {
    const workspace = await openAcme();
    await workspace.ledger([
      entry("invoice", 100, "2026-03-01", { group_key: "R-1" }),
      entry("invoice", 200, "2026-03-01", { group_key: "R-1" }),
      entry("invoice", -50, "2026-05-01", { group_key: "C-1" }),
    ]);
    await workspace.refresh();
    const [row] = await rawRows(
      "SELECT wins, first_won_on::text, last_won_on::text, value_minor::int FROM account_standing WHERE workspace_id = $1",
      [workspace.id],
    );
    expect(row).toEqual({ wins: 1, first_won_on: "2026-03-01", last_won_on: "2026-03-01", value_minor: 250 });
  });

  test("products are those that the source's own stand for", async () => {
    const workspace = await openAcme();
    await workspace.products([
      { external_id: "gtxpro", name: "GTXPro", described: false },
      { external_id: "gtx pro", name: "GTX Pro" },
    ]);
    await rawRows(
      `INSERT INTO value_rule (workspace_id, "column", value, stands_for, created_by)
       VALUES ($1, 'product', 'GTXPro', 'GTX Pro', 'test')`,
      [workspace.id],
    );
    await workspace.deals([
      deal(1_000, "2026-03-01", { product_record_id: recordId("crm", "product", "gtxpro") }),
    ]);
    await workspace.refresh();
    const basis = { currency: "EUR", revenue: "net", basisDays: 92, rates: [] } as const;
    const rows = await rowsOf(
      workspace.database,
      z.object({ product_record_id: z.string() }),
      salesOf(workspace.id, basis, "2026-12-31"),
    );
    expect(rows).toEqual([{ product_record_id: recordId("crm", "product", "gtx pro") }]);
  });
});

describe("the reporting currency", () => {
  const of = (id: string) => ({ account_record_id: accountRecord("crm", id), close_on: "2026-03-01" });

  test("is that of most sales, and stays while a sale is in it", async () => {
    const workspace = await openRawWorkspace();
    await workspace.startImport("crm");
    await workspace.accounts([{ external_id: "1", name: "Acme" }]);
    const first = await workspace.startImport("crm");
    await workspace.deals([
      { ...of("1"), id: "1", amount_minor: 1, currency: "GBP" },
      { ...of("1"), id: "2", amount_minor: 1, currency: "CHF" },
    ]);
    // A tie: the first by its code.
    expect((await workspace.refresh())?.currency).toBe("CHF");
    await workspace.startImport("crm");
    await workspace.deals([
      { ...of("1"), id: "3", amount_minor: 1, currency: "GBP" },
      { ...of("1"), id: "4", amount_minor: 1, currency: "GBP" },
    ]);
    expect((await workspace.refresh())?.currency).toBe("CHF");
    await rawRows("UPDATE import SET status = 'undone' WHERE workspace_id = $1 AND id = $2", [
      workspace.id,
      first,
    ]);
    expect((await workspace.refresh())?.currency).toBe("GBP");
    await workspace.settings({ currency: "JPY" });
    expect((await workspace.refresh())?.currency).toBe("JPY");
  });

  test("is that of open deals where nothing was sold", async () => {
    const workspace = await openRawWorkspace();
    await workspace.startImport("crm");
    await workspace.deals([
      { id: "1", status: "open", created_on: "2026-03-01", amount_minor: 5, currency: "SEK" },
    ]);
    expect(await workspace.refresh()).toMatchObject({ currency: "SEK", asOf: "2026-03-01" });
  });
});

test("the window, the comparison, the cuts and the settings' version are part of the snapshot", async () => {
  const workspace = await openRawWorkspace();
  await workspace.settings({
    ...{ currency: "EUR", windowMonths: 2, compareDays: 30, basisDays: 5, revenue: "gross" },
    fiscalYearStart: 4,
    cuts: { A: 500, B: 600, C: 700 },
  });
  await workspace.startImport("crm");
  await workspace.accounts([{ external_id: "1", name: "Acme" }]);
  const of = { account_record_id: accountRecord("crm", "1"), amount_minor: 100 };
  await workspace.rates([{ base: "USD", quote: "EUR", on_day: "2026-01-01", rate: "2" }]);
  await workspace.deals([
    { ...of, id: "1", close_on: "2026-03-31" },
    { ...of, id: "2", close_on: "2026-05-31", currency: "USD" },
    { ...of, id: "3", close_on: "2026-04-01" },
  ]);
  const done = await workspace.refresh();
  expect(done?.totals.value).toBe(300);
  const [row] = await rawRows(
    "SELECT settings_version, window_after::text, currency, parameters FROM snapshot WHERE workspace_id = $1",
    [workspace.id],
  );
  expect(row).toEqual({
    ...{ settings_version: 1, window_after: "2026-03-31", currency: "EUR" },
    parameters: {
      ...{ measure: "spend", cuts: { A: 500, B: 600, C: 700 }, windowMonths: 2, compareDays: 30 },
      ...{ previousUntil: "2026-05-01", revenue: "gross", basisDays: 5, definitionsVersion: 3 },
      fiscalYearStart: 4,
      value: {
        ...{ fittedIn: done?.snapshot, quietBelowPercent: 50 },
        terms: { margin: 400, discountPercent: 10, horizonMonths: 36 },
      },
      rates: [{ currency: "USD", from: "2026-01-01", before: "9999-12-31", multiply: "2", divide: "1" }],
      potential: expect.objectContaining({ margin: 400, customers: 1 }),
    },
  });
});
