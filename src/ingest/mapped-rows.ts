import { domainIn, externalIdOfParts, statusOfStage } from "./crm-fields.ts";
import { isZero } from "./decimal-arithmetic.ts";
import { type Draft, externalIdOfName, type LedgerDraft, type OpportunityDraft } from "./drafts.ts";
import { minorOf } from "./line-amounts.ts";
import { figuresOf, refundOf } from "./mapped-amounts.ts";
import type { MappedFields } from "./mapped-fields.ts";
import { isAmong } from "./mapping-conditions.ts";
import type { Kind } from "./mapping-kinds.ts";
import type { MappingSettings, Stages } from "./mapping-settings.ts";
import { present } from "./preset.ts";

type ReadMapped = (
  fields: MappedFields,
  mapping: MappingSettings,
  usualCurrency: string,
) => Draft | readonly Draft[];

/** What a row of each kind becomes. */
export const readMapped: Readonly<Record<Kind, ReadMapped>> = {
  accounts: (fields) => {
    const name = fields.required("name");
    const externalId = fields.text("id") ?? externalIdOfName(name);
    const more = present({
      domain: domainIn(fields.row, fields.column("domain")),
      industry: fields.text("industry"),
      region: fields.text("region"),
      owner: fields.reference("owner"),
      createdOn: fields.day("created"),
    });
    return { kind: "account", externalId, name, ...more, custom: fields.row.rest() };
  },

  reps: (fields) => {
    const name = fields.required("name");
    const more = present({
      externalId: fields.text("id"),
      email: fields.text("email")?.toLowerCase(),
      team: fields.text("team"),
      manager: fields.text("manager"),
      office: fields.text("office"),
    });
    return { kind: "rep", name, ...more, custom: fields.row.rest() };
  },

  products: (fields, _, usualCurrency) => {
    const name = fields.required("name");
    const currency = fields.currency("currency") ?? usualCurrency;
    const more = present({
      externalId: fields.text("id"),
      series: fields.text("series"),
      listPrice: fields.number("price", currency),
    });
    return { kind: "product", name, ...more, custom: fields.row.rest() };
  },

  opportunities: (fields, { stages }, usualCurrency) => {
    const stage = fields.required("stage");
    const status =
      statusOf(stage, stages) ??
      fields.row.reject(fields.column("stage"), "not a stage that the mapping names");
    const currency = fields.currency("currency") ?? usualCurrency;
    const amount = fields.number("amount", currency);
    const account = fields.reference("account");
    const closeOn = fields.day("closed");
    if (status === "won" && closeOn === undefined)
      fields.row.reject(fields.column("closed"), "is missing: a won opportunity counts from a day on");
    const more = present({
      name: fields.text("name"),
      account,
      owner: fields.reference("owner"),
      product: fields.reference("product"),
      amountMinor:
        amount === undefined ? undefined : minorOf(fields.row, fields.column("amount"), amount, currency),
      createdOn: fields.day("created"),
      closeOn,
    });
    const externalId =
      fields.text("id") ??
      externalIdOfParts([account?.externalId ?? account?.name, fields.required("name"), more.createdOn]);
    return { kind: "opportunity", externalId, stage, status, ...more, currency, custom: fields.row.rest() };
  },

  "opportunity-lines": (fields, mapping, usualCurrency) => {
    const externalId = fields.required("id");
    const opportunityId = fields.required("opportunity");
    const currency = fields.currency("currency") ?? usualCurrency;
    const more = present({
      product: fields.reference("product"),
      ...figuresOf(fields, mapping, currency),
      serviceOn: fields.day("day"),
    });
    const custom = fields.row.rest();
    return { kind: "opportunity-line", externalId, opportunityId, ...more, currency, custom };
  },

  invoices: (fields, mapping, usualCurrency) => readEntry("invoice", fields, mapping, usualCurrency),

  payments: (fields, mapping, usualCurrency) => {
    const { column } = fields;
    const currency = fields.currency("currency") ?? usualCurrency;
    const refund = refundOf(fields, mapping, currency);
    const payment = readEntry("payment", fields, mapping, usualCurrency);
    if (payment.amountMinor === undefined) return fields.row.reject(column("amount"), "is missing");
    if (refund === undefined) return payment;
    const id = payment.externalId;
    const own = id === undefined ? {} : { externalId: `${id}:refunded` };
    return [payment, { ...payment, ...own, amountMinor: refund }];
  },

  rates: (fields) => {
    const [base, quote] = (["base", "quote"] as const).map(
      (field) => fields.currency(field) ?? fields.required(field),
    );
    const onDay = fields.requiredDay("day");
    const rate = fields.number("rate", quote ?? "") ?? fields.required("rate");
    if (rate.startsWith("-") || isZero(rate)) fields.row.reject(fields.column("rate"), "not above 0");
    return { kind: "rate", base: base ?? "", quote: quote ?? "", onDay, rate };
  },
};

function readEntry(
  kind: LedgerDraft["kind"],
  fields: MappedFields,
  mapping: MappingSettings,
  usualCurrency: string,
): LedgerDraft {
  const onDay = fields.requiredDay("day");
  const currency = fields.currency("currency") ?? usualCurrency;
  const more = present({
    externalId: fields.text("id"),
    document: fields.text("document"),
    account: fields.reference("account"),
    accountRegion: fields.text("region"),
    product: fields.reference("product"),
    description: fields.text("description"),
    ...figuresOf(fields, mapping, currency),
  });
  return { kind, onDay, ...more, currency, custom: fields.row.rest() };
}

/** Undefined for a stage that is in none of the lists, where the mapping lists the open ones too. */
function statusOf(stage: string, stages: Stages | undefined): OpportunityDraft["status"] | undefined {
  if (stages === undefined) return statusOfStage(stage);
  if (isAmong(stage, stages.won)) return "won";
  if (isAmong(stage, stages.lost ?? [])) return "lost";
  return stages.open === undefined || isAmong(stage, stages.open) ? "open" : undefined;
}
