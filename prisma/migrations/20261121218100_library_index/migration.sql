-- The index of the staff's library: every asset in every state, by all that is known of it. See docs/decisions/097-library-search.md.

-- CreateTable
CREATE TABLE "library_entries" (
    "asset_no" BIGINT NOT NULL,
    "house_id" TEXT NOT NULL,
    "n" INTEGER NOT NULL,
    "asset_id" TEXT NOT NULL,
    "words" tsvector NOT NULL,
    "said" TEXT NOT NULL,
    "title_key" TEXT NOT NULL,
    "bytes" BIGINT NOT NULL DEFAULT 0,
    "pixels" BIGINT NOT NULL DEFAULT 0,
    "width" INTEGER NOT NULL DEFAULT 0,
    "height" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "turns_at" TIMESTAMPTZ(3),

    CONSTRAINT "library_entries_pkey" PRIMARY KEY ("asset_no")
);

-- CreateTable
CREATE TABLE "library_bitmaps" (
    "house_id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "seg" INTEGER NOT NULL,
    "bits" BIT(32000) NOT NULL,

    CONSTRAINT "library_bitmaps_pkey" PRIMARY KEY ("house_id","key","seg")
);

-- CreateTable
CREATE TABLE "library_notes" (
    "id" BIGSERIAL NOT NULL,
    "house_id" TEXT NOT NULL,
    "asset_no" BIGINT NOT NULL,

    CONSTRAINT "library_notes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "library_words" (
    "house_id" TEXT NOT NULL,
    "word" TEXT NOT NULL,
    "times" INTEGER NOT NULL,
    "stems" TEXT[],
    "omissions" TEXT[],

    CONSTRAINT "library_words_pkey" PRIMARY KEY ("house_id","word")
);

-- CreateIndex
CREATE UNIQUE INDEX "library_entries_house_id_n_key" ON "library_entries"("house_id", "n");

-- CreateIndex
CREATE INDEX "library_entries_asset_id_idx" ON "library_entries"("asset_id");

-- CreateIndex
CREATE INDEX "library_entries_words_idx" ON "library_entries" USING GIN ("words");

-- CreateIndex
CREATE INDEX "library_entries_house_id_changed_at_n_idx" ON "library_entries"("house_id", "changed_at", "n");

-- CreateIndex
CREATE INDEX "library_entries_house_id_created_at_n_idx" ON "library_entries"("house_id", "created_at", "n");

-- CreateIndex
CREATE INDEX "library_entries_house_id_title_key_n_idx" ON "library_entries"("house_id", "title_key", "n");

-- CreateIndex
CREATE INDEX "library_entries_house_id_bytes_n_idx" ON "library_entries"("house_id", "bytes", "n");

-- CreateIndex
CREATE INDEX "library_entries_house_id_pixels_n_idx" ON "library_entries"("house_id", "pixels", "n");

-- CreateIndex
CREATE INDEX "library_entries_house_id_ends_at_n_idx" ON "library_entries"("house_id", "ends_at", "n");

-- CreateIndex
CREATE INDEX "library_entries_turns_at_idx" ON "library_entries"("turns_at");

-- CreateIndex
CREATE INDEX "library_notes_house_id_id_idx" ON "library_notes"("house_id", "id");

-- CreateIndex
CREATE INDEX "library_words_omissions_idx" ON "library_words" USING GIN ("omissions");

-- CreateIndex
CREATE INDEX "library_words_stems_idx" ON "library_words" USING GIN ("stems");

-- CreateIndex
CREATE INDEX "library_words_word_idx" ON "library_words" USING GIN ("word" gin_trgm_ops);


-- What Prisma cannot say.
ALTER INDEX library_entries_words_idx SET (fastupdate = off);
ALTER TABLE library_bitmaps ALTER key TYPE text COLLATE "C", ALTER bits SET STORAGE PLAIN;
ALTER TABLE library_words ALTER word TYPE text COLLATE "C";
ALTER TABLE library_entries ALTER title_key TYPE text COLLATE "C";
-- The lists by date, title and size are read from their indexes alone: these stay so after many changes.
ALTER TABLE library_entries SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.02);

DO $$ BEGIN
  EXECUTE format('CREATE AGGREGATE library_bits_at(int, int) (SFUNC = set_bit, STYPE = bit, INITCOND = %L)', 'x' || repeat('0', 8000));
END $$;

-- A text as words in a row, as phrases are looked for in it.
CREATE FUNCTION library_row(text text) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT coalesce(nullif(regexp_replace(search_plain(text), '[^[:alnum:]]+', ' ', 'g'), ' '), '')
$$;

