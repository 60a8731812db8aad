-- AlterTable
ALTER TABLE "account_standing" ADD COLUMN     "purchase_days" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "repeat_minor" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "year_before_minor" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "year_minor" BIGINT NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "value_fit" (
    "workspace_id" TEXT NOT NULL,
    "snapshot_id" INTEGER NOT NULL,
    "fitted_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "cause" TEXT NOT NULL,
    "report" JSONB NOT NULL,

    CONSTRAINT "value_fit_pkey" PRIMARY KEY ("workspace_id","snapshot_id")
);

-- CreateTable
CREATE TABLE "account_value" (
    "workspace_id" TEXT NOT NULL,
    "snapshot_id" INTEGER NOT NULL,
    "account_id" UUID NOT NULL,
    "alive" DOUBLE PRECISION,
    "expected" DOUBLE PRECISION NOT NULL,
    "worth_minor" BIGINT NOT NULL,
    "tier" "tier" NOT NULL,
    "rank" INTEGER NOT NULL,
    "above_minor" BIGINT NOT NULL,

    CONSTRAINT "account_value_pkey" PRIMARY KEY ("workspace_id","snapshot_id","account_id")
);

-- CreateTable
CREATE TABLE "cohort_figure" (
    "workspace_id" TEXT NOT NULL,
    "snapshot_id" INTEGER NOT NULL,
    "cohort" DATE NOT NULL,
    "quarter" INTEGER NOT NULL,
    "accounts" INTEGER NOT NULL,
    "value_minor" BIGINT NOT NULL,

    CONSTRAINT "cohort_figure_pkey" PRIMARY KEY ("workspace_id","snapshot_id","cohort","quarter")
);

-- CreateTable
CREATE TABLE "redefined_tier" (
    "workspace_id" TEXT NOT NULL,
    "snapshot_id" INTEGER NOT NULL,
    "account_id" UUID NOT NULL,
    "from_tier" "tier" NOT NULL,
    "to_tier" "tier" NOT NULL,

    CONSTRAINT "redefined_tier_pkey" PRIMARY KEY ("workspace_id","snapshot_id","account_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "account_value_workspace_id_snapshot_id_rank_key" ON "account_value"("workspace_id", "snapshot_id", "rank");

-- AddForeignKey
ALTER TABLE "value_fit" ADD CONSTRAINT "value_fit_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "account_value" ADD CONSTRAINT "account_value_workspace_id_snapshot_id_fkey" FOREIGN KEY ("workspace_id", "snapshot_id") REFERENCES "snapshot"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "account_value" ADD CONSTRAINT "account_value_workspace_id_account_id_fkey" FOREIGN KEY ("workspace_id", "account_id") REFERENCES "account"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "cohort_figure" ADD CONSTRAINT "cohort_figure_workspace_id_snapshot_id_fkey" FOREIGN KEY ("workspace_id", "snapshot_id") REFERENCES "snapshot"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "redefined_tier" ADD CONSTRAINT "redefined_tier_workspace_id_snapshot_id_fkey" FOREIGN KEY ("workspace_id", "snapshot_id") REFERENCES "snapshot"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "redefined_tier" ADD CONSTRAINT "redefined_tier_workspace_id_account_id_fkey" FOREIGN KEY ("workspace_id", "account_id") REFERENCES "account"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
