import { describe, expect, test } from "vitest";
import { externalIdOf, recordId } from "../../src/ingest/drafts.ts";
import { isRejection, type Preset, unknownColumns } from "../../src/ingest/preset.ts";
import { nearestPreset, notRecognised, presets, recognise } from "../../src/ingest/presets.ts";

const context = { currency: "EUR", dialect: { timeZone: "UTC" } };

function presetOf(id: string) {
  const preset = presets.find((candidate) => candidate.id === id);
  if (!preset) throw new RangeError(id);
  return preset;
}

function read(id: string, cells: Readonly<Record<string, string>>) {
  const result = presetOf(id).read(cells, context);
  return isRejection(result) ? result : result[0];
}

const salesforceAccount =
  "Id,Name,Type,Industry,AnnualRevenue,NumberOfEmployees,AccountSource,BillingCountry,ParentId,OwnerId,Website,CreatedDate";
const salesforceOpportunity =
  "Id,AccountId,Name,StageName,Amount,Probability,CloseDate,Type,LeadSource,IsClosed,IsWon,OwnerId,CreatedDate";

describe("recognition", () => {
  test.each([
    ["hubspot-companies", "Industry,RECORD ID,company  name"],
    ["hubspot-deals", "Record ID,Deal Name,Deal Stage,Pipeline,Amount,Close Date,Company name"],
    ["hubspot-users", "Email,First name,Last name,Team,Role"],
    ["hubspot-users", "Name,Email,Main team"],
    ["maven-crm-accounts", "account,sector,year_established,revenue,employees,office_location,subsidiary_of"],
    ["maven-crm-products", "product,series,sales_price"],
    ["maven-crm-sales-teams", "sales_agent,manager,regional_office"],
    [
      "maven-crm-sales-pipeline",
      "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value",
    ],
    ["salesforce-accounts", `${salesforceAccount},Pond Depth`],
    ["salesforce-opportunities", salesforceOpportunity],
    [
      "salesforce-opportunity-lines",
      "Id,OpportunityId,Product2Id,ProductCode,Quantity,ListPrice,UnitPrice,TotalPrice,ServiceDate",
    ],
    ["salesforce-users", "Id,Name,Email"],
    ["salesforce-users", "Id,Username,LastName,FirstName,Name,Email,IsActive,ManagerId"],
    ["salesforce-products", "Id,Name,ProductCode,Family,IsActive"],
    [
      "salesforce-opportunity-report",
      "Opportunity Owner,Account Name,Opportunity Name,Stage,Close Date,Type",
    ],
    ["ledger-priced", "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country"],
    ["ledger-priced", "Invoice,StockCode,Description,Quantity,InvoiceDate,Price,Customer ID,Country"],
    ["ledger-priced", "Rechnungsnummer,Rechnungsdatum,Kunden-Nr,Kunde,Artikelnummer,Menge,Einzelpreis"],
    ["ledger-amounts", "invoice_number,invoice_date,customer_name,net_amount,currency"],
    ["cdnow", "customer_id,date,number_of_cds,dollar_value"],
    // Contacts, leads, campaigns, and other people's customers.
    [undefined, "Id,AccountId,FirstName,LastName,Email,Title"],
    [undefined, "Id,Name,Company,Email,Status,Industry,AnnualRevenue"],
    [undefined, "Id,Name,BudgetedCost,ActualCost,NumberSent,NumberOfWonOpportunities"],
    [undefined, "id,Description,Email,Name,Created (UTC),Delinquent,Plan,Status"],
    // What the amounts are is in doubt: gross or net, sold or not, of the line or of the invoice.
    [undefined, "Invoice number,Date,Customer,Amount,VAT"],
    [undefined, "Invoice number,Date,Customer,Amount,Status"],
    [undefined, "Invoice number,Date,Customer,Quantity,Unit price,Discount"],
    [undefined, "Invoice number,Date,Invoice date,Customer,Amount"],
    [undefined, "Invoice number,Date,Customer,Amount,Net amount"],
    [undefined, "Invoice number,Date,Customer,Total"],
    [undefined, "Invoice number,Date,Supplier,Customer,Amount"],
    [
      undefined,
      "ContactName,InvoiceNumber,InvoiceDate,Total,Description,Quantity,UnitAmount,LineAmount,TaxAmount,Currency,Type,Status",
    ],
    [undefined, "Date,Transaction Type,Num,Customer,Product/Service,Qty,Sales Price,Amount"],
    [undefined, "Record ID,First Name,Last Name,Email,Company name"],
    [undefined, "Pond,Depth"],
  ])("%s", (id, headers) => {
    expect(recognise(headers.split(","))?.id).toBe(id);
  });

  test.each([
    ["Record ID,Deal Name,Deal Stage,Close Date", "hubspot-deals", ["Amount"], []],
    ["Email,Name", "hubspot-users", ["Team or Main team"], []],
    ["Record ID,Company name,First Name", "hubspot-companies", [], ["First Name"]],
  ])("what is in the way of %s", (headers, id, missing, foreign) => {
    const near = nearestPreset(headers.split(","));
    expect([near?.preset.id, near?.missing, near?.foreign]).toEqual([id, missing, foreign]);
  });

  test("nothing is near to a file of something else", () => {
    expect(nearestPreset(["Pond", "Depth"])).toBeUndefined();
  });

  test("what is said of a file that is not recognised", () => {
    const { message } = notRecognised("a/sales.csv", ["Invoice no", "Date", "Customer", "Amount", "VAT"]);
    expect(message).toMatch(
      /^sales\.csv is not recognised: it looks most like invoice lines with amounts, but has a column VAT\. /,
    );
    expect(message).toContain("Salesforce accounts");
    expect(message).toContain("--map mapping.yaml");
    expect(notRecognised("ponds.csv", ["Pond", "Country", "Customer"]).message).toContain(
      "its columns are Pond, Country, Customer.",
    );
    expect(notRecognised("b.csv", ["Invoice no", "Date", "Client"]).message).toContain(
      "no column Net amount or Amount or Amount net",
    );
  });

  test("columns that a preset does not know are listed as written", () => {
    expect(unknownColumns(presetOf("hubspot-users"), ["EMAIL", "Name", "Team", "Shoe Size"])).toEqual([
      "Shoe Size",
    ]);
  });
});

