import { z } from "zod";
import { actionKinds } from "../core/actions/action.ts";
import { holdKinds } from "../core/offers/offer.ts";
import { type RewardKind, rewardKinds, rewardStatuses } from "../core/rewards.ts";
import type { Access } from "./access.ts";
import { correctionFields } from "./corrections.ts";
import { rowsOfPage } from "./page-of.ts";
import { interactionKind } from "./read-interactions.ts";
import { bigintNumber, type Executor, join, optional, rowOf, sql } from "./sql.ts";
import type { TimelineReads } from "./timeline.ts";
import { dataParts, handParts, workParts } from "./timeline-parts.ts";
import { visibleAccounts } from "./visibility.ts";

/** All that is known to have happened with an account. */
export function readTimeline(on: Executor, access: Access): TimelineReads {
  return {
    async timeline(snapshot, accountId, page) {
      const parts = [
        ...dataParts(access, snapshot, accountId),
        ...workParts(access),
        // They name who set them, and whom.
        ...(access.anonymous ? [] : handParts(access)),
      ];
      const { rows, total, ...work } = await rowOf(
        on,
        timelineRow,
        sql`WITH seen AS MATERIALIZED (
              SELECT a.workspace_id, a.id FROM account a WHERE ${visibleAccounts(access)} AND a.id = ${accountId}::uuid),
            event AS MATERIALIZED (${join(parts, " UNION ALL ")}),
            page AS (SELECT * FROM event ORDER BY ${newestFirst} ${rowsOfPage(page)})
            SELECT (SELECT COALESCE(jsonb_agg(jsonb_build_object('on', on_day, 'by', author) || details
                                              ORDER BY ${newestFirst}), '[]') FROM page) AS rows,
                   COUNT(*) AS total, COUNT(minutes) AS entries,
                   COUNT(minutes) FILTER (WHERE minutes_known) AS known, COALESCE(SUM(minutes), 0)::bigint AS minutes
            FROM event`,
      );
      return { rows, total, work };
    },
  };
}

const newestFirst = sql`on_day DESC, at DESC NULLS LAST, place, key DESC`;

const minor = z.number().int();
const worked = { minutes: optional(z.number()), minutesKnown: z.boolean() };
const note = optional(z.string());
const shared = { on: z.string(), by: optional(z.string()) };

const entry = z.discriminatedUnion("kind", [
  z.object({
    ...{ ...shared, kind: z.literal("purchase"), valueMinor: minor, sales: minor, withoutRate: minor },
    products: z.array(z.string()),
  }),
  z.object({
    ...{ ...shared, kind: z.literal("deal"), outcome: z.enum(["won", "lost"]) },
    ...{ deal: optional(z.string()), amountMinor: optional(minor), currency: z.string() },
  }),
  z.object({
    ...{ ...shared, ...worked, kind: z.literal("interaction"), id: minor, interaction: interactionKind },
    ...{ score: optional(z.number()), note },
  }),
  z.object({
    ...{ ...shared, ...worked, kind: z.literal("offer"), offer: z.string(), offerId: minor },
    outcome: z.enum(["won", "lost", "no-reply", "skipped"]),
    ...{ amountMinor: optional(minor), currency: z.string(), note },
  }),
  z.object({
    ...{ ...shared, ...worked, kind: z.literal("action"), action: z.enum(actionKinds) },
    answer: z.enum(["done", "snoozed", "reassigned", "not-relevant"]),
    ...{ until: optional(z.string()), holder: optional(z.string()), note },
  }),
  z.object({
    ...{ ...shared, kind: z.literal("hold"), hold: z.enum(holdKinds), step: z.enum(["begun", "ended"]) },
    ...{ until: optional(z.string()), note },
  }),
  z.object({
    ...{ ...shared, kind: z.literal("correction"), field: z.enum(correctionFields) },
    ...{ step: z.enum(["set", "taken-back"]), value: z.string(), until: optional(z.string()), note },
  }),
  z.object({
    ...{ ...shared, ...worked, kind: z.literal("reward"), id: minor, status: z.enum(rewardStatuses) },
    reward: z.enum(rewardKinds as [RewardKind, ...RewardKind[]]),
    ...{ costMinor: minor, currency: z.string(), plannedFor: optional(z.string()), note },
  }),
]);

const timelineRow = z.object({
  rows: z.array(entry),
  total: bigintNumber,
  entries: bigintNumber,
  known: bigintNumber,
  minutes: bigintNumber,
});
