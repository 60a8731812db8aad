import { z } from "zod";
import { actionKinds } from "../core/actions/action.ts";
import type { DeliveryStatus, DigestContent, DigestDelivery, DigestSchedule } from "./digests.ts";
import { bigintNumber, optional, type Sql, sql } from "./sql.ts";

// Rows of schedules and deliveries, the same for what people ask and for what the workers ask.

/** The columns of `digest_schedule` under the alias `s`, as `scheduleRow` takes them. */
export const scheduleColumns: Sql = sql`s.workspace_id, s.id, s.target, s.target_name, s.is_channel, s.owner_id,
  s.cron, s.fixed_zone, s.zone, s.filters, s.says_nothing, s.status::text AS status, s.paused_reason, s.next_at,
  s.created_at`;

const paused = z.discriminatedUnion("code", [
  z.object({ code: z.literal("person"), by: z.string(), at: z.string() }),
  z.object({
    code: z.literal("slack"),
    error: z.string(),
    at: z.string(),
    toldAt: z.string().exactOptional(),
  }),
  z.object({
    code: z.literal("readers"),
    sentence: z.string(),
    at: z.string(),
    toldAt: z.string().exactOptional(),
  }),
]);

export const scheduleRow = z
  .object({
    workspace_id: z.string(),
    id: z.number(),
    target: z.string(),
    target_name: z.string(),
    is_channel: z.boolean(),
    owner_id: z.string(),
    cron: z.string(),
    fixed_zone: optional(z.string()),
    zone: z.string(),
    filters: z.string(),
    says_nothing: z.boolean(),
    status: z.enum(["on", "paused"]),
    paused_reason: optional(paused),
    next_at: optional(z.date()),
    created_at: z.date(),
  })
  .transform(
    (row): DigestSchedule => ({
      workspaceId: row.workspace_id,
      id: row.id,
      target: row.target,
      targetName: row.target_name,
      isChannel: row.is_channel,
      ownerId: row.owner_id,
      cron: row.cron,
      fixedZone: row.fixed_zone,
      zone: row.zone,
      filters: row.filters,
      saysNothing: row.says_nothing,
      paused: row.paused_reason,
      nextAt: row.next_at,
      createdAt: row.created_at,
    }),
  );

/** The columns of `digest_delivery` under the alias `d`, as `deliveryRow` takes them. */
export const deliveryColumns: Sql = sql`d.workspace_id, d.id, d.schedule_id, d.run_at, d.target, d.edition,
  d.status::text AS status, d.attempts, d.not_before, d.sent_at, d.channel_id, d.message_ts, d.fault, d.content,
  d.settled_at`;

const statuses = [
  "reserved",
  "sending",
  "confirmed",
  "unconfirmed",
  "failed",
  "silent",
] as const satisfies readonly DeliveryStatus[];

const shownAction = z.object({
  id: z.string(),
  accountId: z.string(),
  kind: z.enum(actionKinds),
  subject: z.string(),
});

const content: z.ZodType<DigestContent> = z.object({
  snapshotId: z.number(),
  asOf: z.string(),
  actions: z.array(z.object({ id: z.string(), valueMinor: bigintNumber, currency: z.string() })),
  lines: z.array(z.string()),
  told: z.array(z.string()),
  shown: z.array(z.object({ at: z.string(), actions: z.array(shownAction) })).exactOptional(),
});

/** `fault` is a JSON string: Slack's word for what went wrong. */
export const deliveryRow = z
  .object({
    workspace_id: z.string(),
    id: z.number(),
    schedule_id: z.number(),
    run_at: z.date(),
    target: z.string(),
    edition: z.number(),
    status: z.enum(statuses),
    attempts: z.number(),
    not_before: z.date(),
    sent_at: optional(z.date()),
    channel_id: optional(z.string()),
    message_ts: optional(z.string()),
    fault: optional(z.string()),
    content: optional(content),
    settled_at: optional(z.date()),
  })
  .transform(
    (row): DigestDelivery => ({
      workspaceId: row.workspace_id,
      id: row.id,
      scheduleId: row.schedule_id,
      runAt: row.run_at,
      target: row.target,
      edition: row.edition,
      status: row.status,
      attempts: row.attempts,
      notBefore: row.not_before,
      sentAt: row.sent_at,
      channelId: row.channel_id,
      messageTs: row.message_ts,
      fault: row.fault,
      content: row.content,
      settledAt: row.settled_at,
    }),
  );