/** All that a preset knows; of a ledger, which must not have a column twice, what it needs. */
function usualHeaders({ required, optional, single }: Preset): readonly string[] {
  const needed = required.map((header) => [header].flat()[0] ?? "");
  return single === undefined ? [...needed, ...optional] : needed;
}

describe("every preset", () => {
  test("no two claim the same file: the headers of each are recognised as that one, whatever is added", () => {
    for (const preset of presets) {
      const own = usualHeaders(preset);
      for (const other of presets) {
        if (other === preset) continue;
        const found = recognise([...own, ...other.optional.slice(0, 3), "Pond Depth"])?.id;
        expect([undefined, preset.id, "ledger-priced", "ledger-amounts"]).toContain(found);
        if (found?.startsWith("ledger") && found !== preset.id) expect(preset.sourceId).toBe("ledger");
      }
    }
  });

  test.each(presets.map((preset) => [preset.id, preset] as const))("%s", (id, preset) => {
    const headers = usualHeaders(preset);
    expect(recognise(headers)?.id).toBe(id);
    const blank = Object.fromEntries(headers.map((header) => [header, ""]));
    expect(preset.read(blank, context)).toMatchObject({ reason: "is missing" });
    expect(presets.filter((other) => other.id === id)).toHaveLength(1);
  });
});

