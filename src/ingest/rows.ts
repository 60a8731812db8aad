import { createHash } from "node:crypto";
import { nameKey } from "../core/names.ts";
import type { AccountRow, OpportunityRow, ProductRow, RepRow } from "../store/imports.ts";
import {
  type AccountDraft,
  type Custom,
  externalIdOf,
  externalIdOfName,
  type OpportunityDraft,
  type ProductDraft,
  type RepDraft,
  recordId,
} from "./drafts.ts";

/** A source's drafts as the rows the store takes. */
export function createRows(sourceId: string) {
  const repId = (name: string | undefined) =>
    name === undefined ? undefined : recordId(sourceId, "rep", externalIdOfName(name));
  const productId = (name: string | undefined) =>
    name === undefined ? undefined : recordId(sourceId, "product", externalIdOfName(name));

  return {
    accountId: (externalId: string): string => recordId(sourceId, "account", externalId),

    account: (draft: AccountDraft): AccountRow =>
      hashed({
        id: recordId(sourceId, "account", draft.externalId),
        externalId: draft.externalId,
        name: draft.name,
        nameKey: nameKey(draft.name),
        described: true,
        domain: draft.domain,
        industry: draft.industry,
        region: draft.region,
        ownerId: repId(draft.owner),
        createdOn: draft.createdOn,
        custom: inOrder(draft.custom),
      }),

    rep: (draft: RepDraft): RepRow =>
      hashed({
        id: recordId(sourceId, "rep", externalIdOf(draft)),
        externalId: externalIdOf(draft),
        name: draft.name,
        described: true,
        email: draft.email,
        team: draft.team,
        manager: draft.manager,
        office: draft.office,
        custom: inOrder(draft.custom),
      }),

    product: (draft: ProductDraft): ProductRow =>
      hashed({
        id: recordId(sourceId, "product", externalIdOf(draft)),
        externalId: externalIdOf(draft),
        name: draft.name,
        described: true,
        series: draft.series,
        listPrice: draft.listPrice,
        custom: inOrder(draft.custom),
      }),

    opportunity: (draft: OpportunityDraft, accountId: string | undefined): OpportunityRow =>
      hashed({
        id: recordId(sourceId, "opportunity", draft.externalId),
        externalId: draft.externalId,
        accountId,
        ownerId: repId(draft.owner),
        productId: productId(draft.product),
        name: draft.name,
        stage: draft.stage,
        status: draft.status,
        amountMinor: draft.amountMinor,
        currency: draft.currency,
        createdOn: draft.createdOn,
        closeOn: draft.closeOn,
        custom: inOrder(draft.custom),
      }),
  };
}

/** Columns in another order are not another content. */
function inOrder(custom: Custom): Custom {
  return Object.fromEntries(Object.entries(custom).sort(([left], [right]) => (left < right ? -1 : 1)));
}

/** Rows with equal content have equal hashes, whatever import they came with. */
function hashed<Row extends object>(row: Row): Row & { readonly contentHash: string } {
  const content = JSON.stringify(row, (_, value) => (typeof value === "bigint" ? `${value}` : value));
  return { ...row, contentHash: createHash("sha256").update(content).digest("base64url").slice(0, 27) };
}
