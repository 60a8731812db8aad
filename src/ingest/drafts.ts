import { v5 as uuidFromName } from "uuid";
import type { Day } from "../core/calendar.ts";
import { cleanText } from "../core/names.ts";

/** Columns that have no field of their own, by header; blank cells are left out. */
export type Custom = Readonly<Record<string, string>>;

export interface AccountDraft {
  readonly kind: "account";
  readonly externalId: string;
  readonly name: string;
  readonly domain?: string;
  readonly industry?: string;
  readonly region?: string;
  /** The rep's name. */
  readonly owner?: string;
  readonly createdOn?: Day;
  readonly custom: Custom;
}

export interface RepDraft {
  readonly kind: "rep";
  readonly name: string;
  readonly email?: string;
  readonly team?: string;
  readonly manager?: string;
  readonly office?: string;
  readonly custom: Custom;
}

export interface ProductDraft {
  readonly kind: "product";
  readonly name: string;
  readonly series?: string;
  /** A decimal such as `4821` or `0.125`: prices may be finer than the currency's minor unit. */
  readonly listPrice?: string;
  readonly custom: Custom;
}

/** How a fact names its account: by the source's id, with the name where the row has both, or by name alone. */
export type AccountReference =
  | { readonly externalId: string; readonly name?: string }
  | { readonly externalId?: never; readonly name: string };

export interface OpportunityDraft {
  readonly kind: "opportunity";
  readonly externalId: string;
  readonly name?: string;
  readonly stage: string;
  readonly status: "open" | "won" | "lost";
  readonly account?: AccountReference;
  /** The rep's name. */
  readonly owner?: string;
  /** The product's name. */
  readonly product?: string;
  readonly amountMinor?: bigint;
  readonly currency: string;
  readonly createdOn?: Day;
  readonly closeOn?: Day;
  readonly custom: Custom;
}

/** What a row of an export becomes, before the store knows it. */
export type Draft = AccountDraft | RepDraft | ProductDraft | OpportunityDraft;

/** Identity where a source has names only: letter case and spacing do not make another record. */
export function externalIdOfName(name: string): string {
  return cleanText(name).toLowerCase();
}

/** The id by which the draft's source knows the record. */
export function externalIdOf(draft: Draft): string {
  return draft.kind === "rep" || draft.kind === "product" ? externalIdOfName(draft.name) : draft.externalId;
}

/** Ours alone, and for ever: another value would make every known record a new one. */
const recordNamespace = "6f0d3c8e-52b7-4b1a-9a64-3d0c7be1f2a5";

/** The same record has the same id in every store and after every import. */
export function recordId(sourceId: string, kind: Draft["kind"], externalId: string): string {
  return uuidFromName(JSON.stringify([sourceId, kind, externalId]), recordNamespace);
}
