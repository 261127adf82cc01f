-- Guest links: people from outside send files without seeing anything of the library; and briefs: somebody asks for an asset
-- that does not exist yet. Of a link only the hash of its secret is kept; a sender's declaration never changes.

CREATE TYPE "brief_state" AS ENUM ('ASKED', 'ACCEPTED', 'DECLINED', 'ASSIGNED', 'IN_PROGRESS', 'DELIVERED', 'CHANGES_ASKED', 'APPROVED', 'CLOSED', 'CANCELLED');

CREATE TYPE "brief_asset_role" AS ENUM ('REFERENCE', 'DELIVERY');

CREATE TYPE "guest_licence" AS ENUM ('OWN_WORK', 'AGENCY', 'CC0', 'CC_BY', 'CC_BY_SA', 'CC_BY_NC', 'OTHER');

CREATE TYPE "guest_release" AS ENUM ('NONE_SHOWN', 'RELEASED', 'NOT_RELEASED', 'UNKNOWN');

CREATE TYPE "guest_file_state" AS ENUM ('WAITING', 'TAKEN_IN', 'TURNED_AWAY');

ALTER TABLE "assets" ADD COLUMN     "quarantined_at" TIMESTAMPTZ(3);

ALTER TABLE "uploads" ADD COLUMN     "brief_id" TEXT,
ADD COLUMN     "link_id" TEXT,
ADD COLUMN     "sending_id" TEXT,
ALTER COLUMN "user_id" DROP NOT NULL;

CREATE TABLE "briefs" (
    "id" TEXT NOT NULL,
    "house_id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "asked_by_id" TEXT NOT NULL,
    "state" "brief_state" NOT NULL DEFAULT 'ASKED',
    "title" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "placement" TEXT NOT NULL DEFAULT '',
    "due_on" CHAR(10),
    "budget_minor" BIGINT,
    "currency" CHAR(3),
    "links" TEXT[],
    "assignee_id" TEXT,
    "assigned_link_id" TEXT,
    "reason" TEXT,
    "language" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "briefs_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "brief_assets" (
    "brief_id" TEXT NOT NULL,
    "asset_id" TEXT NOT NULL,
    "role" "brief_asset_role" NOT NULL,
    "added_at" TIMESTAMPTZ(3) NOT NULL,
    "added_by_id" TEXT,

    CONSTRAINT "brief_assets_pkey" PRIMARY KEY ("brief_id","role","asset_id")
);

