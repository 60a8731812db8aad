-- CreateEnum
CREATE TYPE "action_answer_kind" AS ENUM ('done', 'snoozed', 'reassigned', 'not-relevant');

-- CreateEnum
CREATE TYPE "reward_status" AS ENUM ('planned', 'given', 'cancelled');

-- CreateEnum
CREATE TYPE "digest_status" AS ENUM ('on', 'paused');

-- CreateEnum
CREATE TYPE "delivery_status" AS ENUM ('reserved', 'sending', 'confirmed', 'unconfirmed', 'failed', 'silent');

-- AlterTable
ALTER TABLE "snapshot" ADD COLUMN     "proposed_by" JSONB;

-- The newest snapshots have no proposals yet: they are made with what else is prepared.
UPDATE "snapshot" SET "answers_prepared" = false;

-- CreateTable
CREATE TABLE "interaction" (
    "workspace_id" TEXT NOT NULL,
    "id" SERIAL NOT NULL,
    "account_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "on_day" DATE NOT NULL,
    "minutes" INTEGER NOT NULL,
    "minutes_known" BOOLEAN NOT NULL,
    "score" INTEGER,
    "note" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by" TEXT NOT NULL,
    "taken_back_at" TIMESTAMPTZ(3),
    "taken_back_by" TEXT,

    CONSTRAINT "interaction_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "action_proposal" (
    "workspace_id" TEXT NOT NULL,
    "snapshot_id" INTEGER NOT NULL,
    "id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "value_minor" BIGINT NOT NULL,
    "due_on" DATE NOT NULL,
    "effort_minutes" INTEGER NOT NULL,
    "reasons" JSONB NOT NULL,
    "score" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "action_proposal_pkey" PRIMARY KEY ("workspace_id","snapshot_id","id")
);

-- CreateTable
CREATE TABLE "action_answer" (
    "workspace_id" TEXT NOT NULL,
    "id" SERIAL NOT NULL,
    "action_id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "answer" "action_answer_kind" NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "by" TEXT NOT NULL,
    "until" DATE,
    "holder_key" TEXT,
    "holder_name" TEXT,
    "reason" TEXT,
    "minutes" INTEGER,
    "minutes_known" BOOLEAN NOT NULL DEFAULT false,
    "value_minor" BIGINT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "effort_minutes" INTEGER NOT NULL,
    "due_on" DATE NOT NULL,
    "reasons" JSONB NOT NULL,
    "snapshot_id" INTEGER NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "ended_by" TEXT,

    CONSTRAINT "action_answer_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "reward" (
    "workspace_id" TEXT NOT NULL,
    "id" SERIAL NOT NULL,
    "account_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "on_day" DATE NOT NULL,
    "cost_minor" BIGINT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "occasion" TEXT NOT NULL,
    "status" "reward_status" NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by" TEXT NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,
    "changed_by" TEXT NOT NULL,

    CONSTRAINT "reward_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "digest_schedule" (
    "workspace_id" TEXT NOT NULL,
    "id" SERIAL NOT NULL,
    "target" TEXT NOT NULL,
    "target_name" TEXT NOT NULL,
    "is_channel" BOOLEAN NOT NULL,
    "owner_id" TEXT NOT NULL,
    "cron" TEXT NOT NULL,
    "fixed_zone" TEXT,
    "zone" TEXT NOT NULL,
    "filters" TEXT NOT NULL DEFAULT '',
    "says_nothing" BOOLEAN NOT NULL DEFAULT false,
    "status" "digest_status" NOT NULL DEFAULT 'on',
    "paused_reason" JSONB,
    "next_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "digest_schedule_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "digest_delivery" (
    "workspace_id" TEXT NOT NULL,
    "id" SERIAL NOT NULL,
    "schedule_id" INTEGER NOT NULL,
    "run_at" TIMESTAMPTZ(3) NOT NULL,
    "target" TEXT NOT NULL,
    "edition" INTEGER NOT NULL DEFAULT 0,
    "status" "delivery_status" NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "not_before" TIMESTAMPTZ(3) NOT NULL,
    "lease_until" TIMESTAMPTZ(3),
    "sent_at" TIMESTAMPTZ(3),
    "channel_id" TEXT,
    "message_ts" TEXT,
    "fault" JSONB,
    "content" JSONB,
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "digest_delivery_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateIndex
CREATE INDEX "interaction_workspace_id_account_id_on_day_idx" ON "interaction"("workspace_id", "account_id", "on_day");

-- CreateIndex
CREATE INDEX "action_proposal_workspace_id_snapshot_id_account_id_idx" ON "action_proposal"("workspace_id", "snapshot_id", "account_id");

-- CreateIndex
CREATE INDEX "action_answer_workspace_id_account_id_idx" ON "action_answer"("workspace_id", "account_id");

-- CreateIndex
CREATE INDEX "action_answer_workspace_id_action_id_idx" ON "action_answer"("workspace_id", "action_id");

-- CreateIndex
CREATE INDEX "action_answer_workspace_id_at_idx" ON "action_answer"("workspace_id", "at");

-- One answer to a proposal holds at a time. Prisma knows no indexes on a part of a table.
CREATE UNIQUE INDEX "action_answer_standing_key" ON "action_answer"("workspace_id", "action_id") WHERE "ended_at" IS NULL;
CREATE INDEX "action_answer_holder_idx" ON "action_answer"("workspace_id", "holder_key") WHERE "ended_at" IS NULL AND "holder_key" IS NOT NULL;

-- CreateIndex
CREATE INDEX "reward_workspace_id_account_id_idx" ON "reward"("workspace_id", "account_id");

-- CreateIndex
CREATE INDEX "reward_workspace_id_on_day_idx" ON "reward"("workspace_id", "on_day");

-- CreateIndex
CREATE INDEX "digest_schedule_next_at_idx" ON "digest_schedule"("next_at");

-- CreateIndex
CREATE UNIQUE INDEX "digest_schedule_workspace_id_target_filters_key" ON "digest_schedule"("workspace_id", "target", "filters");

-- CreateIndex
CREATE INDEX "digest_delivery_status_not_before_idx" ON "digest_delivery"("status", "not_before");

-- CreateIndex
CREATE UNIQUE INDEX "digest_delivery_workspace_id_schedule_id_run_at_target_edit_key" ON "digest_delivery"("workspace_id", "schedule_id", "run_at", "target", "edition");

-- AddForeignKey
ALTER TABLE "interaction" ADD CONSTRAINT "interaction_workspace_id_account_id_fkey" FOREIGN KEY ("workspace_id", "account_id") REFERENCES "account"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "action_proposal" ADD CONSTRAINT "action_proposal_workspace_id_snapshot_id_fkey" FOREIGN KEY ("workspace_id", "snapshot_id") REFERENCES "snapshot"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "action_proposal" ADD CONSTRAINT "action_proposal_workspace_id_account_id_fkey" FOREIGN KEY ("workspace_id", "account_id") REFERENCES "account"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "action_answer" ADD CONSTRAINT "action_answer_workspace_id_account_id_fkey" FOREIGN KEY ("workspace_id", "account_id") REFERENCES "account"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reward" ADD CONSTRAINT "reward_workspace_id_account_id_fkey" FOREIGN KEY ("workspace_id", "account_id") REFERENCES "account"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "digest_delivery" ADD CONSTRAINT "digest_delivery_workspace_id_schedule_id_fkey" FOREIGN KEY ("workspace_id", "schedule_id") REFERENCES "digest_schedule"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
