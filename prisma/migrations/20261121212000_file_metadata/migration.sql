-- What files say of themselves: all of it as found, what the record took over, and what it says about rights, as proposals.

-- Fields of the record without a column of their own, by the names of services/assets/rules/metadata-map.ts.
ALTER TABLE "assets" ADD COLUMN "iptc" JSONB NOT NULL DEFAULT '{}';
ALTER TABLE "assets" ADD CONSTRAINT "assets_iptc_object" CHECK (jsonb_typeof("iptc") = 'object' AND pg_column_size("iptc") < 200000);

-- Everything that was found in a version's file, under the names of the standards. Read for one page, never for a list.
CREATE TABLE "file_metadata" (
    "version_id" TEXT NOT NULL,
    "house_id" TEXT NOT NULL,
    "asset_id" TEXT NOT NULL,
    "found" JSONB NOT NULL,
    -- Where each field was read, and where blocks of the file disagree.
    "origins" JSONB NOT NULL DEFAULT '{}',
    "disputes" JSONB NOT NULL DEFAULT '[]',
    "read_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "file_metadata_pkey" PRIMARY KEY ("version_id"),
    CONSTRAINT "file_metadata_object" CHECK (jsonb_typeof("found") = 'object')
);
CREATE INDEX "file_metadata_asset_id_idx" ON "file_metadata"("asset_id");
-- Whoever deletes a version deletes what was read in it.
ALTER TABLE "file_metadata" ADD CONSTRAINT "file_metadata_version_id_fkey" FOREIGN KEY ("version_id") REFERENCES "asset_versions"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TYPE "proposal_kind" AS ENUM ('CONTRACT', 'MODEL_RELEASE', 'PROPERTY_RELEASE', 'BAN');
CREATE TYPE "proposal_state" AS ENUM ('OPEN', 'ACCEPTED', 'SET_ASIDE', 'OUTDATED');

-- What a file says about rights, for the rights desk to accept or set aside. Nothing reads it but the desk: it allows nothing.
CREATE TABLE "rights_proposals" (
    "id" TEXT NOT NULL,
    "house_id" TEXT NOT NULL,
    "asset_id" TEXT NOT NULL,
    "asset_no" BIGINT NOT NULL,
    "version_id" TEXT NOT NULL,
    "kind" "proposal_kind" NOT NULL,
    "state" "proposal_state" NOT NULL DEFAULT 'OPEN',
    -- One line for people, e.g. who licenses it.
    "summary" TEXT NOT NULL,
    -- Each with its field, what it said, and where in the file.
    "statements" JSONB NOT NULL,
    -- What the recording form is opened with.
    "prefill" JSONB NOT NULL DEFAULT '{}',
    -- The same statements in other files have the same sum: one line of the worklist.
    "ground" CHAR(64) NOT NULL,
    "proposed_at" TIMESTAMPTZ(3) NOT NULL,
    "decided_at" TIMESTAMPTZ(3),
    "decided_by_id" TEXT,
    "reason" TEXT,
    -- The row of acquisitions, releases or restrictions that a person wrote down of it.
    "recorded_as" TEXT,

    CONSTRAINT "rights_proposals_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "rights_proposals_decided" CHECK (("state" = 'OPEN') = ("decided_at" IS NULL)),
    CONSTRAINT "rights_proposals_accepted" CHECK (("state" = 'ACCEPTED') = ("recorded_as" IS NOT NULL)),
    CONSTRAINT "rights_proposals_reasoned" CHECK ("state" <> 'SET_ASIDE' OR length("reason") >= 3)
);
CREATE UNIQUE INDEX "rights_proposals_version_id_kind_key" ON "rights_proposals"("version_id", "kind");
CREATE INDEX "rights_proposals_house_id_state_ground_idx" ON "rights_proposals"("house_id", "state", "ground");
CREATE INDEX "rights_proposals_asset_id_idx" ON "rights_proposals"("asset_id");
CREATE INDEX "rights_proposals_asset_no_idx" ON "rights_proposals"("asset_no");
-- One open question of a kind about a picture: the newest file asks.
CREATE UNIQUE INDEX "rights_proposals_open" ON "rights_proposals"("asset_id", "kind") WHERE "state" = 'OPEN';
ALTER TABLE "rights_proposals" ADD CONSTRAINT "rights_proposals_version_id_fkey" FOREIGN KEY ("version_id") REFERENCES "asset_versions"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What was decided stays decided, and what was proposed stays as it was read.
CREATE FUNCTION rights_proposals_hold() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state <> 'OPEN' THEN RAISE EXCEPTION 'a proposal that was decided stays as it is'; END IF;
  IF (NEW.house_id, NEW.asset_id, NEW.asset_no, NEW.version_id, NEW.kind, NEW.summary, NEW.statements, NEW.prefill, NEW.ground, NEW.proposed_at)
    IS DISTINCT FROM (OLD.house_id, OLD.asset_id, OLD.asset_no, OLD.version_id, OLD.kind, OLD.summary, OLD.statements, OLD.prefill, OLD.ground, OLD.proposed_at)
    THEN RAISE EXCEPTION 'what a file said is not rewritten'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER rights_proposals_hold BEFORE UPDATE ON "rights_proposals" FOR EACH ROW EXECUTE FUNCTION rights_proposals_hold();

CREATE TRIGGER worklist_stale_new AFTER INSERT ON "rights_proposals" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION stale_by_asset_no();
CREATE TRIGGER worklist_stale AFTER UPDATE ON "rights_proposals" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION stale_by_asset_no();
