-- The text in pictures, and what a record might say: suggestions that a person accepts or refuses. See docs/decisions/098-suggestions.md.
CREATE TYPE "suggestion_state" AS ENUM ('OPEN', 'ACCEPTED', 'REFUSED', 'OVERTAKEN');
CREATE TYPE "suggestion_source" AS ENUM ('SEEN', 'FILE_NAME', 'FOLDER', 'NEIGHBOURS', 'SHOOT', 'TAGGER');
CREATE TYPE "text_outcome" AS ENUM ('TEXT', 'NONE', 'NOT_WORTH_IT', 'SWITCHED_OFF', 'FAILED');

-- CreateTable
CREATE TABLE "picture_texts" (
    "version_id" TEXT NOT NULL,
    "house_id" TEXT NOT NULL,
    "asset_id" TEXT NOT NULL,
    "outcome" "text_outcome" NOT NULL,
    "algorithm" INTEGER NOT NULL,
    "text" TEXT NOT NULL DEFAULT '',
    "lines" JSONB NOT NULL DEFAULT '[]',
    "read_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "picture_texts_pkey" PRIMARY KEY ("version_id")
);
CREATE INDEX "picture_texts_asset_id_idx" ON "picture_texts"("asset_id");
CREATE INDEX "picture_texts_house_id_outcome_idx" ON "picture_texts"("house_id", "outcome");
ALTER TABLE "picture_texts" ADD CONSTRAINT "picture_texts_version_id_fkey" FOREIGN KEY ("version_id") REFERENCES "asset_versions"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "picture_texts"
  ADD CONSTRAINT picture_text_is_there CHECK ((outcome = 'TEXT') = (text <> '') AND (outcome = 'TEXT') = (lines <> '[]')),
  ADD CONSTRAINT picture_text_is_bounded CHECK (char_length(text) <= 20000 AND jsonb_typeof(lines) = 'array' AND octet_length(lines::text) <= 400000);

-- CreateTable
CREATE TABLE "suggestions" (
    "id" TEXT NOT NULL,
    "house_id" TEXT NOT NULL,
    "asset_id" TEXT NOT NULL,
    "version_id" TEXT NOT NULL,
    "field" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "plain" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "source" "suggestion_source" NOT NULL,
    "tagger" TEXT NOT NULL,
    "voters" INTEGER NOT NULL DEFAULT 0,
    "confidence" DOUBLE PRECISION NOT NULL,
    "state" "suggestion_state" NOT NULL DEFAULT 'OPEN',
    "before" JSONB,
    "made_at" TIMESTAMPTZ(3) NOT NULL,
    "decided_at" TIMESTAMPTZ(3),
    "decided_by_id" TEXT,

    CONSTRAINT "suggestions_pkey" PRIMARY KEY ("id")
);
-- One row for ever: what was refused for an asset is not suggested again.
CREATE UNIQUE INDEX "suggestions_asset_id_field_plain_key" ON "suggestions"("asset_id", "field", "plain");
CREATE INDEX "suggestions_house_id_state_asset_id_idx" ON "suggestions"("house_id", "state", "asset_id");
CREATE INDEX "suggestions_house_id_field_plain_state_idx" ON "suggestions"("house_id", "field", "plain", "state");
ALTER TABLE "suggestions" ADD CONSTRAINT "suggestions_asset_id_fkey" FOREIGN KEY ("asset_id") REFERENCES "assets"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "suggestions" ADD CONSTRAINT "suggestions_version_id_fkey" FOREIGN KEY ("version_id") REFERENCES "asset_versions"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "suggestions"
  -- What describes a picture, and nothing that says whose it is or what may be done with it: no creator, no credit, no notice, no terms, no offer.
  ADD CONSTRAINT suggestion_describes CHECK (field IN ('keywords', 'title', 'description', 'altText', 'extendedDescription') OR field ~ '^own\.fld_[0-9a-z]{26}$'),
  ADD CONSTRAINT suggestion_is_bounded CHECK (char_length(value) BETWEEN 1 AND 5000 AND plain <> '' AND (field <> 'keywords' OR char_length(value) <= 100)),
  ADD CONSTRAINT suggestion_is_never_certain CHECK (confidence > 0 AND confidence <= 1 AND voters >= 0),
  ADD CONSTRAINT suggestion_is_decided_by_somebody CHECK ((state IN ('ACCEPTED', 'REFUSED')) = (decided_by_id IS NOT NULL AND decided_at IS NOT NULL)),
  ADD CONSTRAINT suggestion_can_be_taken_back CHECK ((state = 'ACCEPTED') = (before IS NOT NULL));

-- Pictures of one day, and of one folder.
CREATE INDEX "assets_house_id_date_created_idx" ON "assets"("house_id", "date_created");
CREATE INDEX "folder_files_asset_id_idx" ON "folder_files"("asset_id");

-- A suggestion is about one asset of one house; a term is of the vocabulary from which the house's own field chooses.
CREATE FUNCTION suggestion_fits_its_house() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM asset_versions v WHERE v.id = NEW.version_id AND v.asset_id = NEW.asset_id AND v.house_id = NEW.house_id) THEN
    RAISE EXCEPTION 'suggestion_fits_its_house: version % is not of this asset', NEW.version_id USING ERRCODE = '23514', CONSTRAINT = 'suggestion_fits_its_house';
  END IF;
  IF NEW.field LIKE 'own.%' AND NOT EXISTS (
    SELECT 1 FROM own_fields f JOIN vocabulary_terms t ON t.vocabulary_id = f.vocabulary_id WHERE 'own.' || f.id = NEW.field AND f.house_id = NEW.house_id AND t.id = NEW.value) THEN
    RAISE EXCEPTION 'suggestion_fits_its_house: % is no term of field %', NEW.value, NEW.field USING ERRCODE = '23514', CONSTRAINT = 'suggestion_fits_its_house';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER suggestion_fits_its_house BEFORE INSERT OR UPDATE OF house_id, asset_id, version_id, field, value ON suggestions FOR EACH ROW EXECUTE FUNCTION suggestion_fits_its_house();

-- Text that was read is found in the library: as words of its own field (se/), and as words in a row.
DO $$
DECLARE
  was text := pg_get_functiondef('library_wanted(bigint[], timestamptz)'::regprocedure);
  now_so text := replace(was, '(''ow'', custom_words))', '(''ow'', custom_words), (''se'', (SELECT t.text FROM picture_texts t WHERE t.version_id = current_version_id)))');
BEGIN
  IF now_so = was THEN RAISE EXCEPTION 'library_wanted has no place for the text in pictures'; END IF;
  EXECUTE now_so;
END $$;
CREATE TRIGGER library_notes_new AFTER INSERT ON picture_texts REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION library_notes_by_id();
CREATE TRIGGER library_notes_changed AFTER UPDATE ON picture_texts REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION library_notes_by_id();
CREATE TRIGGER library_notes_gone AFTER DELETE ON picture_texts REFERENCING OLD TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION library_notes_by_id();
-- Words of a picture that is gone for good are gone with it: they may hold names.
CREATE FUNCTION picture_text_goes_with_its_bytes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM picture_texts WHERE version_id = NEW.id;
  DELETE FROM suggestions WHERE version_id = NEW.id AND source = 'SEEN';
  RETURN NULL;
END $$;
CREATE TRIGGER picture_text_goes_with_its_bytes AFTER UPDATE OF purged_at ON asset_versions FOR EACH ROW WHEN (NEW.purged_at IS NOT NULL AND OLD.purged_at IS NULL) EXECUTE FUNCTION picture_text_goes_with_its_bytes();