describe("HubSpot", () => {
  const deal = {
    "Record ID": "77",
    "Deal Name": "Grum ponds -\n Pump",
    "Deal Stage": "Closed Won",
    Pipeline: "Sales Pipeline",
    Amount: "€12,500.00",
    Currency: "eur",
    "Close Date": "2025-03-14 10:22",
    "Create Date": "2025-01-02 09:00",
    "Deal owner": "Ida  Plonk",
    "Associated Company": "Grum Ponds",
    "Associated Company IDs (Primary)": "41",
    Product: "Pump",
    "Pond Depth": "3",
    Remark: " ",
  };

  test("a deal", () => {
    expect(read("hubspot-deals", deal)).toEqual({
      kind: "opportunity",
      externalId: "77",
      name: "Grum ponds - Pump",
      stage: "Closed Won",
      status: "won",
      account: { externalId: "41", name: "Grum Ponds" },
      owner: { name: "Ida Plonk" },
      product: { name: "Pump" },
      amountMinor: 1_250_000n,
      currency: "EUR",
      createdOn: "2025-01-02",
      closeOn: "2025-03-14",
      custom: { Pipeline: "Sales Pipeline", "Pond Depth": "3" },
    });
  });

  test.each([
    ["closedwon", "won"],
    ["Closed won (partner)", "won"],
    ["closedlost", "lost"],
    ["Closed Lost", "lost"],
    ["Contract Sent", "open"],
    ["Wonderful", "open"],
  ])("stage %s", (stage, status) => {
    expect(read("hubspot-deals", { ...deal, "Deal Stage": stage })).toMatchObject({ stage, status });
  });

  test.each([
    [
      { "Associated Company IDs (Primary)": "", "Associated Company IDs": "42; 43" },
      { externalId: "42", name: "Grum Ponds" },
    ],
    [{ "Associated Company IDs (Primary)": "" }, { name: "Grum Ponds" }],
    [{ "Associated Company": "" }, { externalId: "41" }],
    [{ "Associated Company": "", "Associated Company IDs (Primary)": "" }, undefined],
  ])("account of %j", (change, account) => {
    expect(read("hubspot-deals", { ...deal, ...change })).toHaveProperty("externalId", "77");
    const draft = read("hubspot-deals", { ...deal, ...change });
    expect(draft && "account" in draft ? draft.account : undefined).toEqual(account);
  });

  test("a deal of several companies belongs to the first and keeps the list", () => {
    expect(read("hubspot-deals", { ...deal, "Associated Company": "Grum Ponds;Zig" })).toMatchObject({
      account: { externalId: "41", name: "Grum Ponds" },
      custom: { "Associated Company": "Grum Ponds;Zig" },
    });
  });

  test("an open or lost deal may lack amount and close date; a credit is negative", () => {
    const lost = read("hubspot-deals", { ...deal, "Deal Stage": "closedlost", Amount: "", "Close Date": "" });
    expect(lost).toMatchObject({ status: "lost", currency: "EUR" });
    expect(lost).not.toHaveProperty("amountMinor");
    expect(read("hubspot-deals", { ...deal, Amount: "-250" })).toMatchObject({ amountMinor: -25_000n });
  });

  test.each([
    [{ "Record ID": " " }, { column: "Record ID", value: "", reason: "is missing" }],
    [{ Amount: "n/a" }, { column: "Amount", value: "n/a", reason: "not an amount: write it as 12500.00" }],
    [{ Amount: "$5" }, { column: "Amount", value: "$5", reason: "written in $, expected EUR" }],
    [
      { Currency: "Shells" },
      { column: "Currency", value: "Shells", reason: "no currency code: use one such as EUR" },
    ],
    [
      { "Close Date": "" },
      { column: "Close Date", value: "", reason: "is missing: a won deal counts from a day on" },
    ],
    [
      { "Close Date": "2025-02-30" },
      { column: "Close Date", value: "2025-02-30", reason: "there is no 2025-02-30 in the calendar" },
    ],
  ])("rejects %j", (change, rejection) => {
    expect(read("hubspot-deals", { ...deal, ...change })).toEqual(rejection);
  });

  test("a company; without a name it is called after its domain", () => {
    const cells = {
      "record id": "41",
      "Company name": "Grum  Ponds ",
      "Company Domain Name": "www.Grum.example",
      "Company owner": "Ida Plonk",
      Industry: "Utilities",
      "Country/Region": "Wales",
      "Create Date": "2020-05-06 07:08",
      Employees: "12",
    };
    expect(read("hubspot-companies", cells)).toEqual({
      kind: "account",
      externalId: "41",
      name: "Grum Ponds",
      domain: "grum.example",
      industry: "Utilities",
      region: "Wales",
      owner: { name: "Ida Plonk" },
      createdOn: "2020-05-06",
      custom: { Employees: "12" },
    });
    expect(read("hubspot-companies", { ...cells, "Company name": "" })).toMatchObject({
      name: "grum.example",
    });
  });

  test.each([
    [{ "First name": "Ida", "Last name": "Plonk", Team: "North" }],
    [{ Name: "Ida Plonk", "Main team": "North" }],
  ])("a user from %j", (names) => {
    expect(read("hubspot-users", { Email: "Ida@grum.example", Role: "Rep", ...names })).toEqual({
      kind: "rep",
      name: "Ida Plonk",
      email: "ida@grum.example",
      team: "North",
      custom: { Role: "Rep" },
    });
  });
});

