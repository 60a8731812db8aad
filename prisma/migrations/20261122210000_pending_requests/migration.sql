-- AlterTable
ALTER TABLE "receipt" ADD COLUMN     "request_id" TEXT;

-- CreateTable
CREATE TABLE "pending_request" (
    "workspace_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lease_until" TIMESTAMPTZ(3) NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "pending_request_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateIndex
CREATE INDEX "pending_request_workspace_id_lease_until_idx" ON "pending_request"("workspace_id", "lease_until");
