import { z } from "zod";
import { anotherRep } from "../core/access.ts";
import { matchNames } from "../core/names.ts";
import type { OfferTerms } from "../core/offers/offer.ts";
import type { ChanceMethod } from "../core/win/chance-method.ts";
import type { Access } from "./access.ts";
import { readOutcomes } from "./offer-effect.ts";
import { momentOf } from "./offer-exclusions.ts";
import { countMembers, membersOf } from "./offer-members.ts";
import { visibleOffers, wavesOf } from "./offer-waves.ts";
import type { OfferReads } from "./offers.ts";
import { allOf, type Executor, optional, rowsOf, type Sql, sql } from "./sql.ts";
import { visibleAccounts } from "./visibility.ts";

const NEAR_LIMIT = 5;

/** Offers as they stand; one of whose accounts the viewer sees none is not there for them. */
export function readOffers(
  on: Executor,
  access: Access,
): Pick<OfferReads, "offers" | "findOffer" | "offer" | "members" | "offerEvents"> {
  const { owners, anonymous, signature } = access;
  const author = anonymous ? sql`${anotherRep}::text` : sql`o.created_by`;

  function heads(condition: Sql) {
    return rowsOf(
      on,
      headRow,
      sql`SELECT o.id, o.name, o.created_at, ${author} AS created_by, o.created_by AS author, o.closed_at, o.snapshot_id,
                 o.product_ids, o.products, o.filters, o.terms, o.chances
          FROM offer o WHERE ${visibleOffers(access)} AND ${condition} ORDER BY o.id DESC`,
    );
  }

  return {
    async offers(now) {
      const found = await heads(sql`TRUE`);
      const waves = await wavesOf(
        on,
        access,
        momentOf(access, now),
        found.map(({ id }) => id),
      );
      return found.map(({ id, name, created_at, created_by, closed_at, terms }) => ({
        ...{ id, name, createdAt: created_at, createdBy: created_by, closedAt: closed_at },
        currency: terms.currency,
        terms,
        waves: waves.filter(({ offerId }) => offerId === id),
      }));
    },

    async findOffer(typed) {
      const [, id] = /^id:(\d{1,9})$/i.exec(typed.trim()) ?? [];
      const found = await rowsOf(
        on,
        z.object({ id: z.number(), name: z.string() }),
        sql`SELECT o.id, o.name FROM offer o
            WHERE ${visibleOffers(access)} AND ${id === undefined ? sql`TRUE` : sql`o.id = ${Number(id)}`}
            ORDER BY similarity(o.name, ${typed}) DESC, o.id DESC`,
      );
      const best = id === undefined ? matchNames(typed, found, ({ name }) => name) : found;
      const match = best.length === 1 ? best[0] : undefined;
      return { match, near: (best.length > 0 ? best : found).slice(0, NEAR_LIMIT) };
    },

    async offer(id, now) {
      const moment = momentOf(access, now);
      const [row] = await heads(sql`o.id = ${id}`);
      if (!row) return undefined;
      const [waves, outcomes] = await Promise.all([
        wavesOf(on, access, moment, [id]),
        readOutcomes(on, access, moment, { id, createdAt: row.created_at, productIds: row.product_ids }),
      ]);
      return {
        id: row.id,
        name: row.name,
        createdAt: row.created_at,
        createdBy: row.created_by,
        closedAt: row.closed_at,
        snapshotId: row.snapshot_id,
        products: row.products,
        // What somebody who sees more typed may name what this viewer does not see.
        filters: owners === "all" || (!anonymous && row.author === signature) ? row.filters : "",
        terms: row.terms,
        chances: row.chances,
        waves,
        ...outcomes,
      };
    },

    async members(offerId, which, page) {
      const moment = momentOf(access, which.now);
      const [rows, total] = await Promise.all([
        membersOf(on, access, moment, offerId, which, page),
        countMembers(on, access, offerId, which),
      ]);
      return { rows, total };
    },

    async offerEvents(offerId, { accountId }, limit) {
      // They name who did what.
      if (anonymous) return [];
      const seen = sql`EXISTS (SELECT FROM account a WHERE ${visibleAccounts(access)} AND a.id = e.account_id)`;
      const rows = await rowsOf(
        on,
        eventRow,
        sql`SELECT e.id, e.at, e.by, a.name AS account, e.kind, e.details
            FROM offer_event e JOIN offer o ON o.workspace_id = e.workspace_id AND o.id = e.offer_id
            LEFT JOIN account a ON a.workspace_id = e.workspace_id AND a.id = e.account_id
            WHERE ${visibleOffers(access)} AND ${allOf([
              sql`o.id = ${offerId}`,
              ...(owners === "all" ? [] : [sql`(e.account_id IS NULL OR ${seen})`]),
              ...(accountId === undefined ? [] : [sql`e.account_id = ${accountId}::uuid`]),
            ])}
            ORDER BY e.id DESC LIMIT ${limit}`,
      );
      return rows;
    },
  };
}

const headRow = z.object({
  id: z.number(),
  name: z.string(),
  created_at: z.date(),
  created_by: z.string(),
  author: z.string(),
  closed_at: optional(z.date()),
  snapshot_id: z.number(),
  product_ids: z.array(z.string()),
  products: z.array(z.string()),
  filters: z.string(),
  terms: z.custom<OfferTerms>(),
  chances: z.custom<ChanceMethod>(),
});

const eventRow = z.object({
  id: z.number(),
  at: z.date(),
  by: z.string(),
  account: optional(z.string()),
  kind: z.string(),
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
});
