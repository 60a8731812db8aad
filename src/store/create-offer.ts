import { z } from "zod";
import { cleanText, nameKey } from "../core/names.ts";
import { type PlannedAccount, type WaveName, waveNames } from "../core/offers/offer.ts";
import { repKey } from "../core/worker-keys.ts";
import type { Access } from "./access.ts";
import { type BulkColumn, names, rowsAsTable } from "./bulk.ts";
import type { Database } from "./connect.ts";
import { momentOf } from "./offer-exclusions.ts";
import { applyRules } from "./offer-rules.ts";
import { joinVisible } from "./offer-waves.ts";
import type { OfferDecisions, OfferDraft } from "./offers.ts";
import { Refused } from "./refused.ts";
import { requireRole } from "./roles.ts";
import { type Executor, rowOf, rowsOf, sql } from "./sql.ts";
import { transactionLimits } from "./transaction-limits.ts";

const LONGEST_NAME = 100;

/** Makes offers: everything of one, or nothing. */
export function createOffers(database: Database, access: Access): Pick<OfferDecisions, "createOffer"> {
  const { workspaceId, signature } = access;

  async function insert(on: Executor, name: string, key: string, draft: OfferDraft, now: Date) {
    const [made] = await rowsOf(
      on,
      z.object({ id: z.number() }),
      sql`INSERT INTO offer (workspace_id, name, name_key, product_ids, products, filters, terms, chances, snapshot_id, created_at, created_by)
          VALUES (${workspaceId}, ${name}, ${key}, ${draft.productIds}::uuid[], ${draft.products}::text[], ${draft.filters},
                  ${JSON.stringify(draft.terms)}::jsonb, ${JSON.stringify(draft.chances)}::jsonb, ${draft.snapshotId}::int, ${now}, ${signature})
          ON CONFLICT (workspace_id, name_key) DO NOTHING RETURNING id`,
    );
    return made?.id;
  }

  /** Accounts that are gone meanwhile, or that the author does not see, are left out. */
  async function insertAccounts(on: Executor, offerId: number, accounts: readonly PlannedAccount[]) {
    await on.$executeRaw(
      sql`INSERT INTO offer_account (workspace_id, offer_id, ${names(accountColumns)})
          SELECT ${workspaceId}, ${offerId}::int, ${names(accountColumns, "m.")}
          FROM (SELECT ${workspaceId}::text AS workspace_id, d.* FROM ${rowsAsTable(accounts, accountColumns)}) m
          ${joinVisible(access)}`,
    );
  }

  async function insertWaves(on: Executor, offerId: number, { accounts, whole }: OfferDraft, now: Date) {
    const waves = waveNames
      .filter((wave) => accounts.some((account) => account.wave === wave))
      .map((wave) => ({ wave, whole: whole[wave] }));
    await on.$executeRaw(
      sql`INSERT INTO offer_wave (workspace_id, offer_id, wave, whole, status)
          SELECT ${workspaceId}, ${offerId}::int, d.wave, d.whole, 'planned' FROM ${rowsAsTable(waves, waveColumns)}`,
    );
    await on.$executeRaw(
      sql`INSERT INTO offer_event (workspace_id, offer_id, at, by, kind, details)
          VALUES (${workspaceId}, ${offerId}::int, ${now}, ${signature}, 'created',
                  ${JSON.stringify({ accounts: accounts.length })}::jsonb)`,
    );
  }

  return {
    async createOffer(draft, now) {
      requireRole(access, "manager", "admin");
      const name = cleanText(draft.name);
      if (name === "") throw new Refused("Give the offer a name.");
      if (name.length > LONGEST_NAME)
        throw new Refused(`Give the offer a name of at most ${LONGEST_NAME} characters.`);
      const key = nameKey(name) || name;
      return database.$transaction(async (on) => {
        const made = await insert(on, name, key, draft, now);
        if (made === undefined) {
          const { id } = await rowOf(
            on,
            z.object({ id: z.number() }),
            sql`SELECT id FROM offer WHERE workspace_id = ${workspaceId} AND name_key = ${key}`,
          );
          return { id, isNew: false };
        }
        await insertAccounts(on, made, draft.accounts);
        await insertWaves(on, made, draft, now);
        const offer = { id: made, terms: draft.terms, isClosed: false };
        await applyRules(on, access, offer, momentOf(access, now));
        return { id: made, isNew: true };
      }, transactionLimits.bulk);
    },
  };
}

function isPitched({ isHoldOut, candidate }: PlannedAccount): boolean {
  return !isHoldOut && candidate.exclusions.length === 0;
}

/** Whoever owns an account works it, unless nobody is to. */
function ownerOf(account: PlannedAccount): { readonly id: string; readonly name: string } | undefined {
  const { ownerId, owner } = account.candidate;
  return ownerId !== undefined && isPitched(account) ? { id: ownerId, name: owner ?? "" } : undefined;
}

const accountColumns: readonly BulkColumn<PlannedAccount>[] = [
  { name: "account_id", type: "uuid", of: ({ candidate }) => candidate.accountId },
  { name: "wave", type: "wave_name", of: ({ wave }) => wave },
  { name: "place", type: "int", of: ({ place }) => place },
  { name: "tier", type: "tier", of: ({ candidate }) => candidate.tier },
  { name: "probability", type: "float8", of: ({ probability }) => probability },
  { name: "low", type: "float8", of: ({ low }) => low },
  { name: "high", type: "float8", of: ({ high }) => high },
  { name: "value_minor", type: "bigint", of: ({ value }) => value },
  { name: "effort_minutes", type: "int", of: ({ effortMinutes }) => effortMinutes },
  { name: "expected_margin_minor", type: "bigint", of: ({ expectedMargin }) => expectedMargin },
  { name: "reasons", type: "jsonb", of: ({ reasons }) => JSON.stringify(reasons) },
  {
    name: "owns",
    type: "jsonb",
    of: ({ candidate }) => {
      const owns = candidate.exclusions.find(({ code }) => code === "owns");
      return owns && JSON.stringify(owns);
    },
  },
  { name: "is_hold_out", type: "boolean", of: ({ isHoldOut }) => isHoldOut },
  { name: "status", type: "member_status", of: (account) => (ownerOf(account) ? "held" : "open") },
  {
    name: "holder_key",
    type: "text",
    of: (account) => {
      const owner = ownerOf(account);
      return owner && repKey(owner.id);
    },
  },
  { name: "holder_name", type: "text", of: (account) => ownerOf(account)?.name },
];

interface WaveDraft {
  readonly wave: WaveName;
  readonly whole: number;
}

const waveColumns: readonly BulkColumn<WaveDraft>[] = [
  { name: "wave", type: "wave_name", of: ({ wave }) => wave },
  { name: "whole", type: "int", of: ({ whole }) => whole },
];
