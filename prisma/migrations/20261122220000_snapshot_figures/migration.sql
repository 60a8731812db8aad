-- CreateTable
CREATE TABLE "standing_mark" (
    "workspace_id" TEXT NOT NULL,
    "snapshot_id" INTEGER NOT NULL,
    "series" TEXT NOT NULL,
    "place" INTEGER NOT NULL,
    "value_minor" BIGINT NOT NULL,
    "account_id" UUID NOT NULL,
    "above_minor" BIGINT NOT NULL,

    CONSTRAINT "standing_mark_pkey" PRIMARY KEY ("workspace_id","snapshot_id","series","place")
);

-- CreateTable
CREATE TABLE "standing_figure" (
    "workspace_id" TEXT NOT NULL,
    "snapshot_id" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "tier" "tier" NOT NULL,
    "accounts" INTEGER NOT NULL,
    "value_minor" BIGINT NOT NULL,
    "rose" INTEGER NOT NULL,
    "fell" INTEGER NOT NULL,
    "came" INTEGER NOT NULL,

    CONSTRAINT "standing_figure_pkey" PRIMARY KEY ("workspace_id","snapshot_id","kind","value","tier")
);

-- AddForeignKey
ALTER TABLE "standing_mark" ADD CONSTRAINT "standing_mark_workspace_id_snapshot_id_fkey" FOREIGN KEY ("workspace_id", "snapshot_id") REFERENCES "snapshot"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "standing_figure" ADD CONSTRAINT "standing_figure_workspace_id_snapshot_id_fkey" FOREIGN KEY ("workspace_id", "snapshot_id") REFERENCES "snapshot"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Ranks are value descending, then account ascending. An index of two directions cannot be entered in the middle by one
-- comparison of rows, so the value is negated. The other columns spare a look at the table.
DROP INDEX "account_standing_workspace_id_value_minor_account_id_idx";
CREATE INDEX "standing_mark_order_idx" ON "standing_mark" ("workspace_id", "snapshot_id", "series", (-"value_minor"), "account_id");
CREATE INDEX "account_standing_order_idx" ON "account_standing" ("workspace_id", (-"value_minor"), "account_id")
    INCLUDE ("value_minor", "valid_from", "valid_to");
CREATE INDEX "account_standing_tier_order_idx" ON "account_standing" ("workspace_id", "tier", (-"value_minor"), "account_id")
    INCLUDE ("value_minor", "valid_from", "valid_to");
CREATE INDEX "account_standing_moved_idx" ON "account_standing"
    ("workspace_id", (abs("value_minor" - "previous_value_minor")) DESC, (abs("value_minor")) DESC, "account_id")
    WHERE "tier" IS DISTINCT FROM "previous_tier";

-- Names by how they begin, in whatever collation the database has.
DROP INDEX "account_workspace_id_name_key_idx";
CREATE INDEX "account_workspace_id_name_key_idx" ON "account" ("workspace_id", "name_key" COLLATE "C");
