import { cleanText } from "../core/names.ts";
import { currencyIn, domainIn, statusOfStage } from "./crm-fields.ts";
import { type AccountDraft, named, type OpportunityDraft, type Reference, type RepDraft } from "./drafts.ts";
import { type Preset, present, type Row, readRow } from "./preset.ts";

const source = { sourceId: "hubspot", sourceName: "HubSpot" } as const;

const companies: Preset = {
  ...source,
  id: "hubspot-companies",
  title: "HubSpot companies",
  required: ["Record ID", "Company name"],
  optional: [
    ...["Company Domain Name", "Website URL", "Company owner", "Industry", "Country/Region"],
    ...["Create Date", "Last Activity Date"],
  ],
  days: ["Create Date"],
  amounts: [],
  // Contacts name their company too.
  excluded: ["First Name", "Last Name", "Email", "Deal Stage"],
  order: 1,
  read: (cells, context) =>
    readRow(cells, context, (row): AccountDraft => {
      const externalId = row.required("Record ID");
      const domain = domainIn(row, "Company Domain Name") ?? domainIn(row, "Website URL");
      // HubSpot makes companies out of mail addresses, with a domain and no name.
      const name = row.text("Company name") ?? domain ?? row.required("Company name");
      const fields = present({
        domain,
        industry: row.text("Industry"),
        region: row.text("Country/Region"),
        owner: named(row.text("Company owner")),
        createdOn: row.day("Create Date"),
      });
      return { kind: "account", externalId, name, ...fields, custom: row.rest() };
    }),
};

const associations = {
  ids: ["Associated Company IDs (Primary)", "Associated Company IDs"],
  name: "Associated Company",
} as const;

const deals: Preset = {
  ...source,
  id: "hubspot-deals",
  title: "HubSpot deals",
  required: ["Record ID", "Deal Name", "Deal Stage", "Amount", "Close Date"],
  optional: [
    ...["Pipeline", "Currency", "Create Date", "Deal owner", "Last Activity Date", "Product"],
    ...[...associations.ids, associations.name],
  ],
  days: ["Close Date", "Create Date"],
  amounts: ["Amount"],
  excluded: [],
  order: 2,
  read: (cells, context) =>
    readRow(cells, context, (row): OpportunityDraft => {
      const externalId = row.required("Record ID");
      const stage = row.required("Deal Stage");
      const status = statusOfStage(stage);
      const currency = currencyIn(row, "Currency") ?? context.currency;
      const closeOn = row.day("Close Date");
      if (status === "won" && closeOn === undefined)
        row.reject("Close Date", "is missing: a won deal counts from a day on");
      const account = accountOf(row);
      const fields = present({
        name: row.text("Deal Name"),
        account: account?.reference,
        owner: named(row.text("Deal owner")),
        product: named(row.text("Product")),
        amountMinor: row.amount("Amount", currency),
        createdOn: row.day("Create Date"),
        closeOn,
      });
      const custom = { ...row.rest(), ...account?.others };
      return { kind: "opportunity", externalId, stage, status, ...fields, currency, custom };
    }),
};

const users: Preset = {
  ...source,
  id: "hubspot-users",
  title: "HubSpot users",
  required: ["Email", ["First name", "Name"], ["Team", "Main team"]],
  optional: ["Last name", "Role"],
  days: [],
  amounts: [],
  // Contacts and other people have the first columns as well.
  excluded: ["Record ID", "Id", "Lifecycle Stage", "Contact owner", "Associated Company IDs"],
  // Before accounts and deals, which name them.
  order: 0,
  read: (cells, context) =>
    readRow(cells, context, (row): RepDraft => {
      const parts = [row.text("First name"), row.text("Last name")].filter((part) => part !== undefined);
      const whole = row.text("Name");
      const name = parts.join(" ") || whole || row.reject("First name", "is missing");
      const fields = present({ email: row.text("Email")?.toLowerCase(), team: teamOf(row) });
      return { kind: "rep", name, ...fields, custom: row.rest() };
    }),
};

export const hubspotPresets: readonly Preset[] = [companies, users, deals];

interface Association {
  readonly reference: Reference;
  /** The lists as written, where a deal has several companies and only the first counts. */
  readonly others: Readonly<Record<string, string>>;
}

function accountOf(row: Row): Association | undefined {
  const [primary, all] = associations.ids.map((column) => row.text(column));
  const names = row.text(associations.name);
  const externalId = firstOf(primary) ?? firstOf(all);
  const name = firstOf(names);
  if (externalId === undefined && name === undefined) return undefined;
  const lists = [
    ["Associated Company IDs", all],
    [associations.name, names],
  ] as const;
  const others = lists.flatMap(([column, list]) => (list?.includes(";") ? [[column, list]] : []));
  const reference = externalId === undefined ? { name: name ?? "" } : { externalId, ...present({ name }) };
  return { reference, others: Object.fromEntries(others) };
}

function firstOf(list: string | undefined): string | undefined {
  const [first = ""] = list?.split(";") ?? [];
  return cleanText(first) || undefined;
}

function teamOf(row: Row): string | undefined {
  const [team, main] = [row.text("Team"), row.text("Main team")];
  return main ?? team;
}
