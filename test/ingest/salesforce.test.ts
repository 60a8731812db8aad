import { describe, expect, test } from "vitest";
import { isRejection } from "../../src/ingest/preset.ts";
import { salesforcePresets } from "../../src/ingest/salesforce.ts";
import { longId } from "../../src/ingest/salesforce-ids.ts";
import type { Cells } from "../../src/tables/read-table.ts";

const context = { currency: "EUR", dialect: { timeZone: "UTC" } };

function read(id: string, cells: Cells) {
  const preset = salesforcePresets.find((candidate) => candidate.id === `salesforce-${id}`);
  if (!preset) throw new RangeError(id);
  const result = preset.read(cells, context);
  return isRejection(result) ? result : result[0];
}

describe("ids", () => {
  // Oracle: ids in the examples of Salesforce's REST documentation, and pairs from tests of other converters.
  test.each([
    ["001D000000IRFma", "001D000000IRFmaIAH"],
    ["001D000000Iomaz", "001D000000IomazIAB"],
    ["0012000001A1AA0", "0012000001A1AA0AAN"],
    ["a0D30000001n7Pi", "a0D30000001n7PiEAI"],
  ])("%s becomes %s", (short, long) => {
    expect(longId(short)).toBe(long);
    expect(longId(long)).toBe(long);
  });

  test("anything else stays as it is", () => {
    expect(["", "7", "Grum Ponds Ltd.", "ABCDE-FGHIJ-KLM"].map(longId)).toEqual([
      "",
      "7",
      "Grum Ponds Ltd.",
      "ABCDE-FGHIJ-KLM",
    ]);
  });
});

const opportunity = {
  Id: "006D000000IRFma",
  AccountId: "001D000000IRFma",
  Name: "Grum ponds - Pump",
  StageName: "Handshake",
  Amount: "12500.5",
  CurrencyIsoCode: "usd",
  CloseDate: "2025-03-14",
  IsClosed: "1",
  IsWon: "true",
  IsDeleted: "false",
  OwnerId: "00530000003xqAb",
  CreatedDate: "2025-01-02T10:22:00.000+0000",
  SystemModstamp: "2026-01-01T00:00:00.000Z",
  LeadSource: "Fair",
};

describe("opportunities", () => {
  test("one of a data export", () => {
    expect(read("opportunities", opportunity)).toEqual({
      kind: "opportunity",
      externalId: "006D000000IRFmaIAH",
      name: "Grum ponds - Pump",
      stage: "Handshake",
      status: "won",
      account: { externalId: "001D000000IRFmaIAH" },
      owner: { externalId: "00530000003xqAbAAI" },
      amountMinor: 1_250_050n,
      currency: "USD",
      createdOn: "2025-01-02",
      closeOn: "2025-03-14",
      custom: { LeadSource: "Fair" },
    });
  });

  test.each([
    ["true", "true", "Negotiation", "won"],
    ["yes", "", "Negotiation", "won"],
    ["0", "1", "Closed Won", "lost"],
    ["false", "no", "Closed Won", "open"],
    ["", "0", "Closed Won", "open"],
    ["", "1", "Handshake", "lost"],
    ["", "1", "Closed Won", "won"],
    ["", "", "Closed Won - partner", "won"],
    ["", "", "Closed Lost", "lost"],
    ["", "", "Prospecting", "open"],
    ["false", "", "Closed Lost", "lost"],
  ])("won %j, closed %j, stage %s: %s", (IsWon, IsClosed, StageName, status) => {
    expect(read("opportunities", { ...opportunity, IsWon, IsClosed, StageName })).toMatchObject({ status });
  });

  test.each([
    [{ IsDeleted: "TRUE" }, { column: "IsDeleted", value: "TRUE", reason: "was deleted in Salesforce" }],
    [{ IsWon: "perhaps" }, { column: "IsWon", value: "perhaps", reason: "neither true nor false" }],
    [
      { CloseDate: "" },
      { column: "CloseDate", value: "", reason: "is missing: a won opportunity counts from a day on" },
    ],
    [{ Id: "" }, { column: "Id", value: "", reason: "is missing" }],
    [
      { CurrencyIsoCode: "shells" },
      { column: "CurrencyIsoCode", value: "shells", reason: "no currency code: use one such as EUR" },
    ],
  ])("rejects %j", (change, rejection) => {
    expect(read("opportunities", { ...opportunity, ...change })).toEqual(rejection);
  });
});

