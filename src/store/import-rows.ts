import type { BulkColumn } from "./bulk.ts";

/** Rows of an import. Ids are `recordId(…)`: the same row has the same id in every store. */
interface VersionRow {
  readonly id: string;
  /** Equal for rows with equal content. */
  readonly contentHash: string;
}

interface RecordRow extends VersionRow {
  readonly externalId: string;
  readonly name: string;
  /** False when only a fact mentions it. */
  readonly described: boolean;
  readonly custom: Readonly<Record<string, string>>;
}

export interface AccountRow extends RecordRow {
  readonly nameKey: string;
  readonly domain: string | undefined;
  readonly industry: string | undefined;
  readonly region: string | undefined;
  readonly ownerId: string | undefined;
  readonly createdOn: string | undefined;
}

export interface RepRow extends RecordRow {
  readonly email: string | undefined;
  readonly team: string | undefined;
  readonly manager: string | undefined;
  readonly office: string | undefined;
}

export interface ProductRow extends RecordRow {
  readonly series: string | undefined;
  /** Decimal number. */
  readonly listPrice: string | undefined;
}

export interface OpportunityRow extends VersionRow {
  readonly externalId: string;
  readonly accountId: string | undefined;
  readonly ownerId: string | undefined;
  readonly productId: string | undefined;
  readonly name: string | undefined;
  readonly stage: string;
  readonly status: "open" | "won" | "lost";
  readonly amountMinor: bigint | undefined;
  readonly currency: string;
  readonly createdOn: string | undefined;
  readonly closeOn: string | undefined;
  readonly custom: Readonly<Record<string, string>>;
}

interface LineRow extends VersionRow {
  readonly productId: string | undefined;
  /** Decimal numbers. */
  readonly quantity: string | undefined;
  readonly unitPrice: string | undefined;
  readonly amountMinor: bigint | undefined;
  readonly currency: string;
  readonly custom: Readonly<Record<string, string>>;
}

export interface OpportunityLineRow extends LineRow {
  readonly externalId: string;
  readonly opportunityId: string;
  readonly serviceOn: string | undefined;
}

export interface LedgerRow extends LineRow {
  readonly kind: "invoice" | "payment";
  readonly groupKey: string;
  readonly document: string | undefined;
  readonly accountId: string | undefined;
  readonly description: string | undefined;
  readonly onDay: string;
}

export interface RateRow extends VersionRow {
  readonly base: string;
  readonly quote: string;
  readonly onDay: string;
  /** Decimal number above 0. */
  readonly rate: string;
}

/** A table whose rows are versions: how its rows are written and told apart. */
export interface VersionTable<Row> {
  readonly name: string;
  /** The column of the row's id. */
  readonly key: "id" | "source_record_id";
  /** Whether rows can be mere mentions, which never replace a description. */
  readonly describable: boolean;
  readonly columns: readonly BulkColumn<Row>[];
  /** The day by which an export's span is known; undefined where exports have none. */
  readonly day?: string;
  /** How people find a row again. */
  readonly label: string;
}

const version: readonly BulkColumn<VersionRow>[] = [
  { name: "content_hash", type: "text", of: ({ contentHash }) => contentHash },
];
const record: readonly BulkColumn<RecordRow>[] = [
  ...version,
  { name: "source_record_id", type: "uuid", of: ({ id }) => id },
  { name: "name", type: "text", of: ({ name }) => name },
  { name: "described", type: "boolean", of: ({ described }) => described },
  { name: "custom", type: "jsonb", of: ({ custom }) => JSON.stringify(custom) },
];
const line: readonly BulkColumn<LineRow>[] = [
  ...version,
  { name: "id", type: "uuid", of: ({ id }) => id },
  { name: "product_record_id", type: "uuid", of: ({ productId }) => productId },
  { name: "quantity", type: "numeric", of: ({ quantity }) => quantity },
  { name: "unit_price", type: "numeric", of: ({ unitPrice }) => unitPrice },
  { name: "amount_minor", type: "bigint", of: ({ amountMinor }) => amountMinor },
  { name: "currency", type: "text", of: ({ currency }) => currency },
  { name: "custom", type: "jsonb", of: ({ custom }) => JSON.stringify(custom) },
];

export const accountRecords: VersionTable<AccountRow> = {
  name: "account_record",
  key: "source_record_id",
  describable: true,
  label: "name",
  columns: [
    ...record,
    { name: "name_key", type: "text", of: ({ nameKey }) => nameKey },
    { name: "domain", type: "text", of: ({ domain }) => domain },
    { name: "industry", type: "text", of: ({ industry }) => industry },
    { name: "region", type: "text", of: ({ region }) => region },
    { name: "owner_record_id", type: "uuid", of: ({ ownerId }) => ownerId },
    { name: "created_on", type: "date", of: ({ createdOn }) => createdOn },
  ],
};