CREATE TABLE "brief_notes" (
    "id" TEXT NOT NULL,
    "brief_id" TEXT NOT NULL,
    "author_id" TEXT NOT NULL,
    "author_name" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "desk" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "brief_notes_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "brief_papers" (
    "id" TEXT NOT NULL,
    "house_id" TEXT NOT NULL,
    "brief_id" TEXT NOT NULL,
    "file_name" TEXT NOT NULL,
    "media_type" TEXT NOT NULL,
    "size_bytes" BIGINT NOT NULL,
    "sha256" CHAR(64) NOT NULL,
    "storage_key" TEXT NOT NULL,
    "added_at" TIMESTAMPTZ(3) NOT NULL,
    "added_by_id" TEXT NOT NULL,

    CONSTRAINT "brief_papers_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "brief_steps" (
    "id" TEXT NOT NULL,
    "brief_id" TEXT NOT NULL,
    "verb" TEXT NOT NULL,
    "state" "brief_state" NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "by_name" TEXT NOT NULL,
    "words" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "brief_steps_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "guest_links" (
    "id" TEXT NOT NULL,
    "house_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "message" TEXT NOT NULL DEFAULT '',
    "secret_hash" CHAR(64) NOT NULL,
    "password_hash" TEXT,
    "ends_at" TIMESTAMPTZ(3),
    "most_files" INTEGER,
    "most_bytes" BIGINT,
    "collection_id" TEXT,
    "kind" "asset_kind",
    "brief_id" TEXT,
    "asks" TEXT[],
    "told_user_ids" TEXT[],
    "created_by_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),
    "revoked_by_id" TEXT,
    "opened_at" TIMESTAMPTZ(3),

    CONSTRAINT "guest_links_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "guest_sendings" (
    "id" TEXT NOT NULL,
    "house_id" TEXT NOT NULL,
    "link_id" TEXT NOT NULL,
    "token_hash" CHAR(64) NOT NULL,
    "sender_name" TEXT NOT NULL,
    "sender_email" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "source" TEXT NOT NULL DEFAULT '',
    "licence" "guest_licence",
    "licence_words" TEXT NOT NULL DEFAULT '',
    "people" "guest_release",
    "property" "guest_release",
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "heard_at" TIMESTAMPTZ(3) NOT NULL,
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "guest_sendings_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "guest_papers" (
    "id" TEXT NOT NULL,
    "house_id" TEXT NOT NULL,
    "sending_id" TEXT NOT NULL,
    "file_name" TEXT NOT NULL,
    "media_type" TEXT NOT NULL,
    "size_bytes" BIGINT NOT NULL,
    "sha256" CHAR(64) NOT NULL,
    "storage_key" TEXT NOT NULL,
    "added_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "guest_papers_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "guest_files" (
    "upload_id" TEXT NOT NULL,
    "house_id" TEXT NOT NULL,
    "link_id" TEXT NOT NULL,
    "sending_id" TEXT NOT NULL,
    "asset_id" TEXT NOT NULL,
    "version_id" TEXT NOT NULL,
    "file_name" TEXT NOT NULL,
    "byte_size" BIGINT NOT NULL,
    "sha256" CHAR(64) NOT NULL,
    "known" BOOLEAN NOT NULL DEFAULT false,
    "state" "guest_file_state" NOT NULL DEFAULT 'WAITING',
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "decided_at" TIMESTAMPTZ(3),
    "decided_by_id" TEXT,
    "reason" TEXT,

    CONSTRAINT "guest_files_pkey" PRIMARY KEY ("upload_id")
);

CREATE INDEX "briefs_house_id_state_changed_at_id_idx" ON "briefs"("house_id", "state", "changed_at" DESC, "id" DESC);

CREATE INDEX "briefs_house_id_org_id_created_at_id_idx" ON "briefs"("house_id", "org_id", "created_at" DESC, "id" DESC);

CREATE INDEX "briefs_assignee_id_state_idx" ON "briefs"("assignee_id", "state");

CREATE INDEX "brief_assets_asset_id_idx" ON "brief_assets"("asset_id");

CREATE INDEX "brief_notes_brief_id_created_at_id_idx" ON "brief_notes"("brief_id", "created_at", "id");

CREATE UNIQUE INDEX "brief_papers_brief_id_sha256_key" ON "brief_papers"("brief_id", "sha256");

CREATE INDEX "brief_steps_brief_id_at_id_idx" ON "brief_steps"("brief_id", "at", "id");

CREATE UNIQUE INDEX "guest_links_secret_hash_key" ON "guest_links"("secret_hash");

CREATE INDEX "guest_links_house_id_created_at_id_idx" ON "guest_links"("house_id", "created_at" DESC, "id" DESC);

CREATE INDEX "guest_links_brief_id_idx" ON "guest_links"("brief_id");

CREATE UNIQUE INDEX "guest_sendings_token_hash_key" ON "guest_sendings"("token_hash");

CREATE INDEX "guest_sendings_link_id_started_at_idx" ON "guest_sendings"("link_id", "started_at" DESC);

CREATE INDEX "guest_sendings_closed_at_heard_at_idx" ON "guest_sendings"("closed_at", "heard_at");

CREATE UNIQUE INDEX "guest_papers_sending_id_sha256_key" ON "guest_papers"("sending_id", "sha256");

CREATE INDEX "guest_files_house_id_state_received_at_upload_id_idx" ON "guest_files"("house_id", "state", "received_at" DESC, "upload_id" DESC);

CREATE INDEX "guest_files_link_id_received_at_upload_id_idx" ON "guest_files"("link_id", "received_at" DESC, "upload_id" DESC);

CREATE INDEX "guest_files_sending_id_idx" ON "guest_files"("sending_id");

CREATE INDEX "guest_files_asset_id_idx" ON "guest_files"("asset_id");

CREATE INDEX "uploads_link_id_idx" ON "uploads"("link_id");

ALTER TABLE "uploads" ADD CONSTRAINT "uploads_link_id_fkey" FOREIGN KEY ("link_id") REFERENCES "guest_links"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "uploads" ADD CONSTRAINT "uploads_sending_id_fkey" FOREIGN KEY ("sending_id") REFERENCES "guest_sendings"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "uploads" ADD CONSTRAINT "uploads_brief_id_fkey" FOREIGN KEY ("brief_id") REFERENCES "briefs"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "briefs" ADD CONSTRAINT "briefs_assigned_link_id_fkey" FOREIGN KEY ("assigned_link_id") REFERENCES "guest_links"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "brief_assets" ADD CONSTRAINT "brief_assets_brief_id_fkey" FOREIGN KEY ("brief_id") REFERENCES "briefs"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "brief_assets" ADD CONSTRAINT "brief_assets_asset_id_fkey" FOREIGN KEY ("asset_id") REFERENCES "assets"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "brief_notes" ADD CONSTRAINT "brief_notes_brief_id_fkey" FOREIGN KEY ("brief_id") REFERENCES "briefs"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "brief_papers" ADD CONSTRAINT "brief_papers_brief_id_fkey" FOREIGN KEY ("brief_id") REFERENCES "briefs"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "brief_steps" ADD CONSTRAINT "brief_steps_brief_id_fkey" FOREIGN KEY ("brief_id") REFERENCES "briefs"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "guest_links" ADD CONSTRAINT "guest_links_collection_id_fkey" FOREIGN KEY ("collection_id") REFERENCES "collections"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "guest_links" ADD CONSTRAINT "guest_links_brief_id_fkey" FOREIGN KEY ("brief_id") REFERENCES "briefs"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "guest_sendings" ADD CONSTRAINT "guest_sendings_link_id_fkey" FOREIGN KEY ("link_id") REFERENCES "guest_links"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "guest_papers" ADD CONSTRAINT "guest_papers_sending_id_fkey" FOREIGN KEY ("sending_id") REFERENCES "guest_sendings"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "guest_files" ADD CONSTRAINT "guest_files_link_id_fkey" FOREIGN KEY ("link_id") REFERENCES "guest_links"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "guest_files" ADD CONSTRAINT "guest_files_sending_id_fkey" FOREIGN KEY ("sending_id") REFERENCES "guest_sendings"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "guest_files" ADD CONSTRAINT "guest_files_upload_id_fkey" FOREIGN KEY ("upload_id") REFERENCES "uploads"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "uploads"
  -- Somebody of the house or a guest by a link: one of them.
  ADD CONSTRAINT uploads_have_one_sender CHECK ((user_id IS NULL) <> (sending_id IS NULL) AND (sending_id IS NULL) = (link_id IS NULL));
-- What came from outside goes nowhere before somebody of the house has taken it in, whoever asks.
ALTER TABLE "assets"
  ADD CONSTRAINT asset_quarantined_is_draft CHECK (quarantined_at IS NULL OR (state::text IN ('DRAFT', 'ARCHIVED', 'DELETED') AND published_version_id IS NULL));
CREATE INDEX "assets_quarantined" ON "assets" ("house_id", "quarantined_at") WHERE "quarantined_at" IS NOT NULL;

ALTER TABLE "guest_links"
  ADD CONSTRAINT guest_link_words CHECK (char_length(name) BETWEEN 1 AND 120 AND char_length(message) <= 4000),
  ADD CONSTRAINT guest_link_limits CHECK (most_files > 0 AND most_bytes > 0),
  ADD CONSTRAINT guest_link_asks CHECK (asks <@ ARRAY['source', 'licence', 'releases']),
  ADD CONSTRAINT guest_link_revoked_by_somebody CHECK ((revoked_at IS NULL) = (revoked_by_id IS NULL));
ALTER TABLE "guest_sendings"
  ADD CONSTRAINT guest_sending_words CHECK (char_length(sender_name) BETWEEN 1 AND 120 AND char_length(sender_email) BETWEEN 3 AND 254 AND char_length(source) <= 500 AND char_length(licence_words) <= 2000),
  ADD CONSTRAINT guest_sending_other_says_what CHECK (licence IS DISTINCT FROM 'OTHER' OR licence_words <> '');
ALTER TABLE "guest_files"
  ADD CONSTRAINT guest_file_decided_by_somebody CHECK ((state = 'WAITING') = (decided_at IS NULL));

-- A declaration is what somebody said, at a time: it is not edited afterwards.
CREATE FUNCTION guest_declaration_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.link_id, NEW.house_id, NEW.sender_name, NEW.sender_email, NEW.source, NEW.licence, NEW.licence_words, NEW.people, NEW.property, NEW.started_at)
     IS DISTINCT FROM (OLD.link_id, OLD.house_id, OLD.sender_name, OLD.sender_email, OLD.source, OLD.licence, OLD.licence_words, OLD.people, OLD.property, OLD.started_at) THEN
    RAISE EXCEPTION 'guest_declaration_stands: what % declared is not changed', OLD.id USING ERRCODE = '23514', CONSTRAINT = 'guest_declaration_stands';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guest_declaration_stands BEFORE UPDATE ON guest_sendings FOR EACH ROW EXECUTE FUNCTION guest_declaration_stands();

