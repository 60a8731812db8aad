import { z } from "zod";
import type { Candidate } from "../core/offers/offer.ts";
import type { Access } from "./access.ts";
import { readDealChances } from "./deal-chances.ts";
import { exclusion, exclusionsOf } from "./offer-exclusions.ts";
import type { OfferReads } from "./offers.ts";
import { describedAccount } from "./possible-deals.ts";
import { type Chosen, readChosen } from "./read-chosen.ts";
import { companionsOf, everBought, productsOf, traitsOf } from "./read-traits.ts";
import type { Snapshot } from "./reads.ts";
import { bigintNumber, type Executor, optional, rowsOf, sql } from "./sql.ts";
import { heldStandings } from "./standing-rows.ts";
import { joinOwner, ownerName, visibleAccounts } from "./visibility.ts";

/** Whom an offer could go to, and what the portfolio says about it. */
export function readCandidates(on: Executor, access: Access): Pick<OfferReads, "candidates"> {
  const { workspaceId } = access;

  /** Who they are, and what keeps them from being pitched. */
  async function details(
    ids: readonly string[],
    rest: { readonly today: string; readonly restDays: number },
  ) {
    const moment = { ...rest, timeZone: access.timeZone };
    const rows = await rowsOf(
      on,
      detailRow,
      sql`SELECT a.id, a.name, a.owner_record_id, ${ownerName(access)} AS owner, a.industry, a.region, a.custom, answers.*,
                 ${exclusionsOf(access, moment, sql`NULL::int`, sql`NULL::jsonb`)} AS exclusions
          FROM account a ${joinOwner}
          CROSS JOIN LATERAL (
            SELECT COUNT(*) FILTER (WHERE p.status = 'won') AS won, COUNT(*) FILTER (WHERE p.status = 'lost') AS lost,
                   COUNT(*) FILTER (WHERE p.status = 'no-reply') AS no_reply
            FROM offer_account p WHERE p.workspace_id = a.workspace_id AND p.account_id = a.id) answers
          WHERE ${visibleAccounts(access)} AND a.id = ANY(${ids}::uuid[])`,
    );
    return new Map(rows.map((row) => [row.id, row]));
  }

  /** What each of them bought so far. */
  async function products(snapshot: Snapshot, ids: readonly string[]) {
    const chosen = sql`unnest(${ids}::uuid[]) AS chosen(account_id)`;
    const rows = await rowsOf(
      on,
      productRow,
      sql`${productsOf(access, snapshot, chosen)} ORDER BY product.name`,
    );
    const byAccount = new Map<string, z.output<typeof productRow>[]>();
    for (const row of rows) {
      const own = byAccount.get(row.account_id);
      if (own) own.push(row);
      else byAccount.set(row.account_id, [row]);
    }
    return byAccount;
  }

  /** Customers by industry, and those of them that bought what is offered. */
  async function market(snapshot: Snapshot, productIds: readonly string[]) {
    const buyers =
      productIds.length === 0
        ? sql`SELECT NULL::uuid AS account_id WHERE FALSE`
        : everBought(access, snapshot, productIds);
    return rowsOf(
      on,
      marketRow,
      sql`SELECT a.industry, COUNT(*) AS accounts, COUNT(b.account_id) AS bought
          FROM (${heldStandings(access, snapshot)}) s
          JOIN account a ON a.workspace_id = s.workspace_id AND a.id = s.account_id
          LEFT JOIN (${buyers}) b ON b.account_id = s.account_id GROUP BY a.industry`,
    );
  }

  async function names(productIds: readonly string[]) {
    const rows = await rowsOf(
      on,
      z.object({ name: z.string() }),
      sql`SELECT x.name FROM current_product_record x
          WHERE x.workspace_id = ${workspaceId} AND x.source_record_id = ANY(${productIds}::uuid[]) ORDER BY x.name`,
    );
    return rows.map(({ name }) => name);
  }

  return {
    async candidates(snapshot, selection, { productIds, value, restDays, most, today }) {
      const { chosen, whole } = await readChosen(on, access, snapshot, selection, most);
      const ids = chosen.map(({ accountId }) => accountId);
      const [known, bought, industries, offered, traits] = await Promise.all([
        details(ids, { today, restDays }),
        products(snapshot, ids),
        market(snapshot, productIds),
        names(productIds),
        traitsOf(on, access, snapshot, "A"),
      ]);
      const all = sumOf(industries);
      const evidence = { customers: all.accounts, buyers: all.bought };
      const [companions, chances] = await Promise.all([
        companionsOf(on, access, snapshot, productIds, evidence),
        readDealChances(on, workspaceId, snapshot, {
          deals: chosen.flatMap(({ accountId, tier }) => {
            const row = known.get(accountId);
            return row ? [{ ...row, tier }] : [];
          }),
          product: offered.length === 1 ? offered[0] : undefined,
          value,
        }),
      ]);
      const rows = chosen.flatMap((one): readonly Candidate[] => {
        const row = known.get(one.accountId);
        if (!row) return [];
        const own = bought.get(one.accountId) ?? [];
        const owned = own.find(({ product_record_id: id }) => productIds.includes(id));
        const around =
          row.industry === undefined
            ? all
            : sumOf(industries.filter(({ industry }) => industry === row.industry));
        return [
          {
            ...one,
            account: row.name,
            ownerId: row.owner_record_id,
            owner: row.owner,
            industry: row.industry,
            region: row.region,
            similar: withoutItself(around, one, owned !== undefined),
            products: own.map(({ name }) => name),
            answers: { won: row.won, lost: row.lost, noReply: row.no_reply },
            chance: chances.of.get(row.id),
            exclusions: [
              ...row.exclusions,
              ...(owned ? [{ code: "owns" as const, product: owned.name }] : []),
            ],
          },
        ];
      });
      return {
        ...{ rows, whole, products: offered, chances: chances.method },
        evidence: { ...evidence, companions, traits },
      };
    },
  };
}

interface Similar {
  readonly accounts: number;
  readonly bought: number;
}

function sumOf(rows: readonly Similar[]): Similar {
  return rows.reduce(
    (sum, { accounts, bought }) => ({
      accounts: sum.accounts + accounts,
      bought: sum.bought + bought,
    }),
    { accounts: 0, bought: 0 },
  );
}

function withoutItself({ accounts, bought }: Similar, { tier }: Chosen, owns: boolean): Similar {
  return tier === undefined
    ? { accounts, bought }
    : { accounts: accounts - 1, bought: bought - (owns ? 1 : 0) };
}

const detailRow = describedAccount.extend({
  id: z.string(),
  name: z.string(),
  owner_record_id: optional(z.string()),
  owner: optional(z.string()),
  won: bigintNumber,
  lost: bigintNumber,
  no_reply: bigintNumber,
  exclusions: z.array(exclusion),
});

const productRow = z.object({ account_id: z.string(), product_record_id: z.string(), name: z.string() });

const marketRow = z.object({
  industry: optional(z.string()),
  accounts: bigintNumber,
  bought: bigintNumber,
});
