import { createHash } from "node:crypto";
import { nameKey } from "../core/names.ts";
import type {
  AccountRow,
  LedgerRow,
  OpportunityLineRow,
  OpportunityRow,
  ProductRow,
  RateRow,
  RepRow,
} from "../store/import-rows.ts";
import {
  type AccountDraft,
  type Custom,
  externalIdOf,
  type LedgerDraft,
  type OpportunityDraft,
  type OpportunityLineDraft,
  type ProductDraft,
  type RateDraft,
  type Reference,
  type RepDraft,
  recordId,
} from "./drafts.ts";

/** A source's drafts as the rows the store takes. */
export function createRows(sourceId: string) {
  const idOf = (kind: "account" | "rep" | "product", reference: Reference | undefined) =>
    reference && recordId(sourceId, kind, externalIdOf(reference));

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
        ownerId: idOf("rep", draft.owner),
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
        ownerId: idOf("rep", draft.owner),
        productId: idOf("product", draft.product),
        name: draft.name,
        stage: draft.stage,
        status: draft.status,
        amountMinor: draft.amountMinor,
        currency: draft.currency,
        createdOn: draft.createdOn,
        closeOn: draft.closeOn,
        custom: inOrder(draft.custom),
      }),

    opportunityLine: (draft: OpportunityLineDraft): OpportunityLineRow =>
      hashed({
        id: recordId(sourceId, draft.kind, draft.externalId),
        externalId: draft.externalId,
        opportunityId: recordId(sourceId, "opportunity", draft.opportunityId),
        productId: idOf("product", draft.product),
        quantity: draft.quantity,
        unitPrice: draft.unitPrice,
        amountMinor: draft.amountMinor,
        currency: draft.currency,
        serviceOn: draft.serviceOn,
        custom: inOrder(draft.custom),
      }),

    /**
     * `occurrence` counts equal lines without an id of their own: two of them on one invoice are real. Such a
     * line is known by what its row says, and so by the account's name where it says no more: which account
     * that is may turn out later.
     */
    ledger: (
      draft: LedgerDraft,
      accountId: string | undefined,
      occurrence: (content: string) => number,
    ): LedgerRow => {
      const { kind, externalId, document, onDay } = draft;
      const account = draft.account && externalIdOf(draft.account);
      const fields = {
        kind,
        groupKey: JSON.stringify(document === undefined ? [account ?? null, onDay] : [document]),
        document,
        productId: idOf("product", draft.product),
        description: draft.description,
        quantity: draft.quantity,
        unitPrice: draft.unitPrice,
        amountMinor: draft.amountMinor,
        currency: draft.currency,
        onDay,
        custom: inOrder(draft.custom),
      };
      const said = hashOf({ account, ...fields });
      const identity = externalId ?? JSON.stringify([said, occurrence(said)]);
      const id = recordId(sourceId, kind, identity);
      return { id, accountId, ...fields, contentHash: hashOf({ said, accountId }) };
    },

    rate: ({ base, quote, onDay, rate }: RateDraft): RateRow =>
      hashed({
        id: recordId(sourceId, "rate", JSON.stringify([base, quote, onDay])),
        base,
        quote,
        onDay,
        rate,
      }),
  };
}

/** Columns in another order are not another content. */
function inOrder(custom: Custom): Custom {
  const columns = Object.entries(custom);
  if (columns.length < 2) return custom;
  return Object.fromEntries(columns.sort(([left], [right]) => (left < right ? -1 : 1)));
}

/** Rows with equal content have equal hashes, whatever import they came with. */
function hashed<Row extends object>(row: Row): Row & { readonly contentHash: string } {
  return { ...row, contentHash: hashOf(row) };
}

function hashOf(content: object): string {
  const text = JSON.stringify(content, (_, value) => (typeof value === "bigint" ? `${value}` : value));
  return createHash("sha256").update(text).digest("base64url").slice(0, 27);
}
