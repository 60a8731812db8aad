-- CreateEnum
CREATE TYPE "hold_kind" AS ENUM ('complaint', 'overdue', 'opted-out');

-- CreateEnum
CREATE TYPE "wave_name" AS ENUM ('A', 'B', 'C', 'lookalikes');

-- CreateEnum
CREATE TYPE "wave_status" AS ENUM ('planned', 'open', 'paused', 'closed');

-- CreateEnum
CREATE TYPE "member_status" AS ENUM ('open', 'held', 'skipped', 'won', 'lost', 'no-reply');

-- CreateTable
CREATE TABLE "account_hold" (
    "workspace_id" TEXT NOT NULL,
    "id" SERIAL NOT NULL,
    "account_id" UUID NOT NULL,
    "kind" "hold_kind" NOT NULL,
    "reason" TEXT NOT NULL,
    "until" DATE,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_by" TEXT NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "ended_by" TEXT,

    CONSTRAINT "account_hold_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "offer" (
    "workspace_id" TEXT NOT NULL,
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "name_key" TEXT NOT NULL,
    "product_ids" UUID[],
    "products" TEXT[],
    "filters" TEXT NOT NULL,
    "terms" JSONB NOT NULL,
    "snapshot_id" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by" TEXT NOT NULL,
    "closed_at" TIMESTAMPTZ(3),
    "closed_by" TEXT,

    CONSTRAINT "offer_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "offer_wave" (
    "workspace_id" TEXT NOT NULL,
    "offer_id" INTEGER NOT NULL,
    "wave" "wave_name" NOT NULL,
    "status" "wave_status" NOT NULL,
    "whole" INTEGER NOT NULL,
    "opened_at" TIMESTAMPTZ(3),
    "paused_at" TIMESTAMPTZ(3),
    "status_reason" JSONB,
    "overridden_until" INTEGER,

    CONSTRAINT "offer_wave_pkey" PRIMARY KEY ("workspace_id","offer_id","wave")
);

-- CreateTable
CREATE TABLE "offer_account" (
    "workspace_id" TEXT NOT NULL,
    "offer_id" INTEGER NOT NULL,
    "account_id" UUID NOT NULL,
    "wave" "wave_name" NOT NULL,
    "place" INTEGER NOT NULL,
    "tier" "tier",
    "probability" DOUBLE PRECISION NOT NULL,
    "low" DOUBLE PRECISION NOT NULL,
    "high" DOUBLE PRECISION NOT NULL,
    "value_minor" BIGINT NOT NULL,
    "effort_minutes" INTEGER NOT NULL,
    "expected_margin_minor" BIGINT NOT NULL,
    "reasons" JSONB NOT NULL,
    "owns" JSONB,
    "is_hold_out" BOOLEAN NOT NULL,
    "status" "member_status" NOT NULL DEFAULT 'open',
    "holder_key" TEXT,
    "holder_name" TEXT,
    "held_until" TIMESTAMPTZ(3),
    "amount_minor" BIGINT,
    "minutes" INTEGER,
    "minutes_known" BOOLEAN NOT NULL DEFAULT false,
    "reason" TEXT,
    "resolved_at" TIMESTAMPTZ(3),
    "resolved_by" TEXT,

    CONSTRAINT "offer_account_pkey" PRIMARY KEY ("workspace_id","offer_id","account_id")
);

-- CreateTable
CREATE TABLE "offer_event" (
    "workspace_id" TEXT NOT NULL,
    "id" SERIAL NOT NULL,
    "offer_id" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "by" TEXT NOT NULL,
    "account_id" UUID,
    "kind" TEXT NOT NULL,
    "details" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "offer_event_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateIndex
CREATE INDEX "account_hold_workspace_id_account_id_idx" ON "account_hold"("workspace_id", "account_id");

-- CreateIndex
CREATE UNIQUE INDEX "offer_workspace_id_name_key_key" ON "offer"("workspace_id", "name_key");

-- CreateIndex
CREATE INDEX "offer_account_workspace_id_account_id_idx" ON "offer_account"("workspace_id", "account_id");

-- CreateIndex
CREATE INDEX "offer_event_workspace_id_offer_id_idx" ON "offer_event"("workspace_id", "offer_id");

-- AddForeignKey
ALTER TABLE "account_hold" ADD CONSTRAINT "account_hold_workspace_id_account_id_fkey" FOREIGN KEY ("workspace_id", "account_id") REFERENCES "account"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "offer" ADD CONSTRAINT "offer_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "offer_wave" ADD CONSTRAINT "offer_wave_workspace_id_offer_id_fkey" FOREIGN KEY ("workspace_id", "offer_id") REFERENCES "offer"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "offer_account" ADD CONSTRAINT "offer_account_workspace_id_offer_id_fkey" FOREIGN KEY ("workspace_id", "offer_id") REFERENCES "offer"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "offer_account" ADD CONSTRAINT "offer_account_workspace_id_account_id_fkey" FOREIGN KEY ("workspace_id", "account_id") REFERENCES "account"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "offer_event" ADD CONSTRAINT "offer_event_workspace_id_offer_id_fkey" FOREIGN KEY ("workspace_id", "offer_id") REFERENCES "offer"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- An audit log that can be rewritten is none: rows are added, and go only with their offer.
CREATE RULE "offer_event_is_append_only" AS ON UPDATE TO "offer_event" DO INSTEAD NOTHING;
