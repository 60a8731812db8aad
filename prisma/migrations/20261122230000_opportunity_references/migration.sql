-- CreateIndex
CREATE INDEX "opportunity_workspace_id_owner_record_id_idx" ON "opportunity"("workspace_id", "owner_record_id");

-- CreateIndex
CREATE INDEX "opportunity_workspace_id_product_record_id_idx" ON "opportunity"("workspace_id", "product_record_id");
