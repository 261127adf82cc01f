-- Lightboxes: pictures that somebody collects, orders, shares and talks about. A box is a person's, or a guest's, whose
-- cookie opens it; the house keeps the hash of what is in the cookie.
CREATE TYPE "lightbox_right" AS ENUM ('VIEW', 'COMMENT', 'EDIT');

CREATE TABLE "lightboxes" (
    "id" TEXT NOT NULL,
    "house_id" TEXT NOT NULL,
    "owner_user_id" TEXT,
    "owner_org_id" TEXT,
    "guest_hash" CHAR(64),
    "name" TEXT NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "is_default" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,
    "archived_at" TIMESTAMPTZ(3),
    "told_at" TIMESTAMPTZ(3),

    CONSTRAINT "lightboxes_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "lightboxes_owner_user_id_changed_at_id_idx" ON "lightboxes"("owner_user_id", "changed_at" DESC, "id" DESC);
CREATE INDEX "lightboxes_guest_hash_idx" ON "lightboxes"("guest_hash");
CREATE INDEX "lightboxes_changed_at_idx" ON "lightboxes"("changed_at");
ALTER TABLE "lightboxes" ADD CONSTRAINT "lightboxes_owner_user_id_fkey" FOREIGN KEY ("owner_user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "lightboxes"
  ADD CONSTRAINT lightbox_has_one_owner CHECK ((owner_user_id IS NULL) = (owner_org_id IS NULL) AND (owner_user_id IS NULL) <> (guest_hash IS NULL)),
  ADD CONSTRAINT lightbox_has_a_name CHECK (char_length(name) BETWEEN 1 AND 120 AND char_length(note) <= 2000),
  ADD CONSTRAINT lightbox_archived_is_no_default CHECK (NOT (is_default AND archived_at IS NOT NULL));
-- What one click fills: of two first clicks at once one makes it.
CREATE UNIQUE INDEX one_default_lightbox ON lightboxes (house_id, owner_user_id) WHERE is_default AND owner_user_id IS NOT NULL;
CREATE UNIQUE INDEX one_default_lightbox_of_a_guest ON lightboxes (house_id, guest_hash) WHERE is_default AND guest_hash IS NOT NULL;

CREATE TABLE "lightbox_items" (
    "lightbox_id" TEXT NOT NULL,
    "asset_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "added_at" TIMESTAMPTZ(3) NOT NULL,
    "added_by_id" TEXT,
    "removed_at" TIMESTAMPTZ(3),

    CONSTRAINT "lightbox_items_pkey" PRIMARY KEY ("lightbox_id","asset_id")
);
CREATE INDEX "lightbox_items_lightbox_id_position_idx" ON "lightbox_items"("lightbox_id", "position");
CREATE INDEX "lightbox_items_asset_id_idx" ON "lightbox_items"("asset_id");
CREATE INDEX "lightbox_items_removed_at_idx" ON "lightbox_items"("removed_at");
ALTER TABLE "lightbox_items" ADD CONSTRAINT "lightbox_items_lightbox_id_fkey" FOREIGN KEY ("lightbox_id") REFERENCES "lightboxes"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "lightbox_items" ADD CONSTRAINT "lightbox_items_asset_id_fkey" FOREIGN KEY ("asset_id") REFERENCES "assets"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "lightbox_items" ADD CONSTRAINT lightbox_item_is_in_its_place CHECK (position >= 0 AND char_length(note) <= 1000);

CREATE TABLE "lightbox_members" (
    "lightbox_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "right" "lightbox_right" NOT NULL,
    "added_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "lightbox_members_pkey" PRIMARY KEY ("lightbox_id","user_id")
);
CREATE INDEX "lightbox_members_user_id_idx" ON "lightbox_members"("user_id");
ALTER TABLE "lightbox_members" ADD CONSTRAINT "lightbox_members_lightbox_id_fkey" FOREIGN KEY ("lightbox_id") REFERENCES "lightboxes"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "lightbox_members" ADD CONSTRAINT "lightbox_members_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Only the hash of a link's secret is kept: a stolen table opens nothing, and nobody is shown a link twice.
CREATE TABLE "lightbox_links" (
    "id" TEXT NOT NULL,
    "lightbox_id" TEXT NOT NULL,
    "secret_hash" CHAR(64) NOT NULL,
    "right" "lightbox_right" NOT NULL,
    "label" TEXT NOT NULL DEFAULT '',
    "password_hash" TEXT,
    "ends_at" TIMESTAMPTZ(3),
    "created_by_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "opened_at" TIMESTAMPTZ(3),

    CONSTRAINT "lightbox_links_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "lightbox_links_secret_hash_key" ON "lightbox_links"("secret_hash");
CREATE INDEX "lightbox_links_lightbox_id_idx" ON "lightbox_links"("lightbox_id");
ALTER TABLE "lightbox_links" ADD CONSTRAINT "lightbox_links_lightbox_id_fkey" FOREIGN KEY ("lightbox_id") REFERENCES "lightboxes"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "lightbox_links"
  ADD CONSTRAINT lightbox_link_is_narrow CHECK ("right" IN ('VIEW', 'COMMENT')),
  ADD CONSTRAINT lightbox_link_label_is_short CHECK (char_length(label) <= 120);

CREATE TABLE "lightbox_comments" (
    "id" TEXT NOT NULL,
    "lightbox_id" TEXT NOT NULL,
    "asset_id" TEXT,
    "parent_id" TEXT,
    "author_user_id" TEXT,
    "author_hash" CHAR(64),
    "link_id" TEXT,
    "author_name" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "edited_at" TIMESTAMPTZ(3),
    "deleted_at" TIMESTAMPTZ(3),
    "resolved_at" TIMESTAMPTZ(3),
    "resolved_by_name" TEXT,

    CONSTRAINT "lightbox_comments_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "lightbox_comments_lightbox_id_created_at_id_idx" ON "lightbox_comments"("lightbox_id", "created_at" DESC, "id" DESC);
CREATE INDEX "lightbox_comments_parent_id_idx" ON "lightbox_comments"("parent_id");
ALTER TABLE "lightbox_comments" ADD CONSTRAINT "lightbox_comments_lightbox_id_fkey" FOREIGN KEY ("lightbox_id") REFERENCES "lightboxes"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "lightbox_comments" ADD CONSTRAINT "lightbox_comments_parent_id_fkey" FOREIGN KEY ("parent_id") REFERENCES "lightbox_comments"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "lightbox_comments" ADD CONSTRAINT "lightbox_comments_link_id_fkey" FOREIGN KEY ("link_id") REFERENCES "lightbox_links"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "lightbox_comments"
  ADD CONSTRAINT lightbox_comment_has_an_author CHECK ((author_user_id IS NULL) <> (author_hash IS NULL) AND char_length(author_name) BETWEEN 1 AND 200),
  ADD CONSTRAINT lightbox_comment_is_short CHECK (char_length(body) <= 2000 AND (deleted_at IS NOT NULL OR char_length(body) >= 1)),
  -- A deleted comment keeps its place in the thread and none of its words.
  ADD CONSTRAINT lightbox_comment_deleted_is_empty CHECK (deleted_at IS NULL OR body = ''),
  ADD CONSTRAINT lightbox_comment_resolved_by_somebody CHECK ((resolved_at IS NULL) = (resolved_by_name IS NULL) AND (resolved_at IS NULL OR parent_id IS NULL));
-- A thread is one comment and its answers: an answer stands under a first comment of the same box and the same picture.
CREATE FUNCTION lightbox_answer_has_its_thread() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.parent_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM lightbox_comments p WHERE p.id = NEW.parent_id AND p.lightbox_id = NEW.lightbox_id AND p.parent_id IS NULL AND p.asset_id IS NOT DISTINCT FROM NEW.asset_id) THEN
    RAISE EXCEPTION 'lightbox_answer_has_its_thread: % answers nothing here', NEW.id USING ERRCODE = '23514', CONSTRAINT = 'lightbox_answer_has_its_thread';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER lightbox_answer_has_its_thread BEFORE INSERT OR UPDATE OF parent_id, lightbox_id, asset_id ON lightbox_comments FOR EACH ROW EXECUTE FUNCTION lightbox_answer_has_its_thread();

CREATE TABLE "lightbox_looks" (
    "lightbox_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "lightbox_looks_pkey" PRIMARY KEY ("lightbox_id","user_id")
);
CREATE INDEX "lightbox_looks_user_id_idx" ON "lightbox_looks"("user_id");
ALTER TABLE "lightbox_looks" ADD CONSTRAINT "lightbox_looks_lightbox_id_fkey" FOREIGN KEY ("lightbox_id") REFERENCES "lightboxes"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Comps: a layout licence is given without a claim, since it takes nothing from anybody. Everything else is put in force
-- only with its scope occupied, as before.
CREATE OR REPLACE FUNCTION licence_agrees_with_claims() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE wanted claim_state;
BEGIN
  SELECT claim_of(l.state) INTO wanted FROM licences l WHERE l.no = NEW.no;
  IF EXISTS (SELECT 1 FROM claims c WHERE c.licence_no = NEW.no AND c.ended_at IS NULL AND c.state IS DISTINCT FROM wanted)
     OR (NEW.model <> 'COMP' AND OLD.state IN ('RESERVED', 'AWAITING_PAYMENT', 'ENDED') AND wanted IS NOT NULL AND NOT EXISTS (SELECT 1 FROM claims c WHERE c.licence_no = NEW.no AND c.ended_at IS NULL)) THEN
    RAISE EXCEPTION 'claim_agrees_with_licence: the claims of licence % do not stand as it does', NEW.number USING ERRCODE = '23514', CONSTRAINT = 'claim_agrees_with_licence';
  END IF;
  RETURN NULL;
END $$;
CREATE FUNCTION comp_claims_nothing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM licences l WHERE l.no = NEW.licence_no AND l.model = 'COMP') THEN
    RAISE EXCEPTION 'comp_claims_nothing: licence % is a layout licence and occupies no scope', NEW.licence_no USING ERRCODE = '23514', CONSTRAINT = 'comp_claims_nothing';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER comp_claims_nothing BEFORE INSERT ON claims FOR EACH ROW EXECUTE FUNCTION comp_claims_nothing();
-- A comp is never exclusive and always ends; one runs for a picture and an organisation at a time.
ALTER TABLE licences ADD CONSTRAINT comp_ends_and_shares CHECK (model <> 'COMP' OR NOT exclusive);
CREATE UNIQUE INDEX one_running_comp ON licences (holder_org_id, asset_id) WHERE model = 'COMP' AND state IN ('RESERVED', 'ACTIVE', 'SUSPENDED');
