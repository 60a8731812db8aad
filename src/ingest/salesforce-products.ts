import { currencyIn } from "./crm-fields.ts";
import { named, type OpportunityLineDraft } from "./drafts.ts";
import { lineAmount, minorOf } from "./line-amounts.ts";
import { type Preset, present, readRow } from "./preset.ts";
import { glances, idOfRow, referenceIn, salesforce } from "./salesforce-fields.ts";
import { longId } from "./salesforce-ids.ts";

export const salesforceProducts: Preset = {
  ...salesforce,
  id: "salesforce-products",
  title: "Salesforce products",
  required: ["Id", "Name", "ProductCode"],
  optional: ["Family", "IsDeleted", ...glances],
  days: [],
  amounts: [],
  excluded: ["OpportunityId", "Product2Id", "Pricebook2Id", "QuoteId", "OrderId"],
  order: 1,
  read: (cells, context) =>
    readRow(cells, context, (row) => {
      const externalId = idOfRow(row);
      const name = row.required("Name");
      const fields = present({ series: row.text("Family") });
      return { kind: "product", externalId, name, ...fields, custom: row.rest() };
    }),
};

/** What of each product was offered or sold. */
export const salesforceLines: Preset = {
  ...salesforce,
  id: "salesforce-opportunity-lines",
  title: "Salesforce opportunity products",
  required: ["Id", "OpportunityId", "Quantity", ["TotalPrice", "UnitPrice"]],
  optional: [
    ...["UnitPrice", "Product2Id", "Product2.Name", "ProductCode", "ServiceDate", "CurrencyIsoCode"],
    ...["IsDeleted", ...glances],
  ],
  days: ["ServiceDate"],
  amounts: ["TotalPrice", "UnitPrice", "Quantity", "ListPrice"],
  excluded: ["QuoteId", "OrderId"],
  order: 3,
  read: (cells, context) =>
    readRow(cells, context, (row): OpportunityLineDraft => {
      const externalId = idOfRow(row);
      const opportunityId = longId(row.required("OpportunityId"));
      const currency = currencyIn(row, "CurrencyIsoCode") ?? context.currency;
      const quantity = row.decimal("Quantity", currency);
      const unitPrice = row.decimal("UnitPrice", currency);
      const computed = lineAmount(quantity, unitPrice);
      const code = row.text("ProductCode");
      const product = referenceIn(row, "Product2Id", "Product2.Name");
      const fields = present({
        product: product === undefined ? named(code) : { ...present({ name: code }), ...product },
        quantity,
        unitPrice,
        amountMinor:
          row.amount("TotalPrice", currency) ??
          (computed === undefined ? undefined : minorOf(row, "UnitPrice", computed, currency)),
        serviceOn: row.day("ServiceDate"),
      });
      return { kind: "opportunity-line", externalId, opportunityId, ...fields, currency, custom: row.rest() };
    }),
};
