-- What is said about an asset's versions, with marks on them; and why a version is there, and which one it brings back.
CREATE TYPE "thread_state" AS ENUM ('OPEN', 'RESOLVED');

ALTER TABLE "asset_versions"
  ADD COLUMN "note" TEXT NOT NULL DEFAULT '',
  ADD COLUMN "restored_from_id" TEXT;
ALTER TABLE "asset_versions" ADD CONSTRAINT "asset_versions_restored_from_id_fkey" FOREIGN KEY ("restored_from_id") REFERENCES "asset_versions"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "asset_versions" ADD CONSTRAINT version_note_is_short CHECK (char_length(note) <= 1000);
-- Rolled back means: the same bytes, of the same asset, under a later number. History is added to, never rewritten.
CREATE FUNCTION version_restores_its_own() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM asset_versions v WHERE v.id = NEW.restored_from_id AND v.asset_id = NEW.asset_id AND v.sha256 = NEW.sha256 AND v.number < NEW.number AND v.restored_from_id IS NULL) THEN
    RAISE EXCEPTION 'version_restores_its_own: % does not bring back an earlier version of its asset', NEW.id USING ERRCODE = '23514', CONSTRAINT = 'version_restores_its_own';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER version_restores_its_own BEFORE INSERT OR UPDATE OF restored_from_id ON asset_versions FOR EACH ROW WHEN (NEW.restored_from_id IS NOT NULL) EXECUTE FUNCTION version_restores_its_own();