describe("reports", () => {
  const row = {
    "Opportunity Owner": "Ida Plonk",
    "Account Name": "Grum Ponds",
    "Opportunity Name": "Pump",
    Stage: "Closed Won",
    "Close Date": "2025-03-14",
    "Created Date": "2025-01-02",
    Amount: "1,200.00",
    "Amount Currency": "GBP",
    Type: "New",
  };

  test("a row without ids is known by account, name and creation day", () => {
    const draft = read("opportunity-report", row);
    expect(draft).toEqual({
      kind: "opportunity",
      externalId: '["grum ponds","pump","2025-01-02"]',
      name: "Pump",
      stage: "Closed Won",
      status: "won",
      account: { name: "Grum Ponds" },
      owner: { name: "Ida Plonk" },
      amountMinor: 120_000n,
      currency: "GBP",
      createdOn: "2025-01-02",
      closeOn: "2025-03-14",
      custom: { Type: "New" },
    });
    const later = {
      ...row,
      Stage: "Closed Lost",
      "Close Date": "2025-04-01",
      Amount: "7",
      "Account Name": "GRUM  Ponds",
    };
    expect(read("opportunity-report", later)).toMatchObject({
      externalId: '["grum ponds","pump","2025-01-02"]',
    });
    expect(read("opportunity-report", { ...row, "Created Date": "" })).toMatchObject({
      externalId: '["grum ponds","pump",null]',
    });
  });

  test("with ids it is the opportunity of the data export", () => {
    const ids = { "Opportunity ID": "006D000000IRFma", "Account ID": "001D000000IRFma" };
    expect(read("opportunity-report", { ...row, ...ids })).toMatchObject({
      externalId: "006D000000IRFmaIAH",
      account: { externalId: "001D000000IRFmaIAH", name: "Grum Ponds" },
    });
  });
});

test("an account", () => {
  const cells = {
    Id: "001D000000IRFma",
    Name: "Grum Ponds",
    Type: "Customer",
    Industry: "Utilities",
    AnnualRevenue: "5000000",
    NumberOfEmployees: "12",
    BillingCountry: "Wales",
    ParentId: "001D000000IRFmb",
    OwnerId: "00530000003xqAb",
    Website: "https://www.grum.example/",
    CreatedDate: "2020-05-06T07:08:09.000Z",
  };
  expect(read("accounts", cells)).toEqual({
    kind: "account",
    externalId: "001D000000IRFmaIAH",
    name: "Grum Ponds",
    domain: "grum.example",
    industry: "Utilities",
    region: "Wales",
    owner: { externalId: "00530000003xqAbAAI" },
    createdOn: "2020-05-06",
    custom: {
      Type: "Customer",
      AnnualRevenue: "5000000",
      NumberOfEmployees: "12",
      ParentId: "001D000000IRFmb",
    },
  });
  expect(
    read("accounts", { ...cells, Website: "ask Bo", OwnerId: "", "Owner.Name": "Ida Plonk" }),
  ).toMatchObject({
    owner: { name: "Ida Plonk" },
    custom: { Website: "ask Bo" },
  });
});

test("a user who has left stays a rep", () => {
  expect(
    read("users", { Id: "00530000003xqAb", Name: "Ida Plonk", Email: "Ida@grum.example", IsActive: "false" }),
  ).toEqual({
    kind: "rep",
    externalId: "00530000003xqAbAAI",
    name: "Ida Plonk",
    email: "ida@grum.example",
    custom: { IsActive: "false" },
  });
});

test("a product", () => {
  expect(
    read("products", { Id: "01tD0000001n7Pi", Name: "Pump 9", ProductCode: "P9", Family: "Pumps" }),
  ).toMatchObject({ kind: "product", name: "Pump 9", series: "Pumps", custom: { ProductCode: "P9" } });
});

describe("opportunity products", () => {
  const line = {
    Id: "00kD0000001n7Pi",
    OpportunityId: "006D000000IRFma",
    Product2Id: "01tD0000001n7Pi",
    ProductCode: "P9",
    Quantity: "3.00",
    ListPrice: "60",
    UnitPrice: "55.1255",
    TotalPrice: "165.00",
    ServiceDate: "2025-05-01",
  };

  test("the total counts, not quantity times price", () => {
    expect(read("opportunity-lines", line)).toEqual({
      kind: "opportunity-line",
      externalId: longId("00kD0000001n7Pi"),
      opportunityId: "006D000000IRFmaIAH",
      product: { externalId: longId("01tD0000001n7Pi"), name: "P9" },
      quantity: "3.00",
      unitPrice: "55.1255",
      amountMinor: 16_500n,
      currency: "EUR",
      serviceOn: "2025-05-01",
      custom: { ListPrice: "60" },
    });
  });

  test("without a total it is computed, and without an id the product is its code", () => {
    expect(read("opportunity-lines", { ...line, TotalPrice: "", Product2Id: "" })).toMatchObject({
      amountMinor: 16_538n,
      product: { name: "P9" },
    });
  });
});
