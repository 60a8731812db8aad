import { type AccountDraft, externalIdOfName, named, type OpportunityDraft } from "./drafts.ts";
import { type Preset, present, readRow } from "./preset.ts";

const source = { sourceId: "maven-crm", sourceName: "Maven CRM", excluded: [] } as const;

const accounts: Preset = {
  ...source,
  id: "maven-crm-accounts",
  title: "Maven CRM accounts",
  required: ["account", "sector", "office_location"],
  optional: ["year_established", "revenue", "employees", "subsidiary_of"],
  days: [],
  amounts: [],
  order: 1,
  read: (cells, context) =>
    readRow(cells, context, (row): AccountDraft => {
      const name = row.required("account");
      const fields = present({ industry: row.text("sector"), region: row.text("office_location") });
      return { kind: "account", externalId: externalIdOfName(name), name, ...fields, custom: row.rest() };
    }),
};

const products: Preset = {
  ...source,
  id: "maven-crm-products",
  title: "Maven CRM products",
  required: ["product", "series", "sales_price"],
  optional: [],
  days: [],
  amounts: ["sales_price"],
  order: 1,
  read: (cells, context) =>
    readRow(cells, context, (row) => {
      const name = row.required("product");
      const fields = present({
        series: row.text("series"),
        listPrice: row.decimal("sales_price", context.currency),
      });
      return { kind: "product", name, ...fields, custom: row.rest() };
    }),
};

const salesTeams: Preset = {
  ...source,
  id: "maven-crm-sales-teams",
  title: "Maven CRM sales teams",
  required: ["sales_agent", "manager", "regional_office"],
  optional: [],
  days: [],
  amounts: [],
  order: 1,
  read: (cells, context) =>
    readRow(cells, context, (row) => {
      const name = row.required("sales_agent");
      const manager = row.text("manager");
      // A team has no name of its own here: it is called after its manager.
      const fields = present({ manager, team: manager, office: row.text("regional_office") });
      return { kind: "rep", name, ...fields, custom: row.rest() };
    }),
};

const pipeline: Preset = {
  ...source,
  id: "maven-crm-sales-pipeline",
  title: "Maven CRM opportunities",
  required: [
    "opportunity_id",
    "sales_agent",
    "product",
    "account",
    "deal_stage",
    "close_date",
    "close_value",
  ],
  optional: ["engage_date"],
  days: ["engage_date", "close_date"],
  amounts: ["close_value"],
  order: 2,
  read: (cells, context) =>
    readRow(cells, context, (row): OpportunityDraft => {
      const { currency } = context;
      const externalId = row.required("opportunity_id");
      const stage = row.required("deal_stage");
      const status =
        statuses.get(stage.toLowerCase()) ??
        row.reject("deal_stage", "not one of Won, Lost, Engaging, Prospecting");
      const closeOn = row.day("close_date");
      if (status === "won" && closeOn === undefined)
        row.reject("close_date", "is missing: a won deal counts from a day on");
      const fields = present({
        account: named(row.text("account")),
        owner: named(row.text("sales_agent")),
        product: named(row.text("product")),
        amountMinor: row.amount("close_value", currency),
        createdOn: row.day("engage_date"),
        closeOn,
      });
      return { kind: "opportunity", externalId, stage, status, ...fields, currency, custom: row.rest() };
    }),
};

const statuses: ReadonlyMap<string, OpportunityDraft["status"]> = new Map([
  ["won", "won"],
  ["lost", "lost"],
  ["engaging", "open"],
  ["prospecting", "open"],
]);

export const mavenCrmPresets: readonly Preset[] = [accounts, products, salesTeams, pipeline];