CREATE TABLE "discussion_threads" (
    "id" TEXT NOT NULL,
    "house_id" TEXT NOT NULL,
    "asset_id" TEXT NOT NULL,
    "state" "thread_state" NOT NULL DEFAULT 'OPEN',
    "opened_by_id" TEXT NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "resolved_by_id" TEXT,
    "resolved_at" TIMESTAMPTZ(3),

    CONSTRAINT "discussion_threads_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "discussion_threads_asset_id_opened_at_id_idx" ON "discussion_threads"("asset_id", "opened_at", "id");
ALTER TABLE "discussion_threads" ADD CONSTRAINT "discussion_threads_asset_id_fkey" FOREIGN KEY ("asset_id") REFERENCES "assets"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "discussion_threads"
  ADD CONSTRAINT thread_is_resolved_by_somebody CHECK ((state = 'RESOLVED') = (resolved_at IS NOT NULL) AND (resolved_at IS NULL) = (resolved_by_id IS NULL));

CREATE TABLE "discussion_placements" (
    "thread_id" TEXT NOT NULL,
    "version_id" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "mark" JSONB,
    "placed_by_id" TEXT NOT NULL,
    "placed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "discussion_placements_pkey" PRIMARY KEY ("thread_id","version_id")
);
CREATE UNIQUE INDEX "discussion_placements_version_id_number_key" ON "discussion_placements"("version_id", "number");
ALTER TABLE "discussion_placements" ADD CONSTRAINT "discussion_placements_thread_id_fkey" FOREIGN KEY ("thread_id") REFERENCES "discussion_threads"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "discussion_placements" ADD CONSTRAINT "discussion_placements_version_id_fkey" FOREIGN KEY ("version_id") REFERENCES "asset_versions"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "discussion_placements"
  ADD CONSTRAINT placement_has_a_number CHECK (number >= 1),
  ADD CONSTRAINT placement_mark_is_small CHECK (mark IS NULL OR (jsonb_typeof(mark) = 'object' AND octet_length(mark::text) <= 16000));

CREATE TABLE "discussion_comments" (
    "id" TEXT NOT NULL,
    "house_id" TEXT NOT NULL,
    "thread_id" TEXT NOT NULL,
    "version_id" TEXT NOT NULL,
    "author_id" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "edited_at" TIMESTAMPTZ(3),
    "deleted_at" TIMESTAMPTZ(3),
    "deleted_by_id" TEXT,

    CONSTRAINT "discussion_comments_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "discussion_comments_thread_id_created_at_id_idx" ON "discussion_comments"("thread_id", "created_at", "id");
CREATE INDEX "discussion_comments_version_id_idx" ON "discussion_comments"("version_id");
ALTER TABLE "discussion_comments" ADD CONSTRAINT "discussion_comments_thread_id_fkey" FOREIGN KEY ("thread_id") REFERENCES "discussion_threads"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "discussion_comments" ADD CONSTRAINT "discussion_comments_version_id_fkey" FOREIGN KEY ("version_id") REFERENCES "asset_versions"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "discussion_comments"
  -- Mentions are kept by id, which is longer than a name may be: hence twice what may be typed.
  ADD CONSTRAINT comment_is_short CHECK (char_length(body) <= 8000 AND (deleted_at IS NOT NULL OR char_length(body) >= 1)),
  -- What was taken back keeps its place in the thread and none of its words.
  ADD CONSTRAINT comment_deleted_is_empty CHECK (deleted_at IS NULL OR body = ''),
  ADD CONSTRAINT comment_deleted_by_somebody CHECK ((deleted_at IS NULL) = (deleted_by_id IS NULL));

-- A thread and all that is said in it is about one asset of one house: its versions are that asset's.
CREATE FUNCTION discussion_is_about_one_asset() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM discussion_threads t JOIN asset_versions v ON v.asset_id = t.asset_id AND v.house_id = t.house_id WHERE t.id = NEW.thread_id AND v.id = NEW.version_id) THEN
    RAISE EXCEPTION 'discussion_is_about_one_asset: version % is not of the asset of thread %', NEW.version_id, NEW.thread_id USING ERRCODE = '23514', CONSTRAINT = 'discussion_is_about_one_asset';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER placement_is_about_one_asset BEFORE INSERT OR UPDATE OF thread_id, version_id ON discussion_placements FOR EACH ROW EXECUTE FUNCTION discussion_is_about_one_asset();
CREATE TRIGGER comment_is_about_one_asset BEFORE INSERT OR UPDATE OF thread_id, version_id ON discussion_comments FOR EACH ROW EXECUTE FUNCTION discussion_is_about_one_asset();

CREATE TABLE "discussion_edits" (
    "id" TEXT NOT NULL,
    "comment_id" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "replaced_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "discussion_edits_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "discussion_edits_comment_id_replaced_at_idx" ON "discussion_edits"("comment_id", "replaced_at");
ALTER TABLE "discussion_edits" ADD CONSTRAINT "discussion_edits_comment_id_fkey" FOREIGN KEY ("comment_id") REFERENCES "discussion_comments"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "discussion_mentions" (
    "comment_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,

    CONSTRAINT "discussion_mentions_pkey" PRIMARY KEY ("comment_id","user_id")
);
CREATE INDEX "discussion_mentions_user_id_idx" ON "discussion_mentions"("user_id");
ALTER TABLE "discussion_mentions" ADD CONSTRAINT "discussion_mentions_comment_id_fkey" FOREIGN KEY ("comment_id") REFERENCES "discussion_comments"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "discussion_mentions" ADD CONSTRAINT "discussion_mentions_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "discussion_turns" (
    "id" TEXT NOT NULL,
    "thread_id" TEXT NOT NULL,
    "state" "thread_state" NOT NULL,
    "by_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "discussion_turns_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "discussion_turns_thread_id_at_idx" ON "discussion_turns"("thread_id", "at");
ALTER TABLE "discussion_turns" ADD CONSTRAINT "discussion_turns_thread_id_fkey" FOREIGN KEY ("thread_id") REFERENCES "discussion_threads"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "discussion_looks" (
    "asset_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "discussion_looks_pkey" PRIMARY KEY ("asset_id","user_id")
);
CREATE INDEX "discussion_looks_user_id_idx" ON "discussion_looks"("user_id");
ALTER TABLE "discussion_looks" ADD CONSTRAINT "discussion_looks_asset_id_fkey" FOREIGN KEY ("asset_id") REFERENCES "assets"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "discussion_looks" ADD CONSTRAINT "discussion_looks_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "discussion_mutes" (
    "thread_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "muted_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "discussion_mutes_pkey" PRIMARY KEY ("thread_id","user_id")
);
CREATE INDEX "discussion_mutes_user_id_idx" ON "discussion_mutes"("user_id");
ALTER TABLE "discussion_mutes" ADD CONSTRAINT "discussion_mutes_thread_id_fkey" FOREIGN KEY ("thread_id") REFERENCES "discussion_threads"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "discussion_mutes" ADD CONSTRAINT "discussion_mutes_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Where the pixels of two versions differ: looked at once, kept with its picture.
CREATE TABLE "version_differences" (
    "from_id" TEXT NOT NULL,
    "to_id" TEXT NOT NULL,
    "house_id" TEXT NOT NULL,
    "algorithm" INTEGER NOT NULL,
    "outcome" TEXT NOT NULL,
    "share" INTEGER,
    "regions" JSONB NOT NULL DEFAULT '[]',
    "width" INTEGER,
    "height" INTEGER,
    "storage_key" TEXT,
    "made_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "version_differences_pkey" PRIMARY KEY ("from_id","to_id")
);
CREATE INDEX "version_differences_to_id_idx" ON "version_differences"("to_id");
ALTER TABLE "version_differences" ADD CONSTRAINT "version_differences_from_id_fkey" FOREIGN KEY ("from_id") REFERENCES "asset_versions"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "version_differences" ADD CONSTRAINT "version_differences_to_id_fkey" FOREIGN KEY ("to_id") REFERENCES "asset_versions"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "version_differences"
  ADD CONSTRAINT difference_is_of_two CHECK (from_id <> to_id),
  ADD CONSTRAINT difference_has_its_picture CHECK (outcome IN ('found', 'other-shape', 'no-picture') AND (outcome = 'found') = (storage_key IS NOT NULL) AND (outcome = 'found') = coalesce(share BETWEEN 0 AND 1000000 AND width > 0 AND height > 0, false));