export const repRecords: VersionTable<RepRow> = {
  name: "rep_record",
  key: "source_record_id",
  describable: true,
  label: "name",
  columns: [
    ...record,
    { name: "email", type: "text", of: ({ email }) => email },
    { name: "team", type: "text", of: ({ team }) => team },
    { name: "manager", type: "text", of: ({ manager }) => manager },
    { name: "office", type: "text", of: ({ office }) => office },
  ],
};

export const productRecords: VersionTable<ProductRow> = {
  name: "product_record",
  key: "source_record_id",
  describable: true,
  label: "name",
  columns: [
    ...record,
    { name: "series", type: "text", of: ({ series }) => series },
    { name: "list_price", type: "numeric", of: ({ listPrice }) => listPrice },
  ],
};

export const opportunities: VersionTable<OpportunityRow> = {
  name: "opportunity",
  key: "id",
  describable: false,
  day: "COALESCE(t.created_on, t.close_on)",
  label: "COALESCE(t.name, t.external_id)",
  columns: [
    ...version,
    { name: "id", type: "uuid", of: ({ id }) => id },
    { name: "external_id", type: "text", of: ({ externalId }) => externalId },
    { name: "account_record_id", type: "uuid", of: ({ accountId }) => accountId },
    { name: "owner_record_id", type: "uuid", of: ({ ownerId }) => ownerId },
    { name: "product_record_id", type: "uuid", of: ({ productId }) => productId },
    { name: "name", type: "text", of: ({ name }) => name },
    { name: "stage", type: "text", of: ({ stage }) => stage },
    { name: "status", type: "opportunity_status", of: ({ status }) => status },
    { name: "amount_minor", type: "bigint", of: ({ amountMinor }) => amountMinor },
    { name: "currency", type: "text", of: ({ currency }) => currency },
    { name: "created_on", type: "date", of: ({ createdOn }) => createdOn },
    { name: "close_on", type: "date", of: ({ closeOn }) => closeOn },
    { name: "custom", type: "jsonb", of: ({ custom }) => JSON.stringify(custom) },
  ],
};

export const opportunityLines: VersionTable<OpportunityLineRow> = {
  name: "opportunity_line",
  key: "id",
  describable: false,
  label: "t.external_id",
  columns: [
    ...line,
    { name: "external_id", type: "text", of: ({ externalId }) => externalId },
    { name: "opportunity_id", type: "uuid", of: ({ opportunityId }) => opportunityId },
    { name: "service_on", type: "date", of: ({ serviceOn }) => serviceOn },
  ],
};

export function ledgerEntries(sourceId: string): VersionTable<LedgerRow> {
  return {
    name: "ledger_entry",
    key: "id",
    describable: false,
    day: "t.on_day",
    label: "concat_ws(' ', t.document, t.description, t.on_day)",
    columns: [
      ...line,
      { name: "source_id", type: "text", of: () => sourceId },
      { name: "kind", type: "ledger_kind", of: ({ kind }) => kind },
      { name: "group_key", type: "text", of: ({ groupKey }) => groupKey },
      { name: "document", type: "text", of: ({ document }) => document },
      { name: "account_record_id", type: "uuid", of: ({ accountId }) => accountId },
      { name: "description", type: "text", of: ({ description }) => description },
      { name: "on_day", type: "date", of: ({ onDay }) => onDay },
    ],
  };
}

export const exchangeRates: VersionTable<RateRow> = {
  name: "exchange_rate",
  key: "id",
  describable: false,
  day: "t.on_day",
  label: "concat_ws(' ', t.base, t.quote, t.on_day)",
  columns: [
    ...version,
    { name: "id", type: "uuid", of: ({ id }) => id },
    { name: "base", type: "text", of: ({ base }) => base },
    { name: "quote", type: "text", of: ({ quote }) => quote },
    { name: "on_day", type: "date", of: ({ onDay }) => onDay },
    { name: "rate", type: "numeric", of: ({ rate }) => rate },
  ],
};

/** Every table of versions, whatever its rows. */
export const versionTables: readonly Omit<VersionTable<never>, "columns">[] = [
  accountRecords,
  repRecords,
  productRecords,
  opportunities,
  opportunityLines,
  ledgerEntries(""),
  exchangeRates,
];
