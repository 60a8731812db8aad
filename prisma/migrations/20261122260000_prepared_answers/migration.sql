-- AlterTable
ALTER TABLE "snapshot" ADD COLUMN     "answers_prepared" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "lists_series" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "purchase_series" (
    "workspace_id" TEXT NOT NULL,
    "snapshot_id" INTEGER NOT NULL,
    "account_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "product" TEXT,
    "last_on" DATE NOT NULL,
    "value_minor" BIGINT NOT NULL,
    "recent" INTEGER NOT NULL,
    "run" INTEGER NOT NULL,
    "known_by" INTEGER NOT NULL,
    "chance" DOUBLE PRECISION,
    "months" INTEGER,

    CONSTRAINT "purchase_series_pkey" PRIMARY KEY ("workspace_id","snapshot_id","account_id","number")
);

-- CreateTable
CREATE TABLE "prepared_answer" (
    "workspace_id" TEXT NOT NULL,
    "snapshot_id" INTEGER NOT NULL,
    "question" TEXT NOT NULL,
    "answer" JSONB NOT NULL,

    CONSTRAINT "prepared_answer_pkey" PRIMARY KEY ("workspace_id","snapshot_id","question")
);

-- AddForeignKey
ALTER TABLE "purchase_series" ADD CONSTRAINT "purchase_series_workspace_id_snapshot_id_fkey" FOREIGN KEY ("workspace_id", "snapshot_id") REFERENCES "snapshot"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "purchase_series" ADD CONSTRAINT "purchase_series_workspace_id_account_id_fkey" FOREIGN KEY ("workspace_id", "account_id") REFERENCES "account"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "prepared_answer" ADD CONSTRAINT "prepared_answer_workspace_id_snapshot_id_fkey" FOREIGN KEY ("workspace_id", "snapshot_id") REFERENCES "snapshot"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
