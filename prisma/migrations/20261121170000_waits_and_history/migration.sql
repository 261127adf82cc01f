-- Second in line: which licence was wished for, and how the wait ended.
ALTER TABLE "rights_waits" ADD COLUMN "model" "licence_model" NOT NULL DEFAULT 'RIGHTS_MANAGED', ADD COLUMN "outcome" TEXT;
ALTER TABLE rights_waits ADD CONSTRAINT wait_ends_somehow CHECK ((ended_at IS NULL) = (outcome IS NULL)),
  ADD CONSTRAINT wait_outcome_known CHECK (outcome IN ('free', 'gone', 'left')),
  ADD CONSTRAINT wait_told_has_ended CHECK (told_at IS NULL OR outcome IN ('free', 'gone'));
-- Nobody stands in the same line twice; two presses of the button are one wait.
CREATE UNIQUE INDEX one_wait_a_scope ON rights_waits (user_id, asset_no, model, md5(terms::text)) WHERE ended_at IS NULL;

-- "What changed about our rights between two dates" walks these in order of time.
-- CreateIndex
CREATE INDEX "acquisitions_house_id_recorded_at_idx" ON "acquisitions"("house_id", "recorded_at");
-- CreateIndex
CREATE INDEX "releases_house_id_recorded_at_idx" ON "releases"("house_id", "recorded_at");
-- CreateIndex
CREATE INDEX "restrictions_house_id_recorded_at_idx" ON "restrictions"("house_id", "recorded_at");
-- CreateIndex
CREATE INDEX "acquisitions_house_id_superseded_at_idx" ON "acquisitions"("house_id", "superseded_at");
-- CreateIndex
CREATE INDEX "releases_house_id_superseded_at_idx" ON "releases"("house_id", "superseded_at");
-- CreateIndex
CREATE INDEX "restrictions_house_id_superseded_at_idx" ON "restrictions"("house_id", "superseded_at");
