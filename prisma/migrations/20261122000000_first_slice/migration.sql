-- Forgiving names: similarity of what was typed and what an account is called.
CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- CreateEnum
CREATE TYPE "import_status" AS ENUM ('staging', 'visible', 'failed');

-- CreateEnum
CREATE TYPE "issue_kind" AS ENUM ('rejected', 'suspect');

-- CreateEnum
CREATE TYPE "record_kind" AS ENUM ('account', 'rep', 'product');

-- CreateEnum
CREATE TYPE "opportunity_status" AS ENUM ('open', 'won', 'lost');

-- CreateEnum
CREATE TYPE "snapshot_status" AS ENUM ('staging', 'ready');

-- CreateEnum
CREATE TYPE "tier" AS ENUM ('A', 'B', 'C', 'D');

-- CreateTable
CREATE TABLE "workspace" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "time_zone" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "workspace_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "source" (
    "workspace_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "source_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "import" (
    "workspace_id" TEXT NOT NULL,
    "id" SERIAL NOT NULL,
    "source_id" TEXT NOT NULL,
    "status" "import_status" NOT NULL DEFAULT 'staging',
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "heartbeat_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),
    "report" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "import_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "import_issue" (
    "workspace_id" TEXT NOT NULL,
    "import_id" INTEGER NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "kind" "issue_kind" NOT NULL,
    "file" TEXT NOT NULL,
    "line" INTEGER,
    "column" TEXT,
    "value" TEXT,
    "reason" TEXT NOT NULL,
    "rows" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "import_issue_pkey" PRIMARY KEY ("workspace_id","import_id","ordinal")
);

-- CreateTable
CREATE TABLE "source_record" (
    "workspace_id" TEXT NOT NULL,
    "id" UUID NOT NULL,
    "source_id" TEXT NOT NULL,
    "kind" "record_kind" NOT NULL,
    "external_id" TEXT NOT NULL,

    CONSTRAINT "source_record_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "account_record" (
    "workspace_id" TEXT NOT NULL,
    "source_record_id" UUID NOT NULL,
    "import_id" INTEGER NOT NULL,
    "superseded_by" INTEGER,
    "name" TEXT NOT NULL,
    "name_key" TEXT NOT NULL,
    "described" BOOLEAN NOT NULL,
    "domain" TEXT,
    "industry" TEXT,
    "region" TEXT,
    "owner_record_id" UUID,
    "created_on" DATE,
    "custom" JSONB NOT NULL DEFAULT '{}',
    "content_hash" TEXT NOT NULL,

    CONSTRAINT "account_record_pkey" PRIMARY KEY ("workspace_id","source_record_id","import_id")
);

-- CreateTable
CREATE TABLE "rep_record" (
    "workspace_id" TEXT NOT NULL,
    "source_record_id" UUID NOT NULL,
    "import_id" INTEGER NOT NULL,
    "superseded_by" INTEGER,
    "name" TEXT NOT NULL,
    "described" BOOLEAN NOT NULL,
    "email" TEXT,
    "team" TEXT,
    "manager" TEXT,
    "office" TEXT,
    "custom" JSONB NOT NULL DEFAULT '{}',
    "content_hash" TEXT NOT NULL,

    CONSTRAINT "rep_record_pkey" PRIMARY KEY ("workspace_id","source_record_id","import_id")
);

-- CreateTable
CREATE TABLE "product_record" (
    "workspace_id" TEXT NOT NULL,
    "source_record_id" UUID NOT NULL,
    "import_id" INTEGER NOT NULL,
    "superseded_by" INTEGER,
    "name" TEXT NOT NULL,
    "described" BOOLEAN NOT NULL,
    "series" TEXT,
    "list_price" DECIMAL(18,6),
    "custom" JSONB NOT NULL DEFAULT '{}',
    "content_hash" TEXT NOT NULL,

    CONSTRAINT "product_record_pkey" PRIMARY KEY ("workspace_id","source_record_id","import_id")
);

-- CreateTable
CREATE TABLE "membership" (
    "workspace_id" TEXT NOT NULL,
    "source_record_id" UUID NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "account_id" UUID NOT NULL,
    "valid_from" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "valid_to" TIMESTAMPTZ(3),

    CONSTRAINT "membership_pkey" PRIMARY KEY ("workspace_id","source_record_id","version")
);

