-- CreateTable
CREATE TABLE "win_fit" (
    "workspace_id" TEXT NOT NULL,
    "snapshot_id" INTEGER NOT NULL,
    "fitted_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "cause" TEXT NOT NULL,
    "report" JSONB NOT NULL,

    CONSTRAINT "win_fit_pkey" PRIMARY KEY ("workspace_id","snapshot_id")
);

-- CreateTable
CREATE TABLE "deal" (
    "workspace_id" TEXT NOT NULL,
    "snapshot_id" INTEGER NOT NULL,
    "id" UUID NOT NULL,
    "account_id" UUID,
    "rep_id" UUID,
    "product_id" UUID,
    "status" "opportunity_status" NOT NULL,
    "stage" TEXT NOT NULL,
    "tier" "tier",
    "created_on" DATE,
    "close_on" DATE,
    "amount_minor" BIGINT,
    "list_minor" BIGINT,
    "known" BIGINT NOT NULL,
    "expected" DOUBLE PRECISION,
    "expected_minor" BIGINT,
    "expected_days" DOUBLE PRECISION,
    "probability" DOUBLE PRECISION,
    "low" DOUBLE PRECISION,
    "high" DOUBLE PRECISION,
    "reasons" JSONB NOT NULL DEFAULT '[]',

    CONSTRAINT "deal_pkey" PRIMARY KEY ("workspace_id","snapshot_id","id")
);

-- CreateTable
CREATE TABLE "account_potential" (
    "workspace_id" TEXT NOT NULL,
    "snapshot_id" INTEGER NOT NULL,
    "account_id" UUID NOT NULL,
    "potential_minor" BIGINT NOT NULL,
    "low_minor" BIGINT NOT NULL,
    "high_minor" BIGINT NOT NULL,
    "similar" INTEGER NOT NULL,
    "tier" "tier" NOT NULL,
    "rank" INTEGER NOT NULL,
    "above_minor" BIGINT NOT NULL,
    "probability" DOUBLE PRECISION,
    "low" DOUBLE PRECISION,
    "high" DOUBLE PRECISION,
    "weighted_minor" BIGINT,
    "weighted_rank" INTEGER,
    "resembles_id" UUID,
    "reasons" JSONB NOT NULL DEFAULT '[]',

    CONSTRAINT "account_potential_pkey" PRIMARY KEY ("workspace_id","snapshot_id","account_id")
);

-- CreateIndex
CREATE INDEX "deal_workspace_id_snapshot_id_account_id_idx" ON "deal"("workspace_id", "snapshot_id", "account_id");

-- CreateIndex
CREATE INDEX "account_potential_workspace_id_snapshot_id_weighted_rank_idx" ON "account_potential"("workspace_id", "snapshot_id", "weighted_rank");

-- CreateIndex
CREATE UNIQUE INDEX "account_potential_workspace_id_snapshot_id_rank_key" ON "account_potential"("workspace_id", "snapshot_id", "rank");

-- AddForeignKey
ALTER TABLE "win_fit" ADD CONSTRAINT "win_fit_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deal" ADD CONSTRAINT "deal_workspace_id_snapshot_id_fkey" FOREIGN KEY ("workspace_id", "snapshot_id") REFERENCES "snapshot"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "account_potential" ADD CONSTRAINT "account_potential_workspace_id_snapshot_id_fkey" FOREIGN KEY ("workspace_id", "snapshot_id") REFERENCES "snapshot"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
