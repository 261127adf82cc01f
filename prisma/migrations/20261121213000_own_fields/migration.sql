-- The house's own fields of its assets, the vocabularies it chooses from, and changes made to many assets at once.
CREATE TYPE "own_field_type" AS ENUM ('TEXT', 'LONG_TEXT', 'NUMBER', 'DATE', 'YES_NO', 'CHOICE', 'CHOICES', 'LINK', 'PERSON');
CREATE TYPE "own_field_need" AS ENUM ('NEVER', 'PUBLISHING', 'REVIEW', 'ALWAYS');
CREATE TYPE "bulk_edit_state" AS ENUM ('DRAFT', 'APPLYING', 'APPLIED', 'UNDOING', 'UNDONE', 'DROPPED');

CREATE TABLE "vocabularies" (
    "id" TEXT NOT NULL,
    "house_id" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "name_de" TEXT NOT NULL DEFAULT '',
    "notes" TEXT NOT NULL DEFAULT '',
    "tree" BOOLEAN NOT NULL,
    "source" TEXT NOT NULL DEFAULT '',
    "uri" TEXT NOT NULL DEFAULT '',
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "vocabularies_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "vocabulary_is_named" CHECK ("code" ~ '^[a-z][a-z0-9-]{0,59}$' AND "name" <> '')
);
CREATE UNIQUE INDEX "vocabularies_house_id_code_key" ON "vocabularies"("house_id", "code");
CREATE UNIQUE INDEX "vocabularies_id_house_id_key" ON "vocabularies"("id", "house_id");

CREATE TABLE "vocabulary_terms" (
    "id" TEXT NOT NULL,
    "house_id" TEXT NOT NULL,
    "vocabulary_id" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "label_de" TEXT NOT NULL DEFAULT '',
    "alt_labels" TEXT[] NOT NULL DEFAULT '{}',
    "notes" TEXT NOT NULL DEFAULT '',
    "uri" TEXT NOT NULL DEFAULT '',
    "broader_id" TEXT,
    "retired_at" TIMESTAMPTZ(3),
    "replaced_by_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "vocabulary_terms_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "term_is_named" CHECK ("code" <> '' AND "label" <> ''),
    CONSTRAINT "term_stands_below_another" CHECK ("broader_id" <> "id"),
    -- Only what is no longer chosen has a successor, and it is another.
    CONSTRAINT "term_life" CHECK ("replaced_by_id" IS NULL OR ("retired_at" IS NOT NULL AND "replaced_by_id" <> "id"))
);
CREATE UNIQUE INDEX "vocabulary_terms_vocabulary_id_code_key" ON "vocabulary_terms"("vocabulary_id", "code");
CREATE UNIQUE INDEX "vocabulary_terms_id_vocabulary_id_key" ON "vocabulary_terms"("id", "vocabulary_id");
CREATE UNIQUE INDEX "vocabulary_terms_id_house_id_key" ON "vocabulary_terms"("id", "house_id");
CREATE INDEX "vocabulary_terms_house_id_idx" ON "vocabulary_terms"("house_id");
CREATE INDEX "vocabulary_terms_broader_id_idx" ON "vocabulary_terms"("broader_id");

CREATE TABLE "asset_schemas" (
    "house_id" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "asset_schemas_pkey" PRIMARY KEY ("house_id")
);
CREATE TABLE "asset_schema_versions" (
    "house_id" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "by_id" TEXT,
    "note" TEXT NOT NULL,
    "fields" JSONB NOT NULL,

    CONSTRAINT "asset_schema_versions_pkey" PRIMARY KEY ("house_id", "version")
);

CREATE TABLE "own_fields" (
    "id" TEXT NOT NULL,
    "house_id" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "kinds" "asset_kind"[],
    "type" "own_field_type" NOT NULL,
    "label" TEXT NOT NULL,
    "label_de" TEXT NOT NULL DEFAULT '',
    "help" TEXT NOT NULL DEFAULT '',
    "vocabulary_id" TEXT,
    "need" "own_field_need" NOT NULL DEFAULT 'NEVER',
    "section" TEXT NOT NULL DEFAULT '',
    "position" INTEGER NOT NULL DEFAULT 0,
    "preset" JSONB,
    "outside" BOOLEAN NOT NULL DEFAULT false,
    "searchable" BOOLEAN NOT NULL DEFAULT true,
    "retired_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "own_fields_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "own_field_is_named" CHECK ("code" ~ '^[a-z][a-z0-9-]{0,59}$' AND "label" <> '' AND cardinality("kinds") > 0),
    CONSTRAINT "own_field_chooses" CHECK (("vocabulary_id" IS NOT NULL) = ("type" IN ('CHOICE', 'CHOICES')))
);
CREATE UNIQUE INDEX "own_fields_house_id_code_key" ON "own_fields"("house_id", "code");
CREATE UNIQUE INDEX "own_fields_id_house_id_key" ON "own_fields"("id", "house_id");