-- CreateTable
CREATE TABLE "account" (
    "workspace_id" TEXT NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "name_key" TEXT NOT NULL,
    "domain" TEXT,
    "industry" TEXT,
    "region" TEXT,
    "owner_record_id" UUID,
    "created_on" DATE,
    "custom" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "account_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "opportunity" (
    "workspace_id" TEXT NOT NULL,
    "id" UUID NOT NULL,
    "import_id" INTEGER NOT NULL,
    "superseded_by" INTEGER,
    "external_id" TEXT NOT NULL,
    "account_record_id" UUID,
    "owner_record_id" UUID,
    "product_record_id" UUID,
    "name" TEXT,
    "stage" TEXT NOT NULL,
    "status" "opportunity_status" NOT NULL,
    "amount_minor" BIGINT,
    "currency" CHAR(3) NOT NULL,
    "created_on" DATE,
    "close_on" DATE,
    "custom" JSONB NOT NULL DEFAULT '{}',
    "content_hash" TEXT NOT NULL,

    CONSTRAINT "opportunity_pkey" PRIMARY KEY ("workspace_id","id","import_id")
);

-- CreateTable
CREATE TABLE "snapshot" (
    "workspace_id" TEXT NOT NULL,
    "id" SERIAL NOT NULL,
    "status" "snapshot_status" NOT NULL DEFAULT 'staging',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "as_of" DATE NOT NULL,
    "window_after" DATE NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "parameters" JSONB NOT NULL,
    "totals" JSONB NOT NULL,

    CONSTRAINT "snapshot_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "account_standing" (
    "workspace_id" TEXT NOT NULL,
    "account_id" UUID NOT NULL,
    "valid_from" INTEGER NOT NULL,
    "valid_to" INTEGER,
    "tier" "tier" NOT NULL,
    "value_minor" BIGINT NOT NULL,
    "previous_tier" "tier",
    "previous_value_minor" BIGINT NOT NULL,
    "wins" INTEGER NOT NULL,
    "first_won_on" DATE NOT NULL,
    "last_won_on" DATE NOT NULL,
    "reasons" JSONB NOT NULL,

    CONSTRAINT "account_standing_pkey" PRIMARY KEY ("workspace_id","account_id","valid_from")
);

-- CreateTable
CREATE TABLE "receipt" (
    "workspace_id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "receipt_pkey" PRIMARY KEY ("workspace_id","key")
);

-- CreateIndex
CREATE UNIQUE INDEX "source_record_workspace_id_source_id_kind_external_id_key" ON "source_record"("workspace_id", "source_id", "kind", "external_id");

-- CreateIndex
CREATE INDEX "account_record_workspace_id_name_key_idx" ON "account_record"("workspace_id", "name_key");

-- CreateIndex
CREATE INDEX "account_record_workspace_id_import_id_idx" ON "account_record"("workspace_id", "import_id");

-- CreateIndex
CREATE INDEX "rep_record_workspace_id_import_id_idx" ON "rep_record"("workspace_id", "import_id");

-- CreateIndex
CREATE INDEX "product_record_workspace_id_import_id_idx" ON "product_record"("workspace_id", "import_id");

-- CreateIndex
CREATE INDEX "membership_workspace_id_account_id_idx" ON "membership"("workspace_id", "account_id");

-- CreateIndex
CREATE INDEX "account_workspace_id_name_key_idx" ON "account"("workspace_id", "name_key");

-- CreateIndex
CREATE INDEX "account_workspace_id_owner_record_id_idx" ON "account"("workspace_id", "owner_record_id");

