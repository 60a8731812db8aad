import { currencyIn, externalIdOfParts } from "./crm-fields.ts";
import type { OpportunityDraft } from "./drafts.ts";
import { named } from "./drafts.ts";
import { type Preset, present, readRow } from "./preset.ts";
import { referenceIn, salesforce, statusIn } from "./salesforce-fields.ts";
import { longId } from "./salesforce-ids.ts";

/** A report of opportunities as people export it, headed by labels. */
export const salesforceReport: Preset = {
  ...salesforce,
  id: "salesforce-opportunity-report",
  title: "Salesforce report of opportunities",
  required: ["Opportunity Name", "Account Name", "Stage", "Close Date"],
  optional: [
    ...["Opportunity Owner", "Opportunity ID", "Account ID", "Amount", "Amount Currency", "Created Date"],
    ...["Won", "Closed"],
  ],
  days: ["Close Date", "Created Date"],
  amounts: ["Amount"],
  // Reports of products and of stage histories have several rows for one opportunity.
  excluded: ["Product Name", "Total Price", "From Stage", "To Stage"],
  order: 2,
  read: (cells, context) =>
    readRow(cells, context, (row): OpportunityDraft => {
      const name = row.required("Opportunity Name");
      const stage = row.required("Stage");
      const status = statusIn(row, stage, { won: "Won", closed: "Closed" });
      const currency = currencyIn(row, "Amount Currency") ?? context.currency;
      const closeOn = row.day("Close Date");
      if (status === "won" && closeOn === undefined)
        row.reject("Close Date", "is missing: a won opportunity counts from a day on");
      const id = row.text("Opportunity ID");
      const account = referenceIn(row, "Account ID", "Account Name");
      const createdOn = row.day("Created Date");
      // Most reports have no ids. Stage, amount and close date change while an opportunity lives; what
      // stays is whose it is, what it is called and when it was created, where the report says so.
      const externalId = id === undefined ? externalIdOfParts([account?.name, name, createdOn]) : longId(id);
      const fields = present({
        account,
        owner: named(row.text("Opportunity Owner")),
        amountMinor: row.amount("Amount", currency),
        createdOn,
        closeOn,
      });
      const custom = row.rest();
      return { kind: "opportunity", externalId, name, stage, status, ...fields, currency, custom };
    }),
};