CREATE TABLE "asset_terms" (
    "asset_id" TEXT NOT NULL,
    "field_id" TEXT NOT NULL,
    "term_id" TEXT NOT NULL,
    "house_id" TEXT NOT NULL,

    CONSTRAINT "asset_terms_pkey" PRIMARY KEY ("asset_id", "field_id", "term_id")
);
CREATE INDEX "asset_terms_term_id_asset_id_idx" ON "asset_terms"("term_id", "asset_id");

CREATE TABLE "house_keywords" (
    "house_id" TEXT NOT NULL,
    "word" TEXT NOT NULL,
    "plain" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "house_keywords_pkey" PRIMARY KEY ("house_id", "word")
);
CREATE INDEX "house_keywords_house_id_plain_idx" ON "house_keywords"("house_id", "plain");

CREATE TABLE "bulk_edits" (
    "id" TEXT NOT NULL,
    "house_id" TEXT NOT NULL,
    "state" "bulk_edit_state" NOT NULL DEFAULT 'DRAFT',
    "changes" JSONB NOT NULL,
    "merge" JSONB,
    "total" INTEGER NOT NULL,
    "by_id" TEXT NOT NULL,
    "by_name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "applied_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "undone_by" TEXT,
    "undone_at" TIMESTAMPTZ(3),

    CONSTRAINT "bulk_edits_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "bulk_edit_life" CHECK (
      ("state" IN ('DRAFT', 'DROPPED')) = ("applied_at" IS NULL) AND ("state" IN ('APPLIED', 'UNDOING', 'UNDONE')) = ("ended_at" IS NOT NULL)
      AND ("state" IN ('UNDOING', 'UNDONE')) = ("undone_by" IS NOT NULL) AND ("state" = 'UNDONE') = ("undone_at" IS NOT NULL))
);
CREATE UNIQUE INDEX "bulk_edits_id_house_id_key" ON "bulk_edits"("id", "house_id");
CREATE INDEX "bulk_edits_house_id_created_at_id_idx" ON "bulk_edits"("house_id", "created_at" DESC, "id" DESC);

CREATE TABLE "bulk_edit_items" (
    "edit_id" TEXT NOT NULL,
    "no" INTEGER NOT NULL,
    "asset_id" TEXT NOT NULL,
    "verdict" TEXT NOT NULL,
    "problem" TEXT,
    "over" BOOLEAN NOT NULL DEFAULT false,
    "before" JSONB NOT NULL DEFAULT '{}',
    "after" JSONB NOT NULL DEFAULT '{}',
    "seen_at" TIMESTAMPTZ(3) NOT NULL,
    "outcome" TEXT,
    "done_at" TIMESTAMPTZ(3),
    "undone" TEXT,
    "kept" JSONB,

    CONSTRAINT "bulk_edit_items_pkey" PRIMARY KEY ("edit_id", "no"),
    CONSTRAINT "bulk_item_foreseen" CHECK ("verdict" IN ('CHANGES', 'SAME', 'REFUSED') AND ("verdict" <> 'REFUSED' OR "problem" IS NOT NULL)),
    CONSTRAINT "bulk_item_done" CHECK (("outcome" IS NULL) = ("done_at" IS NULL) AND ("outcome" IS NULL OR "outcome" IN ('DONE', 'SAME', 'REFUSED'))),
    -- Only what was done can be undone.
    CONSTRAINT "bulk_item_undone" CHECK ("undone" IS NULL OR ("outcome" = 'DONE' AND "undone" IN ('RESTORED', 'PARTLY', 'KEPT')))
);
CREATE UNIQUE INDEX "bulk_edit_items_edit_id_asset_id_key" ON "bulk_edit_items"("edit_id", "asset_id");
CREATE INDEX "bulk_edit_items_asset_id_idx" ON "bulk_edit_items"("asset_id");
CREATE INDEX "bulk_edit_items_open" ON "bulk_edit_items"("edit_id", "no") WHERE "outcome" IS NULL AND "verdict" = 'CHANGES';