-- All strings in a record of fields.
CREATE FUNCTION library_strings(doc jsonb) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT coalesce(string_agg(v #>> '{}', ' | '), '') FROM jsonb_path_query(doc, 'strict $.**') v WHERE jsonb_typeof(v) IN ('string', 'number')
$$;

-- What assets should be found by. Stems of all languages of the house as they are; w/ a word of any field as it is written; ti/ de/ al/ ke/ cr/ co/
-- so/ fi/ ip/ ow/ a word of that field; id/ and h/ what it is named by; f/ what is counted; * all.
CREATE FUNCTION library_wanted(nos bigint[], now timestamptz) RETURNS TABLE (house_id text, asset_no bigint, asset_id text, words tsvector, said text, title_key text,
  bytes bigint, pixels bigint, width int, height int, created_at timestamptz, changed_at timestamptz, ends_at timestamptz, turns_at timestamptz) LANGUAGE plpgsql STABLE
SET plan_cache_mode = force_generic_plan SET jit = off SET work_mem = '64MB' AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
  WITH a AS MATERIALIZED (
    SELECT s.*, v.media_type, v.byte_size, v.width AS px, v.height AS py, v.orientation, v.processing, v.colour_families,
      search_languages(s.house_id) AS languages,
      (SELECT string_agg(o.file_name, ' | ' ORDER BY o.number) FROM asset_versions o WHERE o.asset_id = s.id) AS files,
      (SELECT max(coalesce(upper(q.period), 'infinity')) FROM acquisitions q WHERE q.asset_no = s.no AND q.superseded_at IS NULL) AS rights_end
    FROM assets s LEFT JOIN asset_versions v ON v.id = s.current_version_id WHERE s.no = ANY(nos)),
  field AS MATERIALIZED (
    SELECT no, languages, f.code, f.text FROM a, LATERAL (VALUES ('ti', title), ('de', description), ('al', alt_text), ('ke', array_to_string(keywords, ' | ')), ('cr', creator),
      ('co', concat_ws(' | ', nullif(credit_line, ''), nullif(copyright_notice, ''))), ('so', concat_ws(' | ', nullif(source, ''), source_url)), ('fi', files),
      ('ip', library_strings(iptc)), ('ow', custom_words)) AS f (code, text) WHERE f.text <> ''),
  token AS MATERIALIZED (
    SELECT DISTINCT no, languages, code, w.word FROM field, LATERAL regexp_split_to_table(lower(normalize(text, NFKC)), '[^[:alnum:]]+') AS w (word) WHERE w.word <> '' AND length(w.word) <= 60),
  form AS MATERIALIZED (SELECT languages, word, unaccent(word) AS plain, search_stems(word, languages) AS stems FROM (SELECT DISTINCT languages, word FROM token) d),
  released AS MATERIALIZED (
    SELECT a.no, NOT EXISTS (SELECT FROM (VALUES (a.shows_people, 'MODEL'), (a.shows_property, 'PROPERTY')) AS shown (shows, kind)
      WHERE shows AND NOT EXISTS (SELECT FROM releases q WHERE q.asset_no = a.no AND q.superseded_at IS NULL AND q.kind::text = shown.kind AND q.status IN ('UNLIMITED', 'LIMITED'))) AS yes FROM a),
  lexeme AS (
    SELECT no, x.lexeme FROM token JOIN form USING (languages, word), LATERAL (SELECT code || '/' || plain AS lexeme UNION ALL SELECT 'w/' || plain UNION ALL SELECT unnest(stems)) x
    UNION ALL SELECT no, f.lexeme FROM a, LATERAL (VALUES ('*'), ('id/' || id), ('f/state:' || state), ('f/kind:' || kind), ('f/audience:' || audience),
        ('f/processing:' || coalesce(processing::text, 'NONE')), ('f/orientation:' || orientation), ('f/uploaded:' || to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM')),
        ('f/people:' || CASE WHEN shows_people THEN 'yes' WHEN NOT shows_people THEN 'no' ELSE 'unsaid' END),
        ('f/rights:' || CASE WHEN rights_end IS NULL THEN 'none' WHEN rights_end <= now THEN 'expired' WHEN rights_end <= now + interval '60 days' THEN 'ending' ELSE 'valid' END),
        ('f/creator:' || left(nullif(trim(creator), ''), 100)), ('f/by:' || created_by_id),
        (CASE WHEN sells_royalty_free THEN 'f/licence:royalty-free' END), (CASE WHEN sells_rights_managed THEN 'f/licence:rights-managed' END),
        (CASE WHEN editorial_only THEN 'f/licence:editorial' END), (CASE WHEN NOT sells_royalty_free AND NOT sells_rights_managed THEN 'f/licence:none' END),
        (CASE WHEN legal_hold THEN 'f/has:legal-hold' END), (CASE WHEN quarantined_at IS NOT NULL THEN 'f/has:quarantine' END),
        (CASE WHEN published_version_id IS DISTINCT FROM current_version_id AND published_version_id IS NOT NULL THEN 'f/has:newer-version' END),
        (CASE WHEN alt_text = '' THEN 'f/missing:alt-text' ELSE 'f/has:alt-text' END), (CASE WHEN description = '' THEN 'f/missing:description' ELSE 'f/has:description' END),
        (CASE WHEN cardinality(keywords) = 0 THEN 'f/missing:keywords' ELSE 'f/has:keywords' END), (CASE WHEN trim(creator) = '' THEN 'f/missing:creator' ELSE 'f/has:creator' END),
        (CASE WHEN rights_end IS NULL THEN 'f/missing:rights' ELSE 'f/has:rights' END), (CASE WHEN current_version_id IS NULL THEN 'f/missing:file' ELSE 'f/has:file' END)) AS f (lexeme)
      WHERE f.lexeme IS NOT NULL
    UNION ALL SELECT no, CASE WHEN yes THEN 'f/has:release' ELSE 'f/missing:release' END FROM released
    UNION ALL SELECT no, 'f/colour:' || unnest(colour_families) FROM a
    UNION ALL SELECT no, 'e/' || unnest(embargo_for) FROM a
    UNION ALL SELECT no, 'h/' || o.sha256 FROM a JOIN asset_versions o ON o.asset_id = a.id
    UNION ALL SELECT no, 'f/in:' || i.collection_id FROM a JOIN collection_items i ON i.asset_id = a.id
    UNION ALL SELECT no, 'f/kit:' || i.kit_id FROM a JOIN brand_kit_items i ON i.asset_id = a.id
    UNION ALL SELECT no, 'f/source:' || CASE WHEN EXISTS (SELECT FROM guest_files g WHERE g.asset_id = a.id) THEN 'guest-link' WHEN EXISTS (SELECT FROM brief_assets b WHERE b.asset_id = a.id) THEN 'brief'
        WHEN EXISTS (SELECT FROM folder_files d WHERE d.asset_id = a.id) THEN 'import' ELSE 'upload' END FROM a
    -- A term and every broader one, so that who asks for the broad finds the narrow.
    UNION ALL SELECT no, t.lexeme FROM a, LATERAL (
      WITH RECURSIVE up AS (SELECT x.field_id, x.term_id AS id, 0 AS deep FROM asset_terms x WHERE x.asset_id = a.id
        UNION SELECT up.field_id, t.broader_id, up.deep + 1 FROM up JOIN vocabulary_terms t ON t.id = up.id WHERE t.broader_id IS NOT NULL AND up.deep < 20)
      SELECT 'f/term:' || id AS lexeme FROM up UNION ALL SELECT 'o/' || field_id || ':' || id FROM up) t
    UNION ALL SELECT no, 'o/' || o.key || ':' || left(lower(o.value #>> '{}'), 100) FROM a, LATERAL jsonb_each(custom_fields) o WHERE jsonb_typeof(o.value) IN ('string', 'number', 'boolean')
    UNION ALL SELECT no, 'o/' || o.key FROM a, LATERAL jsonb_each(custom_fields) o WHERE o.value NOT IN ('null', '""', '[]'))
  SELECT a.house_id, a.no, a.id, l.words, coalesce(r.said, ''), left(library_row(a.title), 100), coalesce(a.byte_size, 0), coalesce(a.px::bigint * a.py, 0), coalesce(a.px, 0), coalesce(a.py, 0),
    a.created_at, a.changed_at, least(a.use_ends_at, coalesce(a.rights_end, 'infinity'), 'infinity'),
    CASE WHEN a.rights_end > now + interval '60 days' AND a.rights_end < 'infinity' THEN a.rights_end - interval '60 days' WHEN a.rights_end > now AND a.rights_end < 'infinity' THEN a.rights_end END
  FROM a JOIN (SELECT no, array_to_tsvector(array_agg(DISTINCT left(lexeme, 400))) AS words FROM lexeme GROUP BY no) l USING (no)
  LEFT JOIN (SELECT no, string_agg('¦' || code || '¦' || (SELECT string_agg(' ' || trim(library_row(piece)) || ' ', '¦' || code || '¦') FROM regexp_split_to_table(text, ' \| ') piece), '' ORDER BY code) AS said
    FROM field GROUP BY no) r USING (no)
  ORDER BY a.created_at, a.id;
END $$;

-- Bring what was noted into the index, the newest notes first, under one hand in the house. Everybody who looks does so first, so that what they
-- changed a moment ago is found; what is left of a great import comes with the next minute.
CREATE FUNCTION library_catch_up(house text, most int, now timestamptz) RETURNS int LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan SET jit = off AS $$
DECLARE
  nos bigint[]; old_nos bigint[]; old_ns int[]; old_words tsvector[]; base int; d_keys text[]; d_ns int[]; d_on boolean[]; fresh text[];
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('library ' || house, 0));
  -- What turns by itself: rights that end, or that end soon.
  INSERT INTO library_notes (house_id, asset_no) SELECT e.house_id, e.asset_no FROM library_entries e WHERE e.turns_at <= now AND e.house_id = house LIMIT most;
  nos := ARRAY(SELECT asset_no FROM (SELECT asset_no, max(id) AS last FROM (SELECT id, asset_no FROM library_notes WHERE house_id = house ORDER BY id DESC LIMIT most) z GROUP BY 1) y ORDER BY 1);
  IF cardinality(nos) = 0 THEN RETURN 0; END IF;
  DELETE FROM library_notes WHERE house_id = house AND asset_no = ANY(nos);
  SELECT array_agg(e.asset_no), array_agg(e.n), array_agg(e.words) INTO old_nos, old_ns, old_words FROM library_entries e WHERE e.asset_no = ANY(nos) AND e.house_id = house;
  base := coalesce((SELECT max(e.n) + 1 FROM library_entries e WHERE e.house_id = house), 0);

  WITH wanted AS MATERIALIZED (SELECT w.*, row_number() OVER () AS nth FROM library_wanted(nos, now) w WHERE w.house_id = house),
    old AS MATERIALIZED (SELECT * FROM unnest(old_nos, old_ns, old_words) AS o (asset_no, n, words)),
    gone AS (DELETE FROM library_entries e USING old o WHERE e.asset_no = o.asset_no AND NOT EXISTS (SELECT FROM wanted w WHERE w.asset_no = o.asset_no)),
    written AS (INSERT INTO library_entries (asset_no, house_id, n, asset_id, words, said, title_key, bytes, pixels, width, height, created_at, changed_at, ends_at, turns_at)
      SELECT w.asset_no, w.house_id, coalesce(o.n, base + w.nth::int), w.asset_id, w.words, w.said, w.title_key, w.bytes, w.pixels, w.width, w.height, w.created_at, w.changed_at, w.ends_at, w.turns_at
      FROM wanted w LEFT JOIN old o USING (asset_no)
      ON CONFLICT (asset_no) DO UPDATE SET words = EXCLUDED.words, said = EXCLUDED.said, title_key = EXCLUDED.title_key, bytes = EXCLUDED.bytes, pixels = EXCLUDED.pixels, width = EXCLUDED.width,
        height = EXCLUDED.height, created_at = EXCLUDED.created_at, changed_at = EXCLUDED.changed_at, ends_at = EXCLUDED.ends_at, turns_at = EXCLUDED.turns_at RETURNING asset_no, n, words),
    lost AS (SELECT o.n, lexeme FROM old o, unnest(tsvector_to_array(o.words)) lexeme),
    now_there AS (SELECT w.n, lexeme FROM written w, unnest(tsvector_to_array(w.words)) lexeme),
    delta AS (SELECT n, lexeme, false AS is_on FROM (SELECT * FROM lost EXCEPT SELECT * FROM now_there) x UNION ALL SELECT n, lexeme, true FROM (SELECT * FROM now_there EXCEPT SELECT * FROM lost) y)
  SELECT array_agg(lexeme), array_agg(n), array_agg(is_on) INTO d_keys, d_ns, d_on FROM delta;
  IF d_keys IS NULL THEN RETURN cardinality(nos); END IF;

  -- Bitmaps of keys that have some: bits off, bits on, and segments that they had none of.
  WITH d AS MATERIALIZED (SELECT k.key, d.n / 32000 AS seg, library_bits_at(d.n % 32000, 1) FILTER (WHERE d.is_on) AS made, library_bits_at(d.n % 32000, 1) FILTER (WHERE NOT d.is_on) AS lost
      FROM (SELECT key FROM (SELECT DISTINCT key FROM unnest(d_keys) key) c WHERE EXISTS (SELECT FROM library_bitmaps b WHERE b.house_id = house AND b.key = c.key)) k
      JOIN unnest(d_keys, d_ns, d_on) AS d (key, n, is_on) ON d.key = k.key GROUP BY 1, 2),
    changed AS (UPDATE library_bitmaps b SET bits = CASE WHEN d.lost IS NULL THEN b.bits | d.made WHEN d.made IS NULL THEN b.bits & ~ d.lost ELSE (b.bits & ~ d.lost) | d.made END
      FROM d WHERE b.house_id = house AND b.key = d.key AND b.seg = d.seg RETURNING b.key, b.seg)
  INSERT INTO library_bitmaps (house_id, key, seg, bits) SELECT house, d.key, d.seg, d.made FROM d WHERE d.made IS NOT NULL
    AND NOT EXISTS (SELECT FROM library_bitmaps b WHERE b.house_id = house AND b.key = d.key AND b.seg = d.seg);

  -- What is counted has bitmaps from its first day; of open lists, as many as are worth showing.
  fresh := ARRAY(SELECT key FROM (SELECT DISTINCT ON (d.key) d.key, split_part(d.key, ':', 1) AS facet FROM unnest(d_keys, d_on) AS d (key, is_on) WHERE d.is_on AND (d.key LIKE 'f/%' OR d.key = '*')) k
    WHERE NOT EXISTS (SELECT FROM library_bitmaps b WHERE b.house_id = house AND b.key = k.key)
      AND (facet NOT IN ('f/creator', 'f/term', 'f/by', 'f/in', 'f/kit') OR (SELECT count(DISTINCT b.key) FROM library_bitmaps b WHERE b.house_id = house AND b.key >= facet || ':' AND b.key < facet || ';') < 150));
  INSERT INTO library_bitmaps (house_id, key, seg, bits)
    SELECT house, k.key, e.n / 32000, library_bits_at(e.n % 32000, 1) FROM unnest(fresh) AS k (key), LATERAL (SELECT n FROM library_entries e WHERE e.house_id = house AND e.words @@ search_query(k.key)) e GROUP BY k.key, e.n / 32000
  ON CONFLICT DO NOTHING;
  INSERT INTO library_words (house_id, word, times, stems, omissions)
    SELECT house, word, times, coalesce(search_stems(word, search_languages(house)), ARRAY[word]), search_omissions(word)
    FROM (SELECT substr(key, 3) AS word, count(*) AS times FROM unnest(d_keys, d_on) AS d (key, is_on) WHERE is_on AND key LIKE 'w/%' GROUP BY 1) z
    WHERE NOT EXISTS (SELECT FROM library_words v WHERE v.house_id = house AND v.word = z.word)
  ON CONFLICT DO NOTHING;
  RETURN cardinality(nos);
END $$;

-- All bitmaps and the vocabulary anew, from the entries.
CREATE FUNCTION library_rebuild(house text) RETURNS int LANGUAGE plpgsql SET work_mem = '256MB' SET jit = off AS $$
DECLARE
  entries int; often int; mapped text[]; segment int;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('library ' || house, 0));
  entries := (SELECT count(*) FROM library_entries WHERE house_id = house);
  often := greatest(200, entries / 200);
  CREATE TEMP TABLE library_seen ON COMMIT DROP AS SELECT word AS lexeme, ndoc AS times FROM ts_stat(format('SELECT words FROM library_entries WHERE house_id = %L', house));
  mapped := ARRAY(SELECT lexeme FROM (SELECT lexeme, times, split_part(lexeme, ':', 1) AS facet, row_number() OVER (PARTITION BY split_part(lexeme, ':', 1) ORDER BY times DESC, lexeme) AS nth FROM library_seen) z
    WHERE lexeme = '*' OR (lexeme LIKE 'f/%' AND (facet NOT IN ('f/creator', 'f/term', 'f/by', 'f/in', 'f/kit') OR nth <= 150)) OR (lexeme NOT LIKE 'f/%' AND times >= often));
  DELETE FROM library_bitmaps WHERE house_id = house;
  FOR segment IN SELECT DISTINCT n / 32000 FROM library_entries WHERE house_id = house ORDER BY 1 LOOP
    INSERT INTO library_bitmaps (house_id, key, seg, bits)
      SELECT house, k.key, segment, library_bits_at(p.n % 32000, 1) FROM (SELECT e.n, lexeme FROM library_entries e, unnest(tsvector_to_array(e.words)) lexeme WHERE e.house_id = house AND e.n >= segment * 32000 AND e.n < (segment + 1) * 32000) p
      JOIN unnest(mapped) AS k (key) ON k.key = p.lexeme GROUP BY k.key;
  END LOOP;
  DELETE FROM library_words WHERE house_id = house;
  INSERT INTO library_words (house_id, word, times, stems, omissions)
    SELECT house, substr(lexeme, 3), times, coalesce(search_stems(substr(lexeme, 3), search_languages(house)), ARRAY[substr(lexeme, 3)]), search_omissions(substr(lexeme, 3)) FROM library_seen WHERE lexeme LIKE 'w/%';
  DROP TABLE library_seen;
  RETURN entries;
END $$;

-- Notes. One statement, one look: a statement on ten thousand assets notes them in one go.
CREATE FUNCTION library_notes_new() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO library_notes (house_id, asset_no) SELECT house_id, no FROM fresh;
  RETURN NULL;
END $$;
CREATE FUNCTION library_notes_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO library_notes (house_id, asset_no) SELECT f.house_id, f.no FROM fresh f JOIN stale s USING (no) WHERE f IS DISTINCT FROM s;
  RETURN NULL;
END $$;
CREATE FUNCTION library_notes_gone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO library_notes (house_id, asset_no) SELECT house_id, no FROM stale;
  RETURN NULL;
END $$;
CREATE TRIGGER library_notes_new AFTER INSERT ON assets REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION library_notes_new();
CREATE TRIGGER library_notes_changed AFTER UPDATE ON assets REFERENCING NEW TABLE AS fresh OLD TABLE AS stale FOR EACH STATEMENT EXECUTE FUNCTION library_notes_changed();
CREATE TRIGGER library_notes_gone AFTER DELETE ON assets REFERENCING OLD TABLE AS stale FOR EACH STATEMENT EXECUTE FUNCTION library_notes_gone();

-- What names its asset by asset_id or asset_no.
CREATE FUNCTION library_notes_by_id() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO library_notes (house_id, asset_no) SELECT DISTINCT a.house_id, a.no FROM touched t JOIN assets a ON a.id = t.asset_id;
  RETURN NULL;
END $$;
DO $$ DECLARE kept text; BEGIN
  FOREACH kept IN ARRAY ARRAY['asset_versions', 'collection_items', 'brand_kit_items', 'acquisitions', 'releases', 'asset_terms', 'guest_files', 'brief_assets', 'folder_files'] LOOP
    EXECUTE format('CREATE TRIGGER library_notes_new AFTER INSERT ON %I REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION library_notes_by_id()', kept);
    EXECUTE format('CREATE TRIGGER library_notes_changed AFTER UPDATE ON %I REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION library_notes_by_id()', kept);
    EXECUTE format('CREATE TRIGGER library_notes_gone AFTER DELETE ON %I REFERENCING OLD TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION library_notes_by_id()', kept);
  END LOOP;
END $$;
-- A term that gets another broader one: everything that has it is found by the new one.
CREATE FUNCTION library_notes_terms() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO library_notes (house_id, asset_no)
    WITH RECURSIVE moved AS (SELECT f.id FROM fresh f JOIN stale s USING (id) WHERE f.broader_id IS DISTINCT FROM s.broader_id
      UNION SELECT t.id FROM vocabulary_terms t JOIN moved m ON t.broader_id = m.id)
    SELECT DISTINCT a.house_id, a.no FROM moved m JOIN asset_terms x ON x.term_id = m.id JOIN assets a ON a.id = x.asset_id;
  RETURN NULL;
END $$;
CREATE TRIGGER library_notes_terms AFTER UPDATE ON vocabulary_terms REFERENCING NEW TABLE AS fresh OLD TABLE AS stale FOR EACH STATEMENT EXECUTE FUNCTION library_notes_terms();

-- Positions of some bits, the lowest first, at most so many.
CREATE FUNCTION library_listed(bits varbit[], most int) RETURNS int[] LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE found int[] := '{}'; one varbit;
BEGIN
  FOR i IN 1 .. coalesce(cardinality(bits), 0) LOOP
    one := bits[i];
    CONTINUE WHEN bit_count(one) = 0;
    found := found || ARRAY(SELECT (i - 1) * 32000 + c * 320 + p FROM (SELECT c, chunk, generate_series(0, 319) AS p FROM (
        SELECT c, substring(one FROM c * 320 + 1 FOR 320) AS chunk FROM generate_series(0, 99) AS c OFFSET 0) x WHERE bit_count(chunk) > 0 OFFSET 0) y
      WHERE get_bit(chunk, p) = 1 LIMIT most - cardinality(found));
    EXIT WHEN cardinality(found) >= most;
  END LOOP;
  RETURN found;
END $$;

CREATE FUNCTION library_placed(places int, positions int[]) RETURNS varbit[] LANGUAGE sql IMMUTABLE AS $$
  SELECT ARRAY(SELECT coalesce(b.bits, repeat('0', 32000)::varbit) FROM generate_series(0, places - 1) AS s (seg)
    LEFT JOIN (SELECT n / 32000 AS seg, library_bits_at(n % 32000, 1)::varbit AS bits FROM unnest(positions) n GROUP BY 1) b USING (seg) ORDER BY seg)
$$;

-- What has one of some things: a key; {"begin"} a beginning of keys; {"not"} the lack of a key; {"column", "from", "to"} a span, its end left out; {"ids"};
-- {"said"} words in a row, {"field"} in one field, that have the {"words"} at all.
CREATE FUNCTION library_any(house text, places int, leaves jsonb) RETURNS varbit[] LANGUAGE plpgsql STABLE AS $$
DECLARE
  keys text[] := ARRAY(SELECT leaf #>> '{}' FROM jsonb_array_elements(leaves) leaf WHERE jsonb_typeof(leaf) = 'string');
  mapped text[]; wording text; leaf jsonb; result varbit[]; other varbit[]; hits int[]; spelt text;
BEGIN
  mapped := ARRAY(SELECT k FROM unnest(keys) k WHERE EXISTS (SELECT FROM library_bitmaps b WHERE b.house_id = house AND b.key = k));
  result := ARRAY(SELECT coalesce((SELECT bit_or(b.bits)::varbit FROM library_bitmaps b WHERE b.house_id = house AND b.key = ANY(mapped) AND b.seg = s), repeat('0', 32000)::varbit) FROM generate_series(0, places - 1) s ORDER BY s);
  wording := (SELECT string_agg('(' || search_query(k)::text || ')', ' | ') FROM unnest(keys) k WHERE k <> ALL(mapped));
  wording := concat_ws(' | ', wording, (SELECT string_agg(quote_literal(l ->> 'begin') || ':*', ' | ') FROM jsonb_array_elements(leaves) l WHERE jsonb_typeof(l) = 'object' AND l ? 'begin'));
  IF wording <> '' THEN
    other := library_placed(places, ARRAY(SELECT e.n FROM library_entries e WHERE e.house_id = house AND e.words @@ wording::tsquery));
    FOR i IN 1 .. places LOOP result[i] := result[i] | other[i]; END LOOP;
  END IF;
  FOR leaf IN SELECT l FROM jsonb_array_elements(leaves) l WHERE jsonb_typeof(l) = 'object' AND NOT l ? 'begin' LOOP
    IF leaf ? 'not' THEN
      other := library_any(house, places, jsonb_build_array(leaf -> 'not'));
      FOR i IN 1 .. places LOOP other[i] := coalesce((SELECT b.bits::varbit FROM library_bitmaps b WHERE b.house_id = house AND b.key = '*' AND b.seg = i - 1), repeat('0', 32000)::varbit) & ~ other[i]; END LOOP;
    ELSIF leaf ? 'ids' THEN
      other := library_placed(places, ARRAY(SELECT e.n FROM library_entries e WHERE e.house_id = house AND e.asset_id IN (SELECT jsonb_array_elements_text(leaf -> 'ids'))));
    ELSIF leaf ? 'said' THEN
      other := NULL;
      FOR spelt IN SELECT jsonb_array_elements_text(leaf -> 'words') LOOP
        IF other IS NULL THEN other := library_any(house, places, jsonb_build_array(spelt));
        ELSE
          FOR i IN 1 .. places LOOP other[i] := other[i] & (library_any(house, places, jsonb_build_array(spelt)))[i]; END LOOP;
        END IF;
      END LOOP;
      hits := library_listed(other, 2147483647);
      spelt := ' ' || (leaf ->> 'said') || ' ';
      IF leaf ? 'field' THEN
        other := library_placed(places, ARRAY(SELECT e.n FROM library_entries e WHERE e.house_id = house AND e.n = ANY(hits) AND e.said ~ ('¦' || (leaf ->> 'field') || '¦[^¦]*' || spelt)));
      ELSE
        other := library_placed(places, ARRAY(SELECT e.n FROM library_entries e WHERE e.house_id = house AND e.n = ANY(hits) AND strpos(e.said, spelt) > 0));
      END IF;
    ELSE
      -- Only columns that the rule names; both ends may be open.
      EXECUTE format('SELECT array_agg(n) FROM library_entries WHERE house_id = $1 AND ($2::text IS NULL OR %1$I >= $2::%2$s) AND ($3::text IS NULL OR %1$I < $3::%2$s)', leaf ->> 'column',
        CASE WHEN leaf ->> 'column' IN ('created_at', 'changed_at', 'ends_at') THEN 'timestamptz' ELSE 'bigint' END) INTO hits USING house, leaf ->> 'from', leaf ->> 'to';
      other := library_placed(places, hits);
    END IF;
    FOR i IN 1 .. places LOOP result[i] := result[i] | other[i]; END LOOP;
  END LOOP;
  RETURN result;
END $$;

-- One page of the library for a question: `must` groups of which each match has one, `never`, `facets` by name (counted without their own filter),
-- `first` groups whose matches come first, `sort` a column, `down`, `after` {tier, value, n}, `limit`, `count` whether facets are counted.
CREATE FUNCTION library_find(house text, ask jsonb, OUT ids text[], OUT total int, OUT counts jsonb, OUT next jsonb) LANGUAGE plpgsql STABLE
SET jit = off SET max_parallel_workers_per_gather = 0 SET work_mem = '64MB' SET enable_seqscan = off SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  places int := coalesce((SELECT max(seg) + 1 FROM library_bitmaps WHERE house_id = house AND key = '*'), 0);
  w varbit[]; m varbit[]; x varbit[]; f varbit[] := '{}'; o varbit[]; one varbit; names text[]; facet text; heads text[];
  sort text := ask ->> 'sort'; down boolean := (ask ->> 'down')::boolean; lim int := (ask ->> 'limit')::int; cast_to text; tier int; from_tier int; found int[] := '{}'; tiers int[] := '{}'; got int[]; few int[]; tier_bits varbit[]; n_tier int; val text;
BEGIN
  ids := '{}'; total := 0; counts := '{}';
  IF places = 0 THEN RETURN; END IF;
  w := library_any(house, places, '["*"]');
  FOR i IN 0 .. jsonb_array_length(ask -> 'must') - 1 LOOP
    x := library_any(house, places, ask -> 'must' -> i);
    FOR k IN 1 .. places LOOP w[k] := w[k] & x[k]; END LOOP;
  END LOOP;
  FOR i IN 0 .. jsonb_array_length(ask -> 'never') - 1 LOOP
    x := library_any(house, places, ask -> 'never' -> i);
    FOR k IN 1 .. places LOOP w[k] := w[k] & ~ x[k]; END LOOP;
  END LOOP;
  m := w;
  names := ARRAY(SELECT jsonb_object_keys(ask -> 'facets') ORDER BY 1);
  FOREACH facet IN ARRAY names LOOP
    x := library_any(house, places, ask -> 'facets' -> facet);
    FOR i IN 1 .. places LOOP m[i] := m[i] & x[i]; END LOOP;
    f := f || x;
  END LOOP;
  FOR i IN 1 .. places LOOP total := total + bit_count(m[i]); END LOOP;

  IF (ask ->> 'count')::boolean THEN
    o := m;
    FOR j IN 1 .. cardinality(names) LOOP
      FOR i IN 1 .. places LOOP
        one := w[i];
        FOR k IN 1 .. cardinality(names) LOOP
          IF k <> j THEN one := one & f[(k - 1) * places + i]; END IF;
        END LOOP;
        o := array_append(o, one);
      END LOOP;
    END LOOP;
    SELECT jsonb_object_agg(key, c) INTO counts FROM (SELECT key, sum(c) AS c FROM (
        SELECT b.key, bit_count(b.bits & o[b.seg + 1 + places * coalesce(array_position(names, substr(split_part(b.key, ':', 1), 3)), 0)]) AS c
        FROM library_bitmaps b WHERE b.house_id = house AND b.key >= 'f/' AND b.key < 'f0' OFFSET 0) z WHERE c > 0 GROUP BY key) y;
    counts := coalesce(counts, '{}');
  END IF;
  IF total = 0 OR lim = 0 THEN RETURN; END IF;

  cast_to := CASE WHEN sort IN ('created_at', 'changed_at', 'ends_at') THEN 'timestamptz' WHEN sort = 'title_key' THEN 'text' ELSE 'bigint' END;
  from_tier := coalesce((ask -> 'after' ->> 'tier')::int, 1);
  IF jsonb_array_length(ask -> 'first') = 0 THEN from_tier := 2; END IF;
  FOR tier IN from_tier .. 2 LOOP
    tier_bits := m;
    IF jsonb_array_length(ask -> 'first') > 0 THEN
      x := NULL;
      FOR i IN 0 .. jsonb_array_length(ask -> 'first') - 1 LOOP
        o := library_any(house, places, ask -> 'first' -> i);
        IF x IS NULL THEN x := o; ELSE FOR k IN 1 .. places LOOP x[k] := x[k] & o[k]; END LOOP; END IF;
      END LOOP;
      FOR k IN 1 .. places LOOP tier_bits[k] := CASE tier WHEN 1 THEN m[k] & x[k] ELSE m[k] & ~ x[k] END; END LOOP;
    END IF;
    n_tier := 0;
    FOR k IN 1 .. places LOOP n_tier := n_tier + bit_count(tier_bits[k]); END LOOP;
    CONTINUE WHEN n_tier = 0;
    IF n_tier <= 1500 THEN
      -- Few: they are listed and sorted. Many: the index of the order is walked until the page is full.
      few := library_listed(tier_bits, 1500);
      EXECUTE format('SELECT array_agg(n) FROM (SELECT n FROM library_entries WHERE house_id = $1 AND n = ANY($2) AND ($3::text IS NULL OR (%1$I, n) %2$s ($3::%3$s, $4)) ORDER BY %1$I %4$s, n %4$s LIMIT $5) z',
        sort, CASE WHEN down THEN '<' ELSE '>' END, cast_to, CASE WHEN down THEN 'DESC' ELSE 'ASC' END)
        INTO got USING house, few, CASE WHEN (ask -> 'after' ->> 'tier')::int = tier THEN ask -> 'after' ->> 'value' END, (ask -> 'after' ->> 'n')::int, lim + 1 - cardinality(found);
    ELSIF (ask -> 'after' ->> 'tier')::int = tier THEN
      EXECUTE format('SELECT array_agg(n) FROM (SELECT n FROM library_entries WHERE house_id = $1 AND (%1$I, n) %2$s ($3::%3$s, $4) AND get_bit(($2::varbit[])[n / 32000 + 1], n %% 32000) = 1 ORDER BY %1$I %4$s, n %4$s LIMIT $5) z',
        sort, CASE WHEN down THEN '<' ELSE '>' END, cast_to, CASE WHEN down THEN 'DESC' ELSE 'ASC' END)
        INTO got USING house, tier_bits, ask -> 'after' ->> 'value', (ask -> 'after' ->> 'n')::int, lim + 1 - cardinality(found);
    ELSE
      EXECUTE format('SELECT array_agg(n) FROM (SELECT n FROM library_entries WHERE house_id = $1 AND get_bit(($2::varbit[])[n / 32000 + 1], n %% 32000) = 1 ORDER BY %1$I %2$s, n %2$s LIMIT $3) z',
        sort, CASE WHEN down THEN 'DESC' ELSE 'ASC' END) INTO got USING house, tier_bits, lim + 1 - cardinality(found);
    END IF;
    found := found || coalesce(got, '{}');
    tiers := tiers || array_fill(tier, ARRAY[coalesce(cardinality(got), 0)]);
    EXIT WHEN cardinality(found) > lim;
  END LOOP;
  IF cardinality(found) > lim THEN
    EXECUTE format('SELECT %I::text FROM library_entries WHERE house_id = $1 AND n = $2', sort) INTO val USING house, found[lim];
    next := jsonb_build_object('tier', tiers[lim], 'value', val, 'n', found[lim]);
  END IF;
  found := found[1:lim];
  ids := coalesce((SELECT array_agg(e.asset_id ORDER BY array_position(found, e.n)) FROM library_entries e WHERE e.house_id = house AND e.n = ANY(found)), '{}');
END $$;

-- All that a question finds, in the order of the list: what a selection is made of. Groups of facets stand among `must`.
CREATE FUNCTION library_all(house text, ask jsonb, most int) RETURNS text[] LANGUAGE plpgsql STABLE SET jit = off SET work_mem = '64MB' SET enable_seqscan = off AS $$
DECLARE
  places int := coalesce((SELECT max(seg) + 1 FROM library_bitmaps WHERE house_id = house AND key = '*'), 0); w varbit[]; x varbit[]; found text[];
BEGIN
  w := library_any(house, places, '["*"]');
  FOR i IN 0 .. jsonb_array_length(ask -> 'must') - 1 LOOP
    x := library_any(house, places, ask -> 'must' -> i);
    FOR k IN 1 .. places LOOP w[k] := w[k] & x[k]; END LOOP;
  END LOOP;
  FOR i IN 0 .. jsonb_array_length(ask -> 'never') - 1 LOOP
    x := library_any(house, places, ask -> 'never' -> i);
    FOR k IN 1 .. places LOOP w[k] := w[k] & ~ x[k]; END LOOP;
  END LOOP;
  EXECUTE format('SELECT array_agg(asset_id) FROM (SELECT asset_id FROM library_entries WHERE house_id = $1 AND get_bit(($2::varbit[])[n / 32000 + 1], n %% 32000) = 1 ORDER BY %1$I %2$s, n %2$s LIMIT $3) z',
    ask ->> 'sort', CASE WHEN (ask ->> 'down')::boolean THEN 'DESC' ELSE 'ASC' END) INTO found USING house, w, most;
  RETURN coalesce(found, '{}');
END $$;

-- What the library knows of some words as typed.
CREATE FUNCTION library_known(house text, typed text[]) RETURNS TABLE (typed_word text, plain text, stems text[], stop boolean, known boolean, begins boolean, synonyms text[]) LANGUAGE plpgsql STABLE
SET enable_seqscan = off SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
DECLARE spoken text[] := search_languages(house);
BEGIN
  RETURN QUERY
  WITH t AS MATERIALIZED (SELECT w AS word, search_plain(w) AS plain, search_stems(lower(normalize(w, NFKC)), spoken) AS stems FROM unnest(typed) w)
  SELECT t.word, t.plain, t.stems, EXISTS (SELECT FROM unnest(spoken) language WHERE cardinality(ts_lexize((language || '_stem')::regdictionary, lower(t.word))) = 0),
    EXISTS (SELECT FROM library_words v WHERE v.house_id = house AND v.word = t.plain) OR EXISTS (SELECT FROM (SELECT v.house_id FROM library_words v WHERE v.stems && coalesce(t.stems, ARRAY[t.plain]) OFFSET 0) v WHERE v.house_id = house),
    EXISTS (SELECT FROM library_words v WHERE v.house_id = house AND v.word >= t.plain AND v.word < t.plain || U&'\FFFF'),
    ARRAY(SELECT DISTINCT s FROM search_synonyms y, unnest(y.words) other, unnest(search_stems(lower(other), spoken)) s
      WHERE y.house_id = house AND t.plain = ANY(SELECT search_plain(w) FROM unnest(y.words) w) AND search_plain(other) <> t.plain)
  FROM t;
END $$;

-- Words of the library that a mistyped one may stand for: one slip apart, else alike.
CREATE FUNCTION library_alike(house text, wrong text) RETURNS TABLE (word text, times int) LANGUAGE plpgsql STABLE SET pg_trgm.similarity_threshold = 0.4 AS $$
BEGIN
  RETURN QUERY SELECT v.word, v.times FROM library_words v WHERE v.house_id = house AND v.omissions && search_omissions(wrong) AND abs(length(v.word) - length(wrong)) <= 2 ORDER BY v.times DESC LIMIT 60;
  IF NOT FOUND THEN
    RETURN QUERY SELECT v.word, v.times FROM library_words v WHERE v.house_id = house AND v.word % wrong ORDER BY similarity(v.word, wrong) DESC, v.times DESC LIMIT 30;
  END IF;
END $$;

-- Where the index differs from the house: some assets at a time, and the bitmaps of a segment.
CREATE FUNCTION library_drift(house text, nos bigint[], now timestamptz) RETURNS TABLE (what text, subject text) LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN e.asset_no IS NULL THEN 'entry-missing' WHEN w.asset_no IS NULL THEN 'entry-left-over' ELSE 'entry-differs' END, coalesce(w.asset_id, e.asset_id)
  FROM library_wanted(nos, now) w FULL JOIN (SELECT * FROM library_entries WHERE asset_no = ANY(nos)) e USING (asset_no)
  WHERE (w.words, w.said, w.changed_at) IS DISTINCT FROM (e.words, e.said, e.changed_at)
$$;
CREATE FUNCTION library_drift_of_bitmaps(house text) RETURNS TABLE (what text, subject text) LANGUAGE sql STABLE SET work_mem = '256MB' AS $$
  SELECT DISTINCT 'bitmap-differs', coalesce(b.key, m.key) FROM library_bitmaps b FULL JOIN (
    SELECT p.lexeme AS key, p.n / 32000 AS seg, library_bits_at(p.n % 32000, 1) AS bits FROM (SELECT e.n, lexeme FROM library_entries e, unnest(tsvector_to_array(e.words)) lexeme WHERE e.house_id = house) p
    WHERE p.lexeme IN (SELECT key FROM library_bitmaps WHERE house_id = house) GROUP BY 1, 2) m ON m.key = b.key AND m.seg = b.seg AND b.house_id = house
  WHERE (b.house_id = house OR b.house_id IS NULL) AND coalesce(bit_count(b.bits # m.bits), bit_count(b.bits), bit_count(m.bits)) > 0
$$;

-- Houses that were here before.
INSERT INTO library_notes (house_id, asset_no) SELECT house_id, no FROM assets ORDER BY created_at, id;
