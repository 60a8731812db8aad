-- CreateTable
CREATE TABLE "installation" (
    "workspace_id" TEXT NOT NULL,
    "team_name" TEXT NOT NULL,
    "installed_by" TEXT NOT NULL,
    "installed_at" TIMESTAMPTZ(3) NOT NULL,
    "sealed_tokens" TEXT,
    "expires_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "refresh_lease_until" TIMESTAMPTZ(3),
    "refused_at" TIMESTAMPTZ(3),
    "removed_at" TIMESTAMPTZ(3),
    "deleting_until" TIMESTAMPTZ(3),

    CONSTRAINT "installation_pkey" PRIMARY KEY ("workspace_id")
);
