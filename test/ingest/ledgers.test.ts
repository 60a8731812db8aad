import { describe, expect, test } from "vitest";
import { ledgerPresets } from "../../src/ingest/ledgers.ts";
import { isRejection } from "../../src/ingest/preset.ts";
import type { Cells } from "../../src/tables/read-table.ts";

const context = { currency: "GBP", dialect: { timeZone: "UTC" } };

function read(id: string, cells: Cells) {
  const preset = ledgerPresets.find((candidate) => candidate.id === id);
  if (!preset) throw new RangeError(id);
  const result = preset.read(cells, context);
  return isRejection(result) ? result : result[0];
}

describe("Online Retail", () => {
  const line = {
    InvoiceNo: "536365",
    StockCode: "85123A",
    Description: "WHITE HANGING HEART",
    Quantity: "6",
    InvoiceDate: "2010-12-01T08:26:00Z",
    UnitPrice: "2.55",
    CustomerID: "17850",
    Country: "United Kingdom",
  };

  test("a line is quantity times price", () => {
    expect(read("ledger-priced", line)).toEqual({
      kind: "invoice",
      document: "536365",
      account: { externalId: "17850" },
      accountRegion: "United Kingdom",
      product: { externalId: "85123A", name: "WHITE HANGING HEART" },
      quantity: "6",
      unitPrice: "2.55",
      amountMinor: 1_530n,
      currency: "GBP",
      onDay: "2010-12-01",
      custom: {},
    });
  });

  test("a cancelled line is negative and mirrors its invoice to the penny", () => {
    const odd = { ...line, UnitPrice: "0.0175", Quantity: "2" };
    const cancelled = { ...odd, InvoiceNo: "C536379", Quantity: "-2" };
    expect(read("ledger-priced", odd)).toMatchObject({ amountMinor: 4n });
    expect(read("ledger-priced", cancelled)).toMatchObject({ document: "C536379", amountMinor: -4n });
  });

  test.each([{ UnitPrice: "0" }, { UnitPrice: "0.00" }, { UnitPrice: "" }])(
    "%j is no price, so there is no amount",
    (change) => {
      const draft = read("ledger-priced", { ...line, ...change });
      expect(draft).toMatchObject({ document: "536365" });
      expect(draft).not.toHaveProperty("amountMinor");
    },
  );

  test("a line without a customer belongs to no account", () => {
    expect(read("ledger-priced", { ...line, CustomerID: "" })).not.toHaveProperty("account");
  });

  test.each([
    [{ InvoiceDate: "" }, { column: "InvoiceDate", value: "", reason: "is missing" }],
    [{ InvoiceNo: " " }, { column: "InvoiceNo", value: "", reason: "is missing" }],
    [
      { Quantity: "six" },
      { column: "Quantity", value: "six", reason: "not an amount: write it as 12500.00" },
    ],
    [
      { UnitPrice: "99999999999", Quantity: "99999" },
      { column: "UnitPrice", value: "99999999999", reason: "too large for an amount" },
    ],
  ])("rejects %j", (change, rejection) => {
    expect(read("ledger-priced", { ...line, ...change })).toEqual(rejection);
  });
});

test("a German ledger with amounts: the description stays one where the product has a name", () => {
  const cells = {
    Rechnungsnr: "R-1",
    Belegdatum: "03.04.2026",
    "Kunden-Nr": "007",
    Kunde: "Grummel KG",
    Artikel: "Pumpe 9",
    Bezeichnung: "für den Teich",
    Nettobetrag: "1.234,50",
    Währung: "EUR",
    Verkäufer: "Ida Plonk",
  };
  expect(read("ledger-amounts", cells)).toEqual({
    kind: "invoice",
    document: "R-1",
    account: { externalId: "007", name: "Grummel KG" },
    product: { name: "Pumpe 9" },
    description: "für den Teich",
    amountMinor: 123_450n,
    currency: "EUR",
    onDay: "2026-04-03",
    custom: { Verkäufer: "Ida Plonk" },
  });
  expect(read("ledger-amounts", { ...cells, Belegdatum: "" })).toEqual({
    column: "Belegdatum",
    value: "",
    reason: "is missing",
  });
});

test("a CDNOW purchase is in dollars, whatever the usual currency", () => {
  expect(
    read("cdnow", { customer_id: "00001", date: "19970101", number_of_cds: "1", dollar_value: "11.77" }),
  ).toEqual({
    kind: "invoice",
    account: { externalId: "00001" },
    quantity: "1",
    amountMinor: 1_177n,
    currency: "USD",
    onDay: "1997-01-01",
    custom: {},
  });
});
