-- CreateEnum
CREATE TYPE "correction_field" AS ENUM ('owner', 'industry', 'tier');

-- CreateEnum
CREATE TYPE "ledger_kind" AS ENUM ('invoice', 'payment');

-- AlterEnum: no import ever had this status.
ALTER TYPE "import_status" RENAME VALUE 'failed' TO 'undone';

-- AlterTable
ALTER TABLE "account" ADD COLUMN     "active" BOOLEAN NOT NULL DEFAULT true;

-- AlterTable
ALTER TABLE "account_standing" ADD COLUMN     "computed_tier" "tier";

-- AlterTable
ALTER TABLE "import" ADD COLUMN     "started_by" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "undone_at" TIMESTAMPTZ(3),
ADD COLUMN     "undone_by" TEXT;

-- AlterTable
ALTER TABLE "import_issue" ADD COLUMN     "suggestion" TEXT;

-- AlterTable
ALTER TABLE "snapshot" ADD COLUMN     "settings_version" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "source_record" ADD COLUMN     "stands_for" UUID;

-- AlterTable
ALTER TABLE "workspace" ADD COLUMN     "changed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;

-- CreateTable
CREATE TABLE "settings_version" (
    "workspace_id" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "changed_by" TEXT NOT NULL,
    "settings" JSONB NOT NULL,

    CONSTRAINT "settings_version_pkey" PRIMARY KEY ("workspace_id","version")
);

-- CreateTable
CREATE TABLE "sighting" (
    "workspace_id" TEXT NOT NULL,
    "import_id" INTEGER NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "of" TEXT NOT NULL,
    "ids" UUID[],

    CONSTRAINT "sighting_pkey" PRIMARY KEY ("workspace_id","import_id","ordinal")
);

-- CreateTable
CREATE TABLE "value_rule" (
    "workspace_id" TEXT NOT NULL,
    "id" SERIAL NOT NULL,
    "column" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "stands_for" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_by" TEXT NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "ended_by" TEXT,

    CONSTRAINT "value_rule_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "correction" (
    "workspace_id" TEXT NOT NULL,
    "id" SERIAL NOT NULL,
    "account_id" UUID NOT NULL,
    "field" "correction_field" NOT NULL,
    "value" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "until" DATE,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_by" TEXT NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "ended_by" TEXT,

    CONSTRAINT "correction_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "opportunity_line" (
    "workspace_id" TEXT NOT NULL,
    "id" UUID NOT NULL,
    "import_id" INTEGER NOT NULL,
    "superseded_by" INTEGER,
    "external_id" TEXT NOT NULL,
    "opportunity_id" UUID NOT NULL,
    "product_record_id" UUID,
    "quantity" DECIMAL(24,6),
    "unit_price" DECIMAL(24,6),
    "amount_minor" BIGINT,
    "currency" CHAR(3) NOT NULL,
    "service_on" DATE,
    "custom" JSONB NOT NULL DEFAULT '{}',
    "content_hash" TEXT NOT NULL,

    CONSTRAINT "opportunity_line_pkey" PRIMARY KEY ("workspace_id","id","import_id")
);

-- CreateTable
CREATE TABLE "ledger_entry" (
    "workspace_id" TEXT NOT NULL,
    "id" UUID NOT NULL,
    "import_id" INTEGER NOT NULL,
    "superseded_by" INTEGER,
    "source_id" TEXT NOT NULL,
    "kind" "ledger_kind" NOT NULL,
    "group_key" TEXT NOT NULL,
    "document" TEXT,
    "account_record_id" UUID,
    "product_record_id" UUID,
    "description" TEXT,
    "quantity" DECIMAL(24,6),
    "unit_price" DECIMAL(24,6),
    "amount_minor" BIGINT,
    "currency" CHAR(3) NOT NULL,
    "on_day" DATE NOT NULL,
    "custom" JSONB NOT NULL DEFAULT '{}',
    "content_hash" TEXT NOT NULL,

    CONSTRAINT "ledger_entry_pkey" PRIMARY KEY ("workspace_id","id","import_id")
);