-- CreateIndex
CREATE INDEX "account_name_idx" ON "account" USING GIN ("name" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "opportunity_workspace_id_account_record_id_idx" ON "opportunity"("workspace_id", "account_record_id");

-- CreateIndex
CREATE INDEX "opportunity_workspace_id_import_id_idx" ON "opportunity"("workspace_id", "import_id");

-- CreateIndex
CREATE INDEX "account_standing_workspace_id_value_minor_account_id_idx" ON "account_standing"("workspace_id", "value_minor" DESC, "account_id");

-- CreateIndex
CREATE INDEX "receipt_workspace_id_created_at_idx" ON "receipt"("workspace_id", "created_at");

-- AddForeignKey
ALTER TABLE "source" ADD CONSTRAINT "source_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "import" ADD CONSTRAINT "import_workspace_id_source_id_fkey" FOREIGN KEY ("workspace_id", "source_id") REFERENCES "source"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "import_issue" ADD CONSTRAINT "import_issue_workspace_id_import_id_fkey" FOREIGN KEY ("workspace_id", "import_id") REFERENCES "import"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "source_record" ADD CONSTRAINT "source_record_workspace_id_source_id_fkey" FOREIGN KEY ("workspace_id", "source_id") REFERENCES "source"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "account_record" ADD CONSTRAINT "account_record_workspace_id_source_record_id_fkey" FOREIGN KEY ("workspace_id", "source_record_id") REFERENCES "source_record"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "account_record" ADD CONSTRAINT "account_record_workspace_id_import_id_fkey" FOREIGN KEY ("workspace_id", "import_id") REFERENCES "import"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rep_record" ADD CONSTRAINT "rep_record_workspace_id_source_record_id_fkey" FOREIGN KEY ("workspace_id", "source_record_id") REFERENCES "source_record"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rep_record" ADD CONSTRAINT "rep_record_workspace_id_import_id_fkey" FOREIGN KEY ("workspace_id", "import_id") REFERENCES "import"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "product_record" ADD CONSTRAINT "product_record_workspace_id_source_record_id_fkey" FOREIGN KEY ("workspace_id", "source_record_id") REFERENCES "source_record"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "product_record" ADD CONSTRAINT "product_record_workspace_id_import_id_fkey" FOREIGN KEY ("workspace_id", "import_id") REFERENCES "import"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "membership" ADD CONSTRAINT "membership_workspace_id_source_record_id_fkey" FOREIGN KEY ("workspace_id", "source_record_id") REFERENCES "source_record"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "membership" ADD CONSTRAINT "membership_workspace_id_account_id_fkey" FOREIGN KEY ("workspace_id", "account_id") REFERENCES "account"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "account" ADD CONSTRAINT "account_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "opportunity" ADD CONSTRAINT "opportunity_workspace_id_import_id_fkey" FOREIGN KEY ("workspace_id", "import_id") REFERENCES "import"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "opportunity" ADD CONSTRAINT "opportunity_workspace_id_account_record_id_fkey" FOREIGN KEY ("workspace_id", "account_record_id") REFERENCES "source_record"("workspace_id", "id") ON DELETE NO ACTION ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "opportunity" ADD CONSTRAINT "opportunity_workspace_id_owner_record_id_fkey" FOREIGN KEY ("workspace_id", "owner_record_id") REFERENCES "source_record"("workspace_id", "id") ON DELETE NO ACTION ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "opportunity" ADD CONSTRAINT "opportunity_workspace_id_product_record_id_fkey" FOREIGN KEY ("workspace_id", "product_record_id") REFERENCES "source_record"("workspace_id", "id") ON DELETE NO ACTION ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "snapshot" ADD CONSTRAINT "snapshot_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "account_standing" ADD CONSTRAINT "account_standing_workspace_id_account_id_fkey" FOREIGN KEY ("workspace_id", "account_id") REFERENCES "account"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "account_standing" ADD CONSTRAINT "account_standing_workspace_id_valid_from_fkey" FOREIGN KEY ("workspace_id", "valid_from") REFERENCES "snapshot"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The version of each row that counts now: its import is visible and no visible import replaced it.
CREATE VIEW "current_account_record" AS
SELECT r.* FROM "account_record" r
JOIN "import" i ON i.workspace_id = r.workspace_id AND i.id = r.import_id AND i.status = 'visible'
LEFT JOIN "import" later ON later.workspace_id = r.workspace_id AND later.id = r.superseded_by AND later.status = 'visible'
WHERE later.id IS NULL;

CREATE VIEW "current_rep_record" AS
SELECT r.* FROM "rep_record" r
JOIN "import" i ON i.workspace_id = r.workspace_id AND i.id = r.import_id AND i.status = 'visible'
LEFT JOIN "import" later ON later.workspace_id = r.workspace_id AND later.id = r.superseded_by AND later.status = 'visible'
WHERE later.id IS NULL;

CREATE VIEW "current_product_record" AS
SELECT r.* FROM "product_record" r
JOIN "import" i ON i.workspace_id = r.workspace_id AND i.id = r.import_id AND i.status = 'visible'
LEFT JOIN "import" later ON later.workspace_id = r.workspace_id AND later.id = r.superseded_by AND later.status = 'visible'
WHERE later.id IS NULL;

CREATE VIEW "current_opportunity" AS
SELECT r.* FROM "opportunity" r
JOIN "import" i ON i.workspace_id = r.workspace_id AND i.id = r.import_id AND i.status = 'visible'
LEFT JOIN "import" later ON later.workspace_id = r.workspace_id AND later.id = r.superseded_by AND later.status = 'visible'
WHERE later.id IS NULL;