describe("Maven CRM", () => {
  const deal = {
    opportunity_id: "Q1",
    sales_agent: "Ida Plonk",
    product: "Pump 9",
    account: "Zigmere",
    deal_stage: "Won",
    engage_date: "2025-01-02",
    close_date: "2025-03-14",
    close_value: "1054",
  };

  test("an opportunity, with and without account", () => {
    const draft = {
      kind: "opportunity",
      externalId: "Q1",
      stage: "Won",
      status: "won",
      account: { name: "Zigmere" },
      owner: { name: "Ida Plonk" },
      product: { name: "Pump 9" },
      amountMinor: 105_400n,
      currency: "EUR",
      createdOn: "2025-01-02",
      closeOn: "2025-03-14",
      custom: {},
    };
    expect(read("maven-crm-sales-pipeline", deal)).toEqual(draft);
    const { account, ...without } = draft;
    expect(read("maven-crm-sales-pipeline", { ...deal, account: "" })).toEqual(without);
  });

  test("a stage that it does not know is rejected", () => {
    expect(read("maven-crm-sales-pipeline", { ...deal, deal_stage: "Dreaming" })).toEqual({
      column: "deal_stage",
      value: "Dreaming",
      reason: "not one of Won, Lost, Engaging, Prospecting",
    });
  });

  test("accounts, products and sales teams", () => {
    const account = {
      account: "Zigmere",
      sector: "retail",
      office_location: "Wales",
      revenue: "1.5",
      employees: "",
    };
    expect(read("maven-crm-accounts", account)).toEqual({
      kind: "account",
      externalId: "zigmere",
      name: "Zigmere",
      industry: "retail",
      region: "Wales",
      custom: { revenue: "1.5" },
    });
    expect(
      read("maven-crm-products", { product: "Pump 9", series: "Pump", sales_price: "55.125" }),
    ).toMatchObject({
      reason: "could be 55125 or 55.125: write it with 2 decimals, without grouping",
    });
    expect(read("maven-crm-products", { product: "Pump 9", series: "Pump", sales_price: "55" })).toEqual({
      kind: "product",
      name: "Pump 9",
      series: "Pump",
      listPrice: "55",
      custom: {},
    });
    expect(
      read("maven-crm-sales-teams", {
        sales_agent: "Ida Plonk",
        manager: "Bo Flump",
        regional_office: "Hill",
      }),
    ).toEqual({
      kind: "rep",
      name: "Ida Plonk",
      manager: "Bo Flump",
      team: "Bo Flump",
      office: "Hill",
      custom: {},
    });
  });
});

describe("identity", () => {
  test("names differ by neither case nor spacing", () => {
    expect(externalIdOf({ name: " Ida  PLONK" })).toBe("ida plonk");
  });

  // Oracle: uuid5 of the Python standard library.
  test("record ids stay what they are for ever, and differ by each part", () => {
    expect(recordId("hubspot", "account", "41")).toBe("feb2aed0-b175-5534-946e-489ea255234f");
    const ids = [
      recordId("hubspot", "account", "41"),
      recordId("hubspot", "rep", "41"),
      recordId("maven-crm", "account", "41"),
      recordId("hubspot", "account", '4","1'),
    ];
    expect(new Set(ids).size).toBe(4);
  });
});