-- CreateTable
CREATE TABLE "exchange_rate" (
    "workspace_id" TEXT NOT NULL,
    "id" UUID NOT NULL,
    "import_id" INTEGER NOT NULL,
    "superseded_by" INTEGER,
    "base" CHAR(3) NOT NULL,
    "quote" CHAR(3) NOT NULL,
    "on_day" DATE NOT NULL,
    "rate" DECIMAL(28,12) NOT NULL,
    "content_hash" TEXT NOT NULL,

    CONSTRAINT "exchange_rate_pkey" PRIMARY KEY ("workspace_id","id","import_id")
);

-- CreateIndex
CREATE INDEX "correction_workspace_id_account_id_idx" ON "correction"("workspace_id", "account_id");

-- CreateIndex
CREATE INDEX "opportunity_line_workspace_id_opportunity_id_idx" ON "opportunity_line"("workspace_id", "opportunity_id");

-- CreateIndex
CREATE INDEX "opportunity_line_workspace_id_import_id_idx" ON "opportunity_line"("workspace_id", "import_id");

-- CreateIndex
CREATE INDEX "ledger_entry_workspace_id_account_record_id_idx" ON "ledger_entry"("workspace_id", "account_record_id");

-- CreateIndex
CREATE INDEX "ledger_entry_workspace_id_import_id_idx" ON "ledger_entry"("workspace_id", "import_id");

-- CreateIndex
CREATE INDEX "exchange_rate_workspace_id_import_id_idx" ON "exchange_rate"("workspace_id", "import_id");

-- AddForeignKey
ALTER TABLE "settings_version" ADD CONSTRAINT "settings_version_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sighting" ADD CONSTRAINT "sighting_workspace_id_import_id_fkey" FOREIGN KEY ("workspace_id", "import_id") REFERENCES "import"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "value_rule" ADD CONSTRAINT "value_rule_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "correction" ADD CONSTRAINT "correction_workspace_id_account_id_fkey" FOREIGN KEY ("workspace_id", "account_id") REFERENCES "account"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "opportunity_line" ADD CONSTRAINT "opportunity_line_workspace_id_import_id_fkey" FOREIGN KEY ("workspace_id", "import_id") REFERENCES "import"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ledger_entry" ADD CONSTRAINT "ledger_entry_workspace_id_import_id_fkey" FOREIGN KEY ("workspace_id", "import_id") REFERENCES "import"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "exchange_rate" ADD CONSTRAINT "exchange_rate_workspace_id_import_id_fkey" FOREIGN KEY ("workspace_id", "import_id") REFERENCES "import"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What workspaces have decided so far becomes the first version of their settings.
INSERT INTO "settings_version" (workspace_id, version, changed_by, settings)
SELECT id, 1, 'Portfolio', jsonb_build_object('currency', currency, 'timeZone', time_zone) FROM "workspace";
ALTER TABLE "workspace" DROP COLUMN "currency", DROP COLUMN "time_zone";

CREATE VIEW "current_opportunity_line" AS
SELECT r.* FROM "opportunity_line" r
JOIN "import" i ON i.workspace_id = r.workspace_id AND i.id = r.import_id AND i.status = 'visible'
LEFT JOIN "import" later ON later.workspace_id = r.workspace_id AND later.id = r.superseded_by AND later.status = 'visible'
WHERE later.id IS NULL;

CREATE VIEW "current_ledger_entry" AS
SELECT r.* FROM "ledger_entry" r
JOIN "import" i ON i.workspace_id = r.workspace_id AND i.id = r.import_id AND i.status = 'visible'
LEFT JOIN "import" later ON later.workspace_id = r.workspace_id AND later.id = r.superseded_by AND later.status = 'visible'
WHERE later.id IS NULL;

CREATE VIEW "current_exchange_rate" AS
SELECT r.* FROM "exchange_rate" r
JOIN "import" i ON i.workspace_id = r.workspace_id AND i.id = r.import_id AND i.status = 'visible'
LEFT JOIN "import" later ON later.workspace_id = r.workspace_id AND later.id = r.superseded_by AND later.status = 'visible'
WHERE later.id IS NULL;
