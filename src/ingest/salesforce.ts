import { currencyIn, domainIn } from "./crm-fields.ts";
import type { AccountDraft, OpportunityDraft, RepDraft } from "./drafts.ts";
import { type Preset, present, readRow } from "./preset.ts";
import { glances, idOfRow, referenceIn, salesforce, statusIn } from "./salesforce-fields.ts";
import { salesforceLines, salesforceProducts } from "./salesforce-products.ts";
import { salesforceReport } from "./salesforce-report.ts";

const accounts: Preset = {
  ...salesforce,
  id: "salesforce-accounts",
  title: "Salesforce accounts",
  required: [
    "Id",
    "Name",
    // Many systems know the two above; these are names that only Salesforce's accounts have.
    [
      ...["BillingCountry", "BillingCountryCode", "BillingCity", "AnnualRevenue", "NumberOfEmployees"],
      ...["AccountSource", "AccountNumber", "BillingStreet", "BillingState", "BillingPostalCode"],
    ],
  ],
  optional: ["Industry", "OwnerId", "Owner.Name", "Website", "CreatedDate", "IsDeleted", ...glances],
  days: ["CreatedDate"],
  amounts: [],
  // Leads, contacts and opportunities have the same columns.
  excluded: ["Company", "LastName", "AccountId", "StageName", "Email", "IsConverted"],
  order: 1,
  read: (cells, context) =>
    readRow(cells, context, (row): AccountDraft => {
      const externalId = idOfRow(row);
      const name = row.required("Name");
      const fields = present({
        domain: domainIn(row, "Website"),
        industry: row.text("Industry"),
        region: row.text("BillingCountry"),
        owner: referenceIn(row, "OwnerId", "Owner.Name"),
        createdOn: row.day("CreatedDate"),
      });
      return { kind: "account", externalId, name, ...fields, custom: row.rest() };
    }),
};

const users: Preset = {
  ...salesforce,
  id: "salesforce-users",
  title: "Salesforce users",
  required: ["Id", "Name", "Email"],
  optional: ["IsDeleted", ...glances],
  days: [],
  amounts: [],
  // Contacts, leads and the customers of payment services have the first columns as well.
  excluded: [
    ...["AccountId", "Company", "LeadSource", "Lifecycle Stage", "Status", "Plan", "Delinquent"],
    ...["Created (UTC)", "Customer ID", "Team", "Main team", "Requester", "Account", "Deal Stage"],
  ],
  order: 1,
  // Who has left is still the owner of what was sold, so inactive users stay.
  read: (cells, context) =>
    readRow(cells, context, (row): RepDraft => {
      const externalId = idOfRow(row);
      const name = row.required("Name");
      const fields = present({ email: row.text("Email")?.toLowerCase() });
      return { kind: "rep", externalId, name, ...fields, custom: row.rest() };
    }),
};

const opportunities: Preset = {
  ...salesforce,
  id: "salesforce-opportunities",
  title: "Salesforce opportunities",
  required: ["Id", "Name", "StageName", "CloseDate"],
  optional: [
    ...["AccountId", "Account.Name", "OwnerId", "Owner.Name", "Amount", "CurrencyIsoCode", "CreatedDate"],
    ...["IsWon", "IsClosed", "IsDeleted", ...glances],
  ],
  days: ["CloseDate", "CreatedDate"],
  amounts: ["Amount"],
  excluded: ["OpportunityId"],
  order: 2,
  read: (cells, context) =>
    readRow(cells, context, (row): OpportunityDraft => {
      const externalId = idOfRow(row);
      const stage = row.required("StageName");
      const status = statusIn(row, stage, { won: "IsWon", closed: "IsClosed" });
      const currency = currencyIn(row, "CurrencyIsoCode") ?? context.currency;
      const closeOn = row.day("CloseDate");
      if (status === "won" && closeOn === undefined)
        row.reject("CloseDate", "is missing: a won opportunity counts from a day on");
      const fields = present({
        name: row.text("Name"),
        account: referenceIn(row, "AccountId", "Account.Name"),
        owner: referenceIn(row, "OwnerId", "Owner.Name"),
        amountMinor: row.amount("Amount", currency),
        createdOn: row.day("CreatedDate"),
        closeOn,
      });
      return { kind: "opportunity", externalId, stage, status, ...fields, currency, custom: row.rest() };
    }),
};

export const salesforcePresets: readonly Preset[] = [
  accounts,
  users,
  salesforceProducts,
  opportunities,
  salesforceLines,
  salesforceReport,
];