ALTER TABLE "assets" ADD COLUMN "custom_fields" JSONB NOT NULL DEFAULT '{}', ADD COLUMN "custom_words" TEXT NOT NULL DEFAULT '',
  ADD COLUMN "custom_words_outside" TEXT NOT NULL DEFAULT '';
CREATE INDEX "assets_custom_words" ON "assets" USING GIN ("custom_words" gin_trgm_ops);

ALTER TABLE "vocabulary_terms" ADD CONSTRAINT "vocabulary_terms_vocabulary_id_house_id_fkey" FOREIGN KEY ("vocabulary_id", "house_id") REFERENCES "vocabularies"("id", "house_id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "vocabulary_terms" ADD CONSTRAINT "vocabulary_terms_broader_id_vocabulary_id_fkey" FOREIGN KEY ("broader_id", "vocabulary_id") REFERENCES "vocabulary_terms"("id", "vocabulary_id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "vocabulary_terms" ADD CONSTRAINT "vocabulary_terms_replaced_by_id_vocabulary_id_fkey" FOREIGN KEY ("replaced_by_id", "vocabulary_id") REFERENCES "vocabulary_terms"("id", "vocabulary_id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "own_fields" ADD CONSTRAINT "own_fields_vocabulary_id_house_id_fkey" FOREIGN KEY ("vocabulary_id", "house_id") REFERENCES "vocabularies"("id", "house_id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "asset_terms" ADD CONSTRAINT "asset_terms_asset_id_fkey" FOREIGN KEY ("asset_id") REFERENCES "assets"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "asset_terms" ADD CONSTRAINT "asset_terms_field_id_house_id_fkey" FOREIGN KEY ("field_id", "house_id") REFERENCES "own_fields"("id", "house_id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "asset_terms" ADD CONSTRAINT "asset_terms_term_id_house_id_fkey" FOREIGN KEY ("term_id", "house_id") REFERENCES "vocabulary_terms"("id", "house_id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "bulk_edit_items" ADD CONSTRAINT "bulk_edit_items_edit_id_fkey" FOREIGN KEY ("edit_id") REFERENCES "bulk_edits"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What was said about the fields at a version stays so; fields and terms are retired, never removed: records speak of them.
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON asset_schema_versions FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_deleted BEFORE DELETE ON own_fields FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_deleted BEFORE DELETE ON vocabulary_terms FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- A tree has no circle. Whoever moves a term holds its vocabulary, so that of two who each move one below the other's, the second
-- sees what the first did. Each statement of a volatile function has a snapshot of its own: what was waited for is seen.
CREATE FUNCTION term_keeps_its_tree() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  is_tree boolean;
BEGIN
  SELECT tree INTO is_tree FROM vocabularies WHERE id = NEW.vocabulary_id FOR NO KEY UPDATE;
  IF NOT is_tree THEN
    RAISE EXCEPTION 'term_in_a_list: a list has no broader terms' USING ERRCODE = 'check_violation';
  END IF;
  IF EXISTS (
    WITH RECURSIVE above AS (
      SELECT id, broader_id FROM vocabulary_terms WHERE id = NEW.broader_id
      UNION SELECT t.id, t.broader_id FROM vocabulary_terms t JOIN above ON t.id = above.broader_id)
    SELECT FROM above WHERE id = NEW.id) THEN
    RAISE EXCEPTION 'term_in_a_circle: a term cannot stand below itself' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER term_keeps_its_tree BEFORE INSERT ON vocabulary_terms FOR EACH ROW WHEN (NEW.broader_id IS NOT NULL) EXECUTE FUNCTION term_keeps_its_tree();
CREATE TRIGGER term_keeps_its_tree_moved BEFORE UPDATE OF broader_id, vocabulary_id ON vocabulary_terms FOR EACH ROW
  WHEN (NEW.broader_id IS NOT NULL) EXECUTE FUNCTION term_keeps_its_tree();

-- The words of an asset's own fields: of those that may be searched, and of those that are shown outside as well.
CREATE FUNCTION own_words(house text, fields jsonb, shown_outside boolean) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT coalesce(left(string_agg(words, ' ' ORDER BY f.position, f.code), 20000), '')
  FROM jsonb_each(fields) v JOIN own_fields f ON f.id = v.key AND f.house_id = house AND f.searchable AND f.retired_at IS NULL AND (f.outside OR NOT shown_outside),
  LATERAL (SELECT CASE jsonb_typeof(v.value)
    WHEN 'array' THEN (SELECT string_agg(concat_ws(' ', t.label, nullif(t.label_de, ''), nullif(array_to_string(t.alt_labels, ' '), '')), ' ' ORDER BY t.code)
      FROM jsonb_array_elements_text(v.value) e (id) JOIN vocabulary_terms t ON t.id = e.id)
    WHEN 'boolean' THEN CASE WHEN v.value = 'true' THEN concat_ws(' ', f.label, nullif(f.label_de, '')) END
    ELSE v.value #>> '{}' END AS words) w
$$;
CREATE FUNCTION keep_own_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.custom_fields = '{}' THEN
    NEW.custom_words := '';
    NEW.custom_words_outside := '';
    RETURN NEW;
  END IF;
  IF jsonb_typeof(NEW.custom_fields) <> 'object' OR EXISTS (
    SELECT FROM jsonb_object_keys(NEW.custom_fields) k WHERE NOT EXISTS (SELECT FROM own_fields f WHERE f.id = k AND f.house_id = NEW.house_id)) THEN
    RAISE EXCEPTION 'own_fields_known: a value for a field that the house does not have' USING ERRCODE = 'check_violation';
  END IF;
  NEW.custom_words := own_words(NEW.house_id, NEW.custom_fields, false);
  NEW.custom_words_outside := own_words(NEW.house_id, NEW.custom_fields, true);
  RETURN NEW;
END $$;
CREATE TRIGGER keep_own_words BEFORE INSERT OR UPDATE OF custom_fields, custom_words, custom_words_outside ON assets FOR EACH ROW EXECUTE FUNCTION keep_own_words();

-- The terms in them, as rows: counted, found and merged by; a term that a record speaks of is there, and of the same house.
CREATE FUNCTION keep_own_terms() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    DELETE FROM asset_terms WHERE asset_id = NEW.id;
  END IF;
  INSERT INTO asset_terms (asset_id, field_id, term_id, house_id)
    SELECT DISTINCT NEW.id, v.key, e.id, NEW.house_id FROM jsonb_each(NEW.custom_fields) v, jsonb_array_elements_text(v.value) e (id)
    WHERE jsonb_typeof(v.value) = 'array' ORDER BY 2, 3;
  RETURN NULL;
END $$;
CREATE TRIGGER keep_own_terms_new AFTER INSERT ON assets FOR EACH ROW WHEN (NEW.custom_fields <> '{}') EXECUTE FUNCTION keep_own_terms();
CREATE TRIGGER keep_own_terms AFTER UPDATE OF custom_fields ON assets FOR EACH ROW
  WHEN (NEW.custom_fields IS DISTINCT FROM OLD.custom_fields) EXECUTE FUNCTION keep_own_terms();

-- Keywords that have been used. Only added to: two who use a new one at once need not wait for each other's count.
CREATE FUNCTION keep_keywords() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO house_keywords (house_id, word, plain)
    SELECT DISTINCT NEW.house_id, word, search_plain(word) FROM unnest(NEW.keywords) word WHERE word <> '' ORDER BY word
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
CREATE FUNCTION keep_new_keywords() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO house_keywords (house_id, word, plain)
    SELECT DISTINCT house_id, word, search_plain(word) FROM (SELECT a.house_id, unnest(a.keywords) AS word FROM changed a) used WHERE word <> '' ORDER BY house_id, word
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
CREATE TRIGGER keep_keywords_new AFTER INSERT ON assets REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION keep_new_keywords();
CREATE TRIGGER keep_keywords AFTER UPDATE OF keywords ON assets FOR EACH ROW WHEN (NEW.keywords IS DISTINCT FROM OLD.keywords) EXECUTE FUNCTION keep_keywords();
INSERT INTO house_keywords (house_id, word, plain)
  SELECT DISTINCT house_id, word, search_plain(word) FROM (SELECT house_id, unnest(keywords) AS word FROM assets) used WHERE word <> '';

-- The store finds by what is shown outside. The function is changed where it stands: others have added to it, and will.
DO $$
DECLARE
  was text := pg_get_functiondef('search_wanted(bigint[])'::regprocedure);
  now_so text := replace(was, 'concat_ws('' '', description, alt_text', 'concat_ws('' '', description, alt_text, custom_words_outside');
BEGIN
  IF now_so = was THEN
    RAISE EXCEPTION 'search_wanted has no place for own words';
  END IF;
  EXECUTE now_so;
END $$;
CREATE TRIGGER search_follows_own_words AFTER UPDATE OF custom_fields ON assets FOR EACH ROW
  WHEN (NEW.state = 'PUBLISHED' AND NEW.custom_words_outside IS DISTINCT FROM OLD.custom_words_outside) EXECUTE FUNCTION search_follows_asset();
