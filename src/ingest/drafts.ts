import { v5 as uuidFromName } from "uuid";
import type { Day } from "../core/calendar.ts";
import { cleanText } from "../core/names.ts";

/** Columns that have no field of their own, by header; blank cells are left out. */
export type Custom = Readonly<Record<string, string>>;

/** How a row names a record: by its source's id, with the name where the row has both, or by name alone. */
export type Reference =
  | { readonly externalId: string; readonly name?: string }
  | { readonly externalId?: never; readonly name: string };

export interface AccountDraft {
  readonly kind: "account";
  readonly externalId: string;
  readonly name: string;
  readonly domain?: string;
  readonly industry?: string;
  readonly region?: string;
  /** A rep. */
  readonly owner?: Reference;
  readonly createdOn?: Day;
  readonly custom: Custom;
}

export interface RepDraft {
  readonly kind: "rep";
  /** The name is the identity where the source has no ids of people. */
  readonly externalId?: string;
  readonly name: string;
  readonly email?: string;
  readonly team?: string;
  readonly manager?: string;
  readonly office?: string;
  readonly custom: Custom;
}

export interface ProductDraft {
  readonly kind: "product";
  /** The name is the identity where the source has no ids of products. */
  readonly externalId?: string;
  readonly name: string;
  readonly series?: string;
  /** A decimal such as `4821` or `0.125`: prices may be finer than the currency's minor unit. */
  readonly listPrice?: string;
  readonly custom: Custom;
}

export interface OpportunityDraft {
  readonly kind: "opportunity";
  readonly externalId: string;
  readonly name?: string;
  readonly stage: string;
  readonly status: "open" | "won" | "lost";
  readonly account?: Reference;
  /** A rep. */
  readonly owner?: Reference;
  readonly product?: Reference;
  readonly amountMinor?: bigint;
  readonly currency: string;
  readonly createdOn?: Day;
  readonly closeOn?: Day;
  readonly custom: Custom;
}

/** A product's part of an opportunity. */
export interface OpportunityLineDraft {
  readonly kind: "opportunity-line";
  readonly externalId: string;
  /** The source's id of the opportunity. */
  readonly opportunityId: string;
  readonly product?: Reference;
  /** Decimals. */
  readonly quantity?: string;
  readonly unitPrice?: string;
  readonly amountMinor?: bigint;
  readonly currency: string;
  readonly serviceOn?: Day;
  readonly custom: Custom;
}

/** A line of an invoice or credit note, or a payment or refund. */
export interface LedgerDraft {
  readonly kind: "invoice" | "payment";
  /** The source's id of the line, where it has one; else its content and occurrence are its identity. */
  readonly externalId?: string;
  /** The invoice's or payment's number; a corrected export brings all of its lines. */
  readonly document?: string;
  readonly account?: Reference;
  /** Where the account is, for accounts that nothing else describes. */
  readonly accountRegion?: string;
  readonly product?: Reference;
  readonly description?: string;
  /** Decimals. */
  readonly quantity?: string;
  readonly unitPrice?: string;
  /** Net of tax; credits and refunds are negative. Undefined without a price. */
  readonly amountMinor?: bigint;
  readonly currency: string;
  readonly onDay: Day;
  readonly custom: Custom;
}

/** What one unit of `base` is worth in `quote` from a day on. */
export interface RateDraft {
  readonly kind: "rate";
  readonly base: string;
  readonly quote: string;
  readonly onDay: Day;
  /** A decimal above 0. */
  readonly rate: string;
}

/** What a row of an export becomes, before the store knows it. */
export type Draft =
  | AccountDraft
  | RepDraft
  | ProductDraft
  | OpportunityDraft
  | OpportunityLineDraft
  | LedgerDraft
  | RateDraft;

/** A reference by name alone; undefined without one. */
export function named(name: string | undefined): Reference | undefined {
  return name === undefined ? undefined : { name };
}

/** Identity where a source has names only: letter case and spacing do not make another record. */
export function externalIdOfName(name: string): string {
  return cleanText(name).toLowerCase();
}

/** The id by which a source knows what a row refers to; a name alone is one where the source has no ids. */
export function externalIdOf({
  externalId,
  name,
}: {
  readonly externalId?: string;
  readonly name?: string;
}): string {
  return externalId ?? externalIdOfName(name ?? "");
}

/** Ours alone, and for ever: another value would make every known record a new one. */
const recordNamespace = "6f0d3c8e-52b7-4b1a-9a64-3d0c7be1f2a5";

/** The same record has the same id in every store and after every import. */
export function recordId(sourceId: string, kind: Draft["kind"], externalId: string): string {
  return uuidFromName(JSON.stringify([sourceId, kind, externalId]), recordNamespace);
}
