-- For whom a list was asked, where it is not the asker's own organisation; and an answer's facts beside its light.
ALTER TABLE clearances ADD COLUMN holder_org_id TEXT;
ALTER TABLE clearance_rows ADD COLUMN kind TEXT NOT NULL DEFAULT '', ADD COLUMN licences TEXT[] NOT NULL DEFAULT '{}', ADD COLUMN price JSONB;

CREATE INDEX "clearances_org_id_created_at_id_idx" ON "clearances"("org_id", "created_at" DESC, "id" DESC);

-- A list is worked off by whoever comes: batch by batch, each once. What is finished says when; what failed says why.
ALTER TABLE clearances ADD CONSTRAINT finished_has_an_instant CHECK ((state IN ('DONE', 'FAILED', 'CANCELLED')) = (finished_at IS NOT NULL)),
  ADD CONSTRAINT failure_has_a_reason CHECK ((state = 'FAILED') = (failure IS NOT NULL)),
  ADD CONSTRAINT lights_add_up CHECK (green + amber + red + errors = rows_done AND rows_done <= rows_total);

-- Pictures by the name that a list calls them. Hashed, since a title may be longer than an index entry.
CREATE INDEX assets_by_title ON assets (house_id, md5(lower(title)));
CREATE INDEX asset_versions_by_file_name ON asset_versions (house_id, md5(lower(file_name)));