ALTER TABLE "briefs"
  ADD CONSTRAINT brief_words CHECK (char_length(title) BETWEEN 1 AND 160 AND char_length(outcome) BETWEEN 1 AND 6000 AND char_length(placement) <= 500),
  ADD CONSTRAINT brief_due_is_a_day CHECK (due_on ~ '^\d{4}-\d{2}-\d{2}$'),
  ADD CONSTRAINT brief_budget_has_a_currency CHECK ((budget_minor IS NULL) = (currency IS NULL) AND budget_minor >= 0),
  ADD CONSTRAINT brief_has_one_maker CHECK (assignee_id IS NULL OR assigned_link_id IS NULL),
  ADD CONSTRAINT brief_made_by_somebody CHECK (state NOT IN ('ASSIGNED', 'IN_PROGRESS') OR assignee_id IS NOT NULL OR assigned_link_id IS NOT NULL),
  ADD CONSTRAINT brief_declined_says_why CHECK (state <> 'DECLINED' OR reason IS NOT NULL),
  ADD CONSTRAINT brief_ends CHECK ((state IN ('DECLINED', 'CLOSED', 'CANCELLED')) = (ended_at IS NOT NULL));
ALTER TABLE "brief_notes" ADD CONSTRAINT brief_note_is_short CHECK (char_length(body) BETWEEN 1 AND 4000);
-- Due dates are asked for every hour, of what is still under way.
CREATE INDEX "briefs_due" ON "briefs" ("house_id", "due_on") WHERE "due_on" IS NOT NULL AND "ended_at" IS NULL;
