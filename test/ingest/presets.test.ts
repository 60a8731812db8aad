import { describe, expect, test } from "vitest";
import { externalIdOf, recordId } from "../../src/ingest/drafts.ts";
import { isRejection, unknownColumns } from "../../src/ingest/preset.ts";
import { nearestPreset, presets, recognise } from "../../src/ingest/presets.ts";

const context = { currency: "EUR" };

function presetOf(id: string) {
  const preset = presets.find((candidate) => candidate.id === id);
  if (!preset) throw new RangeError(id);
  return preset;
}

function read(id: string, cells: Readonly<Record<string, string>>) {
  const result = presetOf(id).read(cells, context);
  return isRejection(result) ? result : result[0];
}

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

  test("columns that a preset does not know are listed as written", () => {
    expect(unknownColumns(presetOf("hubspot-users"), ["EMAIL", "Name", "Team", "Shoe Size"])).toEqual([
      "Shoe Size",
    ]);
  });
});

describe("every preset", () => {
  test.each(presets.map((preset) => [preset.id, preset] as const))("%s", (id, preset) => {
    const headers = [...preset.required.map((header) => [header].flat()[0] ?? ""), ...preset.optional];
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
      owner: "Ida Plonk",
      product: "Pump",
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
      owner: "Ida Plonk",
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
      owner: "Ida Plonk",
      product: "Pump 9",
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
    expect(externalIdOf({ kind: "rep", name: " Ida  PLONK", custom: {} })).toBe("ida plonk");
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
