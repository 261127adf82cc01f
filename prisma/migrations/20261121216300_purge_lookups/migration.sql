-- Before bytes go, it is asked who else is stored under their key.
CREATE INDEX "asset_versions_storage_key_idx" ON "asset_versions"("storage_key");
CREATE INDEX "renditions_storage_key_idx" ON "renditions"("storage_key");
