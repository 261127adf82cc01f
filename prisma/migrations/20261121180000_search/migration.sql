-- CreateTable
CREATE TABLE "search_indexes" (
    "house_id" TEXT NOT NULL,
    "languages" TEXT[] DEFAULT ARRAY['english', 'german']::TEXT[],
    "entries" INTEGER NOT NULL DEFAULT 0,
    "rebuilt_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "search_indexes_pkey" PRIMARY KEY ("house_id")
);

-- CreateTable
CREATE TABLE "search_entries" (
    "house_id" TEXT NOT NULL,
    "n" SERIAL NOT NULL,
    "asset_no" BIGINT NOT NULL,
    "asset_id" TEXT NOT NULL,
    "subject_no" BIGINT NOT NULL,
    "profile" BIGINT NOT NULL,
    "words" tsvector NOT NULL,

    CONSTRAINT "search_entries_pkey" PRIMARY KEY ("asset_no")
);

-- CreateTable
CREATE TABLE "search_bitmaps" (
    "house_id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "seg" INTEGER NOT NULL,
    "bits" BIT(60000) NOT NULL,

    CONSTRAINT "search_bitmaps_pkey" PRIMARY KEY ("house_id","key","seg")
);

-- CreateTable
CREATE TABLE "search_changes" (
    "id" BIGSERIAL NOT NULL,
    "house_id" TEXT NOT NULL,
    "n" INTEGER NOT NULL,

    CONSTRAINT "search_changes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "search_words" (
    "house_id" TEXT NOT NULL,
    "word" TEXT NOT NULL,
    "times" INTEGER NOT NULL,
    "stems" TEXT[],
    "omissions" TEXT[],

    CONSTRAINT "search_words_pkey" PRIMARY KEY ("house_id","word")
);

-- CreateTable
CREATE TABLE "search_cells" (
    "house_id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "media_set" int4multirange NOT NULL,
    "territory_set" int4multirange NOT NULL,
    "period" tstzrange NOT NULL,
    "exclusive" BOOLEAN NOT NULL,
    "allowed" BIGINT[],
    "refused" BIGINT[],
    "made_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "search_cells_pkey" PRIMARY KEY ("house_id","key")
);

-- CreateTable
CREATE TABLE "search_synonyms" (
    "id" TEXT NOT NULL,
    "house_id" TEXT NOT NULL,
    "words" TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by_id" TEXT,

    CONSTRAINT "search_synonyms_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "search_misses" (
    "house_id" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "times" INTEGER NOT NULL DEFAULT 1,
    "first_at" TIMESTAMPTZ(3) NOT NULL,
    "last_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "search_misses_pkey" PRIMARY KEY ("house_id","text")
);

-- CreateIndex
CREATE UNIQUE INDEX "search_entries_house_id_n_key" ON "search_entries"("house_id", "n");

-- CreateIndex
CREATE INDEX "search_entries_house_id_profile_idx" ON "search_entries"("house_id", "profile");

-- CreateIndex
CREATE INDEX "search_entries_subject_no_idx" ON "search_entries"("subject_no");

-- CreateIndex
CREATE INDEX "search_entries_words_idx" ON "search_entries" USING GIN ("words");

-- CreateIndex
CREATE INDEX "search_changes_house_id_idx" ON "search_changes"("house_id");

-- CreateIndex
CREATE INDEX "search_words_omissions_idx" ON "search_words" USING GIN ("omissions");

-- CreateIndex
CREATE INDEX "search_words_stems_idx" ON "search_words" USING GIN ("stems");

-- CreateIndex
CREATE INDEX "search_words_word_idx" ON "search_words" USING GIN ("word" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "search_synonyms_house_id_created_at_idx" ON "search_synonyms"("house_id", "created_at");

-- CreateIndex
CREATE INDEX "search_misses_house_id_last_at_idx" ON "search_misses"("house_id", "last_at");



-- What Prisma cannot say. The design and its figures are in docs/decisions/072-search-index.md.
CREATE EXTENSION IF NOT EXISTS unaccent;
ALTER INDEX search_entries_words_idx SET (fastupdate = off);
-- One bitmap is one row on one page: nothing to fetch from elsewhere, nothing to unpack.
ALTER TABLE search_bitmaps ALTER key TYPE text COLLATE "C", ALTER bits SET STORAGE PLAIN;
ALTER TABLE search_bitmaps SET (fillfactor = 100);
-- By code point, so that "begins with" is a range.
ALTER TABLE search_words ALTER word TYPE text COLLATE "C";

-- Positions of one segment as bits: bits_at(n % 60000, 1). The state is copied by row, which for the few hundred rows of a
-- rare word costs less than uniting as many bitmaps.
DO $$ BEGIN
  EXECUTE format('CREATE AGGREGATE bits_at(int, int) (SFUNC = set_bit, STYPE = bit, INITCOND = %L)', 'x' || repeat('0', 15000));
END $$;

CREATE FUNCTION search_plain(text text) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT unaccent(lower(normalize(text, NFKC)))
$$;
CREATE FUNCTION search_split(text text) RETURNS text[] LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT regexp_split_to_array(lower(normalize(text, NFKC)), '[^[:alnum:]]+')
$$;
-- A word in the house's languages, each stem once; null where every language takes it for a stop word ("man" is one in German only).
CREATE FUNCTION search_stems(word text, languages text[]) RETURNS text[] LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT array_agg(DISTINCT unaccent(forms[1])) FILTER (WHERE cardinality(forms) > 0)
  FROM (SELECT coalesce(ts_lexize((language || '_stem')::regdictionary, word), ARRAY[word]) AS forms FROM unnest(languages) AS language) l
$$;
CREATE FUNCTION search_languages(house text) RETURNS text[] LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT coalesce((SELECT languages FROM search_indexes WHERE house_id = house), ARRAY['english', 'german'])
$$;
-- The word itself and what is left when any one letter is missing: two words that share one of these are one slip apart.
CREATE FUNCTION search_omissions(word text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN length(word) < 4 THEN ARRAY[word] ELSE ARRAY(SELECT word UNION SELECT left(word, i - 1) || substr(word, i + 1) FROM generate_series(1, length(word)) i) END
$$;
-- How a key is asked of the index of words, where it has no bitmap. p/ and px/ are beginnings of words and of title words.
CREATE FUNCTION search_query(key text) RETURNS tsquery LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT (CASE WHEN key LIKE 'p/%' THEN quote_literal('w/' || substr(key, 3)) || ':*' WHEN key LIKE 'px/%' THEN quote_literal('x/' || substr(key, 4)) || ':*'
    ELSE '''' || replace(replace(key, '\', '\\'), '''', '''''') || '''' END)::tsquery
$$;

-- What an asset should be found by. Everything is a lexeme: stems (plain: anywhere; b/: title, keywords, creator; a/: title), words as
-- they stand (w/: anywhere; x/: title), t/ the whole title, f/ facets, c/ contributor, k/ collection, r/ rights profile, * all.
-- The profile is a digest of everything that the rights engine would be given but claims: equal profiles get equal answers.
CREATE FUNCTION search_wanted(nos bigint[]) RETURNS TABLE (house_id text, asset_no bigint, asset_id text, subject_no bigint, profile bigint, words tsvector)
LANGUAGE sql STABLE AS $$
  WITH a AS MATERIALIZED (
    SELECT s.*, search_languages(s.house_id) AS languages, hashtextextended(concat_ws('|', s.shows_people, s.shows_property, s.editorial_only, 'flags',
        (SELECT string_agg(row, '/' ORDER BY row) FROM (SELECT concat_ws('|', 'A', media_set, territory_set, industry_set, extract(epoch FROM lower(period)), extract(epoch FROM upper(period)), upper_inf(period), sub_licensable) AS row
          FROM acquisitions q WHERE q.asset_no = s.no AND q.superseded_at IS NULL) z),
        (SELECT string_agg(row, '/' ORDER BY row) FROM (SELECT concat_ws('|', 'R', kind, status, minor, ai_uses, sensitive_set, media_set, territory_set, industry_set, extract(epoch FROM lower(period)), extract(epoch FROM upper(period)), upper_inf(period)) AS row
          FROM releases q WHERE q.asset_no = s.no AND q.superseded_at IS NULL) z),
        (SELECT string_agg(row, '/' ORDER BY row) FROM (SELECT concat_ws('|', 'X', kind, media_set, territory_set, industry_set, extract(epoch FROM lower(period)), extract(epoch FROM upper(period)), upper_inf(period)) AS row
          FROM restrictions q WHERE q.asset_no = s.no AND q.superseded_at IS NULL) z)), 0) AS rights,
      substring(s.date_created FROM '^\d{4}')::int AS year,
      NOT EXISTS (SELECT FROM (VALUES (s.shows_people, 'MODEL'), (s.shows_property, 'PROPERTY')) AS shown (shows, kind)
        WHERE shows IS DISTINCT FROM false AND NOT EXISTS (SELECT FROM releases q WHERE q.asset_no = s.no AND q.superseded_at IS NULL
          AND q.kind::text = shown.kind AND q.status IN ('UNLIMITED', 'LIMITED'))) AS released
    FROM assets s WHERE s.no = ANY(nos) AND s.state = 'PUBLISHED' AND s.audience = 'STORE'),
  token AS (
    SELECT no, languages, word, min(level) AS level FROM (
      SELECT no, languages, unnest(search_split(title)) AS word, 1 AS level FROM a
      UNION ALL SELECT no, languages, unnest(search_split(concat_ws(' ', array_to_string(keywords, ' '), creator))), 2 FROM a
      UNION ALL SELECT no, languages, unnest(search_split(concat_ws(' ', description, alt_text))), 3 FROM a) t
    WHERE word <> '' AND length(word) <= 60 GROUP BY 1, 2, 3),
  form AS MATERIALIZED (SELECT languages, word, unaccent(word) AS plain, search_stems(word, languages) AS stems FROM (SELECT DISTINCT languages, word FROM token) d),
  lexeme AS (
    SELECT no, s.lexeme FROM token JOIN form USING (languages, word), LATERAL (
      SELECT stem FROM unnest(stems) stem UNION ALL SELECT 'b/' || stem FROM unnest(stems) stem WHERE level <= 2 UNION ALL SELECT 'a/' || stem FROM unnest(stems) stem WHERE level = 1
      UNION ALL SELECT 'w/' || plain WHERE stems IS NOT NULL UNION ALL SELECT 'x/' || plain WHERE level = 1 UNION ALL SELECT plain WHERE level = 1 AND stems IS NULL) s (lexeme)
    UNION ALL SELECT no, 't/' || left(array_to_string(search_split(search_plain(title)), ' '), 200) FROM a
    UNION ALL SELECT no, 'c/' || left(trim(creator), 100) FROM a WHERE trim(creator) <> ''
    UNION ALL SELECT no, 'r/' || rights FROM a
    UNION ALL SELECT no, '*' FROM a
    UNION ALL SELECT no, 'k/' || i.collection_id FROM a JOIN collection_items i ON i.asset_id = a.id
    UNION ALL SELECT no, 'f/' || value FROM a, unnest(ARRAY['kind:PHOTOGRAPH', 'kind:ILLUSTRATION', 'kind:LOGO', 'kind:DOCUMENT', 'kind:OTHER',
        'orientation:LANDSCAPE', 'orientation:PORTRAIT', 'orientation:SQUARE', 'colour:red', 'colour:orange', 'colour:yellow', 'colour:green', 'colour:teal', 'colour:blue',
        'colour:purple', 'colour:pink', 'colour:brown', 'colour:black', 'colour:grey', 'colour:white', 'colour:monochrome', 'licence:royalty-free', 'licence:rights-managed', 'licence:editorial'])
        WITH ORDINALITY AS f (value, i) WHERE (facets >> (i - 1)::int) & 1 = 1
    UNION ALL SELECT no, 'f/people:' || CASE WHEN shows_people THEN 'with' ELSE 'without' END FROM a WHERE shows_people IS NOT NULL
    UNION ALL SELECT no, 'f/released:yes' FROM a WHERE released
    UNION ALL SELECT no, 'f/made:' || CASE WHEN digital_source_type ~ '(?i)algorithmicmedia' THEN 'ai' ELSE 'human' END FROM a
    UNION ALL SELECT no, 'f/price:' || CASE WHEN price_factor_bp < 10000 THEN 'budget' WHEN price_factor_bp = 10000 THEN 'standard' ELSE 'premium' END FROM a
    UNION ALL SELECT no, 'f/date:' || CASE WHEN year < 1900 THEN 'before-1900' WHEN year < 1950 THEN '1900-1949' WHEN year < 2000 THEN '1950-1999' WHEN year < 2020 THEN '2000-2019' ELSE '2020-on' END
      FROM a WHERE year IS NOT NULL)
  SELECT a.house_id, a.no, a.id, coalesce(a.exclusivity_no, a.no), a.rights, l.words
  FROM a JOIN (SELECT no, array_to_tsvector(array_agg(DISTINCT lexeme)) AS words FROM lexeme GROUP BY no) l USING (no)
  ORDER BY a.published_at, a.id
$$;

-- Bring the entries of some assets up to date. What changed is noted: until the next fold, searches read it from the entry
-- itself and not from the bitmaps. Entries are locked first, so that the second of two writers sees what the first wrote.
CREATE FUNCTION search_reindex(nos bigint[]) RETURNS void LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan SET work_mem = '64MB' AS $$
BEGIN
  PERFORM FROM search_entries e WHERE e.asset_no = ANY(nos) ORDER BY e.asset_no FOR UPDATE;
  WITH wanted AS MATERIALIZED (SELECT * FROM search_wanted(nos)),
    gone AS (DELETE FROM search_entries e WHERE e.asset_no = ANY(nos) AND NOT EXISTS (SELECT FROM wanted w WHERE w.asset_no = e.asset_no AND w.house_id = e.house_id) RETURNING e.house_id, e.n),
    changed AS (UPDATE search_entries e SET words = w.words, profile = w.profile, subject_no = w.subject_no FROM wanted w
      WHERE e.asset_no = w.asset_no AND e.house_id = w.house_id AND (e.words, e.profile, e.subject_no) IS DISTINCT FROM (w.words, w.profile, w.subject_no) RETURNING e.house_id, e.n),
    made AS (INSERT INTO search_entries (house_id, asset_no, asset_id, subject_no, profile, words)
      SELECT w.house_id, w.asset_no, w.asset_id, w.subject_no, w.profile, w.words FROM wanted w WHERE NOT EXISTS (SELECT FROM search_entries e WHERE e.asset_no = w.asset_no) RETURNING house_id, n)
  INSERT INTO search_changes (house_id, n) SELECT * FROM gone UNION ALL SELECT * FROM changed UNION ALL SELECT * FROM made;
END $$;

CREATE FUNCTION search_follows_asset() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM search_reindex(ARRAY[coalesce(NEW.no, OLD.no)]);
  RETURN NULL;
END $$;
CREATE TRIGGER search_follows AFTER UPDATE ON assets FOR EACH ROW
  WHEN ((NEW.state = 'PUBLISHED' OR OLD.state = 'PUBLISHED') AND (NEW.state, NEW.audience, NEW.kind, NEW.title, NEW.description, NEW.alt_text, NEW.keywords, NEW.creator, NEW.date_created, NEW.digital_source_type,
    NEW.shows_people, NEW.shows_property, NEW.editorial_only, NEW.exclusivity_no, NEW.facets, NEW.price_factor_bp)
    IS DISTINCT FROM (OLD.state, OLD.audience, OLD.kind, OLD.title, OLD.description, OLD.alt_text, OLD.keywords, OLD.creator, OLD.date_created, OLD.digital_source_type,
    OLD.shows_people, OLD.shows_property, OLD.editorial_only, OLD.exclusivity_no, OLD.facets, OLD.price_factor_bp))
  EXECUTE FUNCTION search_follows_asset();
CREATE TRIGGER search_follows_new AFTER INSERT ON assets FOR EACH ROW WHEN (NEW.state = 'PUBLISHED') EXECUTE FUNCTION search_follows_asset();
CREATE TRIGGER search_follows_gone AFTER DELETE ON assets FOR EACH ROW WHEN (OLD.state = 'PUBLISHED') EXECUTE FUNCTION search_follows_asset();

CREATE FUNCTION search_follows_collection() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM search_reindex(array_agg(no)) FROM (SELECT a.no FROM changed c JOIN assets a ON a.id = c.asset_id AND a.state = 'PUBLISHED' AND a.audience = 'STORE' ORDER BY a.no) z HAVING count(*) > 0;
  RETURN NULL;
END $$;
CREATE TRIGGER search_follows_new AFTER INSERT ON collection_items REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION search_follows_collection();
CREATE TRIGGER search_follows_gone AFTER DELETE ON collection_items REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION search_follows_collection();

-- Rights in, consents and bans make the profile. Only what is in the index has one.
CREATE FUNCTION search_follows_rights() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM search_reindex(array_agg(no)) FROM (SELECT DISTINCT e.asset_no AS no FROM changed c JOIN search_entries e ON e.asset_no = c.asset_no ORDER BY 1) z HAVING count(*) > 0;
  RETURN NULL;
END $$;
-- A claim takes an asset, and its twins, out of what may be had: the cells are asked anew for it.
CREATE FUNCTION search_follows_claims() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO search_changes (house_id, n) SELECT DISTINCT e.house_id, e.n FROM changed c JOIN search_entries e ON e.subject_no = c.subject_no;
  RETURN NULL;
END $$;
DO $$ DECLARE t text; f text; BEGIN
  FOREACH t IN ARRAY ARRAY['acquisitions', 'releases', 'restrictions', 'claims'] LOOP
    f := CASE t WHEN 'claims' THEN 'search_follows_claims' ELSE 'search_follows_rights' END;
    EXECUTE format('CREATE TRIGGER search_follows_new AFTER INSERT ON %I REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION %I()', t, f);
    EXECUTE format('CREATE TRIGGER search_follows AFTER UPDATE ON %I REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION %I()', t, f);
  END LOOP;
END $$;

-- Whether a cell (a question about rights) lets an entry through: its profile was allowed by the engine, and no live claim on it or
-- its twins meets the box; to an exclusive wish every claim is in the way, to another only
-- exclusive ones; and exclusively only rights-managed licences are sold.
CREATE FUNCTION search_cell_lets(c search_cells, e search_entries) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT e.profile = ANY(c.allowed) AND (NOT c.exclusive OR e.words @@ '''f/licence:rights-managed''') AND NOT EXISTS (SELECT FROM claims k WHERE k.subject_no = e.subject_no AND k.state IN ('HELD', 'PENDING_PAYMENT', 'ACTIVE', 'SUSPENDED')
    AND (k.exclusive OR c.exclusive) AND k.media_set && c.media_set AND k.territory_set && c.territory_set AND k.period && c.period)
$$;

-- The keys of some entries: their lexemes, the beginnings of their words, the cells that let them through.
CREATE FUNCTION search_keys(house text, positions int[], cells text[]) RETURNS TABLE (n int, key text) LANGUAGE sql STABLE AS $$
  WITH e AS MATERIALIZED (SELECT * FROM search_entries WHERE house_id = house AND search_entries.n = ANY(positions)),
    l AS (SELECT e.n, lexeme FROM e, unnest(tsvector_to_array(e.words)) lexeme)
  SELECT l.n, lexeme FROM l
  UNION ALL SELECT l.n, 'p/' || left(substr(lexeme, 3), i) FROM l, generate_series(2, least(12, length(lexeme) - 2)) i WHERE lexeme LIKE 'w/%'
  UNION ALL SELECT l.n, 'px/' || left(substr(lexeme, 3), i) FROM l, generate_series(2, least(12, length(lexeme) - 2)) i WHERE lexeme LIKE 'x/%'
  UNION ALL SELECT e.n, c.key FROM e JOIN search_cells c ON c.house_id = house AND (cells IS NULL OR c.key = ANY(cells)) WHERE search_cell_lets(c, e)
$$;

-- The bitmaps of some keys as they are now: what changed since the last fold is taken out and put in from the entries.
CREATE FUNCTION search_current(house text, wanted text[], changed int[]) RETURNS TABLE (key text, seg int, bits varbit) LANGUAGE sql STABLE AS $$
  WITH mask AS MATERIALIZED (SELECT n / 60000 AS seg, ~ bits_at(n % 60000, 1) AS bits FROM unnest(changed) n GROUP BY 1),
    fresh AS (SELECT k.key, k.n / 60000 AS seg, bits_at(k.n % 60000, 1) AS bits FROM search_keys(house, changed, wanted) k WHERE k.key = ANY(wanted) GROUP BY 1, 2)
  SELECT key, seg, bit_or(bits) FROM (
    SELECT b.key, b.seg, CASE WHEN m.bits IS NULL THEN b.bits ELSE b.bits & m.bits END AS bits FROM search_bitmaps b LEFT JOIN mask m USING (seg) WHERE b.house_id = house AND b.key = ANY(wanted)
    UNION ALL SELECT * FROM fresh) z GROUP BY 1, 2
$$;

-- Where bits are set, the highest position first, at most so many.
CREATE FUNCTION search_positions(segs int[], bits varbit[], most int) RETURNS int[] LANGUAGE sql IMMUTABLE AS $$
  SELECT ARRAY(SELECT seg * 60000 + c * 500 + i FROM (
    SELECT seg, c, chunk, generate_series(499, 0, -1) AS i FROM (SELECT seg, c, chunk FROM
      (SELECT seg, c, substring(b FROM c * 500 + 1 FOR 500) AS chunk FROM (SELECT seg, b, generate_series(119, 0, -1) AS c FROM
        (SELECT seg, b FROM unnest(segs, bits) AS s (seg, b) WHERE bit_count(b) > 0 ORDER BY seg DESC OFFSET 0) z) y OFFSET 0) x WHERE bit_count(chunk) > 0 OFFSET 0) v) u
    WHERE get_bit(chunk, i) = 1 LIMIT most)
$$;

-- Groups of keys, one OR inside a group, one AND over all groups. A key without a bitmap is rare: its entries are read by the index of words.
CREATE FUNCTION search_all_of(house text, grps int[], keys text[], changed int[], OUT segs int[], OUT bits varbit[]) LANGUAGE plpgsql STABLE AS $$
DECLARE
  groups int := (SELECT count(DISTINCT g) FROM unnest(grps) g);
  rare int[];
  rarely tsquery[];
BEGIN
  SELECT array_agg(grp), array_agg(query) INTO rare, rarely FROM (
    SELECT grp, string_agg('(' || search_query(k)::text || ')', ' | ')::tsquery AS query FROM unnest(grps, keys) AS w (grp, k)
    WHERE k NOT LIKE 'f/%' AND k NOT LIKE 'q/%' AND k <> '*' AND NOT EXISTS (SELECT FROM search_bitmaps b WHERE b.house_id = house AND b.key = k) GROUP BY grp) z;
  SELECT array_agg(z.seg), array_agg(z.bits) INTO segs, bits FROM (
    SELECT g.seg, bit_and(g.bits) AS bits FROM (
      SELECT o.grp, o.seg, bit_or(o.bits) AS bits FROM (
        SELECT w.grp, b.seg, b.bits FROM unnest(grps, keys) AS w (grp, k) JOIN search_bitmaps b ON b.house_id = house AND b.key = w.k WHERE changed IS NULL
        UNION ALL SELECT w.grp, b.seg, b.bits FROM search_current(house, keys, changed) b JOIN unnest(grps, keys) AS w (grp, k) ON b.key = w.k WHERE changed IS NOT NULL
        UNION ALL SELECT r.grp, e.n / 60000, bits_at(e.n % 60000, 1) FROM unnest(rare, rarely) AS r (grp, query) JOIN search_entries e ON e.house_id = house AND e.words @@ r.query GROUP BY 1, 2) o
      GROUP BY 1, 2) g GROUP BY 1 HAVING count(*) = groups) z;
END $$;

-- Two sets of bits, segment by segment: 'and', 'or' (of what the first has), 'but' (the first without the second).
CREATE FUNCTION search_with(a_segs int[], a_bits varbit[], how text, b_segs int[], b_bits varbit[], OUT segs int[], OUT bits varbit[]) LANGUAGE sql IMMUTABLE AS $$
  SELECT array_agg(seg), array_agg(CASE WHEN b.bits IS NULL THEN a.bits WHEN how = 'but' THEN a.bits & ~ b.bits ELSE a.bits & b.bits END)
  FROM unnest(a_segs, a_bits) AS a (seg, bits) LEFT JOIN unnest(b_segs, b_bits) AS b (seg, bits) USING (seg) WHERE how <> 'and' OR b.bits IS NOT NULL
$$;
CREATE FUNCTION search_facet(key text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE left(key, 2) WHEN 'f/' THEN substr(split_part(key, ':', 1), 3) WHEN 'c/' THEN 'creator' WHEN 'k/' THEN 'collection' ELSE 'rights' END
$$;

-- One page of the store for a question in keys: every group of `must` (an OR each), no key of `never`, the phrases in their order, one value
-- of every filtered facet (`facets`: name to keys). Counts of a filtered facet ignore its own choice. The tiers rank in turn, inside them the
-- newest is first. `unknown`: rights profiles on which a cell that was asked for has not been heard; the caller asks the engine and comes again.
CREATE FUNCTION search_store(house text, ask jsonb, OUT ids text[], OUT total int, OUT counts jsonb, OUT unknown bigint[]) LANGUAGE plpgsql STABLE
SET jit = off SET max_parallel_workers_per_gather = 0 SET work_mem = '64MB' SET enable_seqscan = off SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  changed int[] := (SELECT array_agg(DISTINCT n) FROM search_changes WHERE house_id = house);
  names text[] := ARRAY(SELECT jsonb_object_keys(ask -> 'facets'));
  extra text[] := ARRAY(SELECT jsonb_array_elements_text(ask -> 'count'));
  need int := (ask ->> 'offset')::int + (ask ->> 'limit')::int;
  grps int[]; keys text[]; tier jsonb; facet text; wording tsquery; found int[] := '{}'; countable text[];
  w_segs int[]; w_bits varbit[]; x_segs int[]; x_bits varbit[]; m_segs int[]; m_bits varbit[];
  f_names text[] := '{}'; f_segs int[] := '{}'; f_bits varbit[] := '{}'; o_names text[] := '{}'; o_segs int[] := '{}'; o_bits varbit[] := '{}';
BEGIN
  SELECT array_agg(i), array_agg(key) INTO grps, keys FROM jsonb_array_elements(ask -> 'must') WITH ORDINALITY AS g (any_of, i), jsonb_array_elements_text(any_of) key;
  SELECT * INTO w_segs, w_bits FROM search_all_of(house, grps, keys, changed);
  IF jsonb_array_length(ask -> 'never') > 0 THEN
    SELECT array_agg(1), array_agg(key) INTO grps, keys FROM jsonb_array_elements_text(ask -> 'never') key;
    SELECT * INTO x_segs, x_bits FROM search_all_of(house, grps, keys, changed);
    SELECT * INTO w_segs, w_bits FROM search_with(w_segs, w_bits, 'but', x_segs, x_bits);
  END IF;
  IF jsonb_array_length(ask -> 'phrases') > 0 THEN
    SELECT string_agg('(' || CASE WHEN (p ->> 'never')::boolean THEN '!' ELSE '' END || '(' || (to_tsquery('english', p ->> 'words') || to_tsquery('simple', p ->> 'words'))::text || '))', ' & ')::tsquery
      INTO wording FROM jsonb_array_elements(ask -> 'phrases') p WHERE numnode(to_tsquery('english', p ->> 'words')) > 0;
    SELECT array_agg(z.seg), array_agg(z.bits) INTO w_segs, w_bits FROM (
      SELECT e.n / 60000 AS seg, bits_at(e.n % 60000, 1) AS bits FROM unnest(search_positions(w_segs, w_bits, 2147483647)) AS p (n)
        JOIN search_entries e ON e.house_id = house AND e.n = p.n JOIN assets a ON a.no = e.asset_no WHERE wording IS NULL OR a.search @@ wording GROUP BY 1) z;
  END IF;

  m_segs := w_segs; m_bits := w_bits;
  FOREACH facet IN ARRAY names LOOP
    SELECT array_agg(1), array_agg(key) INTO grps, keys FROM jsonb_array_elements_text(ask -> 'facets' -> facet) key;
    SELECT * INTO x_segs, x_bits FROM search_all_of(house, grps, keys, changed);
    f_names := f_names || array_fill(facet, ARRAY[coalesce(cardinality(x_segs), 0)]); f_segs := f_segs || x_segs; f_bits := f_bits || x_bits;
    SELECT * INTO m_segs, m_bits FROM search_with(m_segs, m_bits, 'and', x_segs, x_bits);
  END LOOP;
  SELECT coalesce(sum(bit_count(b)), 0)::int INTO total FROM unnest(m_bits) b;

  -- What each facet is counted over: everything that was found, or, for a filtered facet, what would be without its own filter.
  IF m_segs IS NOT NULL THEN
    o_names := array_fill(''::text, ARRAY[cardinality(m_segs)]); o_segs := m_segs; o_bits := m_bits;
  END IF;
  FOREACH facet IN ARRAY names LOOP
    SELECT o_names || array_agg(facet), o_segs || array_agg(z.seg), o_bits || array_agg(z.bits) INTO o_names, o_segs, o_bits FROM (
      SELECT w.seg, coalesce(bit_and(f.bits) & w.bits, w.bits) AS bits FROM unnest(w_segs, w_bits) AS w (seg, bits)
        LEFT JOIN unnest(f_names, f_segs, f_bits) AS f (name, seg, bits) ON f.seg = w.seg AND f.name <> facet
      GROUP BY w.seg, w.bits HAVING count(f.bits) = cardinality(names) - 1) z;
  END LOOP;
  IF changed IS NULL THEN
    SELECT jsonb_object_agg(key, n) INTO counts FROM (
      SELECT b.key, sum(bit_count(b.bits & o.bits)) AS n FROM (SELECT * FROM unnest(o_names, o_segs, o_bits) AS o (name, seg, bits) WHERE bit_count(bits) > 0) o
        JOIN search_bitmaps b ON b.house_id = house AND b.seg = o.seg AND (b.key LIKE 'f/%' OR b.key LIKE 'c/%' OR b.key LIKE 'k/%' OR b.key = ANY(extra))
        WHERE o.name = CASE WHEN search_facet(b.key) = ANY(names) THEN search_facet(b.key) ELSE '' END GROUP BY b.key) z WHERE n > 0;
  ELSE
    countable := ARRAY(SELECT DISTINCT key FROM search_bitmaps b WHERE b.house_id = house AND (key LIKE 'f/%' OR key LIKE 'c/%' OR key LIKE 'k/%')
      UNION SELECT lexeme FROM search_entries e, unnest(tsvector_to_array(e.words)) lexeme WHERE e.house_id = house AND e.n = ANY(changed) AND lexeme ~ '^[fck]/') || extra;
    SELECT jsonb_object_agg(key, n) INTO counts FROM (
      SELECT b.key, sum(bit_count(b.bits & o.bits)) AS n FROM unnest(o_names, o_segs, o_bits) AS o (name, seg, bits)
        JOIN search_current(house, countable, changed) b ON b.seg = o.seg
        WHERE o.name = CASE WHEN search_facet(b.key) = ANY(names) THEN search_facet(b.key) ELSE '' END GROUP BY b.key) z WHERE n > 0;
    SELECT array_agg(DISTINCT e.profile) INTO unknown FROM search_entries e JOIN search_cells c ON c.house_id = house AND c.key = ANY(extra)
      WHERE e.house_id = house AND e.n = ANY(changed) AND e.profile <> ALL(c.allowed || c.refused);
  END IF;
  counts := coalesce(counts, '{}');

  FOR tier IN SELECT jsonb_array_elements(ask -> 'tiers') LOOP
    EXIT WHEN cardinality(found) >= need OR m_segs IS NULL;
    SELECT array_agg(i), array_agg(key) INTO grps, keys FROM jsonb_array_elements(tier) WITH ORDINALITY AS g (any_of, i), jsonb_array_elements_text(any_of) key;
    SELECT * INTO x_segs, x_bits FROM search_all_of(house, grps, keys, changed);
    CONTINUE WHEN x_segs IS NULL;
    SELECT * INTO x_segs, x_bits FROM search_with(m_segs, m_bits, 'and', x_segs, x_bits);
    found := found || search_positions(x_segs, x_bits, need - cardinality(found));
    SELECT * INTO m_segs, m_bits FROM search_with(m_segs, m_bits, 'but', x_segs, x_bits);
  END LOOP;
  IF cardinality(found) < need AND m_segs IS NOT NULL THEN
    found := found || search_positions(m_segs, m_bits, need - cardinality(found));
  END IF;
  ids := ARRAY(SELECT e.asset_id FROM unnest(found[(ask ->> 'offset')::int + 1:]) WITH ORDINALITY AS p (n, i) JOIN search_entries e ON e.house_id = house AND e.n = p.n ORDER BY i);
END $$;

-- What the house knows of some words as typed: stems, the languages in which it is a stop word, whether anything has it, whether anything begins with it.
CREATE FUNCTION search_known(house text, typed text[]) RETURNS TABLE (typed_word text, plain text, stems text[], stops text[], known boolean, begins boolean, synonyms text[]) LANGUAGE sql STABLE AS $$
  WITH t AS MATERIALIZED (SELECT w AS word, search_plain(w) AS plain, search_stems(lower(w), search_languages(house)) AS stems FROM unnest(typed) w),
    fresh AS MATERIALIZED (SELECT e.words FROM search_changes c JOIN search_entries e ON e.house_id = house AND e.n = c.n WHERE c.house_id = house LIMIT 2000)
  SELECT t.word, t.plain, t.stems, ARRAY(SELECT language FROM unnest(search_languages(house)) language WHERE cardinality(ts_lexize((language || '_stem')::regdictionary, lower(t.word))) = 0),
    EXISTS (SELECT FROM search_words v WHERE v.house_id = house AND v.stems && coalesce(t.stems, ARRAY[t.plain])) OR EXISTS (SELECT FROM search_words v WHERE v.house_id = house AND v.word = t.plain)
      OR EXISTS (SELECT FROM fresh, unnest(coalesce(t.stems, ARRAY[t.plain])) s WHERE words @@ search_query(s)),
    EXISTS (SELECT FROM search_words v WHERE v.house_id = house AND v.word >= t.plain AND v.word < t.plain || U&'\FFFF')
      OR EXISTS (SELECT FROM fresh WHERE words @@ search_query('p/' || t.plain)),
    ARRAY(SELECT DISTINCT s FROM search_synonyms y, unnest(y.words) other, unnest(search_stems(lower(other), search_languages(house))) s
      WHERE y.house_id = house AND t.plain = ANY(SELECT search_plain(w) FROM unnest(y.words) w) AND search_plain(other) <> t.plain)
  FROM t
$$;

-- Words of the house that a mistyped one may stand for: one slip apart, else alike.
CREATE FUNCTION search_alike(house text, wrong text) RETURNS TABLE (word text, times int) LANGUAGE plpgsql STABLE SET pg_trgm.similarity_threshold = 0.3 AS $$
BEGIN
  RETURN QUERY SELECT v.word, v.times FROM search_words v WHERE v.house_id = house AND v.omissions && search_omissions(wrong) AND abs(length(v.word) - length(wrong)) <= 2
    UNION SELECT f.word, 1 FROM (SELECT DISTINCT substr(lexeme, 3) AS word FROM (SELECT DISTINCT c.n FROM search_changes c WHERE c.house_id = house LIMIT 200) c JOIN search_entries e ON e.house_id = house AND e.n = c.n, unnest(tsvector_to_array(e.words)) lexeme
      WHERE lexeme LIKE 'w/%' AND abs(length(lexeme) - 2 - length(wrong)) <= 2) f WHERE search_omissions(f.word) && search_omissions(wrong)
    ORDER BY 2 DESC LIMIT 60;
  IF NOT FOUND THEN
    RETURN QUERY SELECT v.word, v.times FROM search_words v WHERE v.house_id = house AND v.word % wrong ORDER BY similarity(v.word, wrong) DESC, v.times DESC LIMIT 30;
  END IF;
END $$;

-- A cell is a question about rights with the engine's answer for every profile, kept as a bitmap. Its row is written first: that waits for a
-- fold under way, and what is read afterwards is read from after it.
CREATE FUNCTION search_make_cell(house text, cell text, media int4multirange, territory int4multirange, span tstzrange, sole boolean, yes bigint[], no bigint[], now timestamptz) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO search_cells VALUES (house, cell, media, territory, span, sole, yes, no, now) ON CONFLICT (house_id, key) DO UPDATE SET allowed = yes, refused = no, made_at = now;
  DELETE FROM search_bitmaps WHERE house_id = house AND key = cell;
  INSERT INTO search_bitmaps (house_id, key, seg, bits)
    WITH taken AS (SELECT DISTINCT e.n FROM claims k JOIN search_entries e ON e.house_id = house AND e.subject_no = k.subject_no WHERE k.house_id = house AND k.state IN ('HELD', 'PENDING_PAYMENT', 'ACTIVE', 'SUSPENDED')
        AND (k.exclusive OR sole) AND k.media_set && media AND k.territory_set && territory AND k.period && span),
      blocked AS (SELECT n / 60000 AS seg, bits_at(n % 60000, 1) AS bits FROM taken GROUP BY 1),
      open AS (SELECT seg, bit_or(bits) AS bits FROM search_bitmaps WHERE house_id = house AND key = ANY(SELECT 'r/' || p FROM unnest(yes) p) GROUP BY 1)
    SELECT house, cell, o.seg, CASE WHEN b.bits IS NULL THEN o.bits ELSE o.bits & ~ b.bits END & CASE WHEN sole THEN m.bits ELSE o.bits END
    FROM open o LEFT JOIN blocked b USING (seg) LEFT JOIN search_bitmaps m ON sole AND m.house_id = house AND m.key = 'f/licence:rights-managed' AND m.seg = o.seg
    WHERE NOT sole OR m.bits IS NOT NULL;
  -- A cache: the oldest make room.
  WITH old AS (DELETE FROM search_cells WHERE house_id = house AND key IN (SELECT key FROM search_cells WHERE house_id = house ORDER BY made_at DESC, key OFFSET 400) RETURNING key)
  DELETE FROM search_bitmaps WHERE house_id = house AND key IN (SELECT key FROM old);
END $$;

-- Bits of one segment, counted from its entries, for the keys that have bitmaps.
CREATE FUNCTION search_segment(house text, segment int, mapped text[]) RETURNS TABLE (key text, bits varbit) LANGUAGE sql STABLE SET work_mem = '256MB' AS $$
  WITH pair AS MATERIALIZED (SELECT e.n, lexeme FROM search_entries e, unnest(tsvector_to_array(e.words)) lexeme WHERE e.house_id = house AND e.n >= segment * 60000 AND e.n < (segment + 1) * 60000),
    known AS MATERIALIZED (SELECT k FROM unnest(mapped) k),
    seen AS MATERIALIZED (SELECT DISTINCT lexeme FROM pair),
    stands AS MATERIALIZED (
      SELECT lexeme, k FROM seen JOIN known ON k = lexeme
      UNION ALL SELECT s.lexeme, k FROM (SELECT lexeme, CASE left(lexeme, 2) WHEN 'w/' THEN 'p/' ELSE 'px/' END || left(substr(lexeme, 3), i) AS begin
        FROM seen, generate_series(2, least(12, length(lexeme) - 2)) i WHERE lexeme LIKE 'w/%' OR lexeme LIKE 'x/%') s JOIN known ON k = s.begin)
  SELECT k, bits_at(n % 60000, 1) FROM pair JOIN stands USING (lexeme) GROUP BY k
$$;

-- Take what changed into the bitmaps and the vocabulary. The caller holds the lock of search_indexes and search_cells and a repeatable read taken
-- after it: what commits meanwhile stays noted.
CREATE FUNCTION search_fold(house text) RETURNS int LANGUAGE plpgsql AS $$
DECLARE
  noted bigint[]; changed int[]; stale text[];
BEGIN
  SELECT array_agg(id), array_agg(DISTINCT n) INTO noted, changed FROM search_changes WHERE house_id = house;
  IF noted IS NULL THEN RETURN 0; END IF;
  WITH old AS (DELETE FROM search_cells c WHERE c.house_id = house AND EXISTS (SELECT FROM search_entries e WHERE e.house_id = house AND e.n = ANY(changed) AND e.profile <> ALL(c.allowed || c.refused)) RETURNING key)
  SELECT array_agg(key) INTO stale FROM old;
  DELETE FROM search_bitmaps WHERE house_id = house AND key = ANY(stale);
  CREATE TEMP TABLE fresh ON COMMIT DROP AS
    WITH known AS MATERIALIZED (SELECT DISTINCT key FROM search_bitmaps WHERE house_id = house), makers AS (SELECT count(*) AS n FROM known WHERE key LIKE 'c/%')
    SELECT k.key, k.n / 60000 AS seg, bits_at(k.n % 60000, 1) AS bits FROM search_keys(house, changed, NULL) k
    WHERE octet_length(k.key) <= 400 AND (k.key = '*' OR k.key ~ '^[frkq]/' OR k.key IN (SELECT key FROM known) OR (k.key LIKE 'c/%' AND (SELECT n FROM makers) < 100)) GROUP BY 1, 2;
  WITH mask AS MATERIALIZED (SELECT n / 60000 AS seg, bits_at(n % 60000, 1) AS bits FROM unnest(changed) n GROUP BY 1)
  UPDATE search_bitmaps b SET bits = CASE WHEN f.bits IS NULL THEN b.bits & ~ m.bits ELSE (b.bits & ~ m.bits) | f.bits END
    FROM mask m, search_bitmaps o LEFT JOIN fresh f ON f.key = o.key AND f.seg = o.seg
    WHERE o.house_id = house AND o.seg = m.seg AND b.house_id = house AND b.key = o.key AND b.seg = o.seg AND (f.bits IS NOT NULL OR bit_count(b.bits & m.bits) > 0);
  INSERT INTO search_bitmaps (house_id, key, seg, bits) SELECT house, key, seg, bits FROM fresh ON CONFLICT DO NOTHING;
  INSERT INTO search_words (house_id, word, times, stems, omissions)
    SELECT house, word, times, coalesce(search_stems(word, search_languages(house)), ARRAY[word]), search_omissions(word) FROM (
      SELECT substr(lexeme, 3) AS word, count(*) AS times FROM search_entries e, unnest(tsvector_to_array(e.words)) lexeme
      WHERE e.house_id = house AND e.n = ANY(changed) AND lexeme LIKE 'w/%' GROUP BY 1) z ON CONFLICT DO NOTHING;
  DELETE FROM search_changes WHERE id = ANY(noted);
  DROP TABLE fresh;
  RETURN cardinality(changed);
END $$;

-- All bitmaps and the vocabulary anew, from the entries. The caller holds the lock of search_indexes and a repeatable read taken after it.
-- Searches go on with the old ones until it commits. Cells are a cache and begin anew, whoever made one meanwhile.
CREATE FUNCTION search_rebuild(house text, now timestamptz) RETURNS int LANGUAGE plpgsql SET work_mem = '256MB' AS $$
DECLARE
  noted bigint[] := (SELECT array_agg(id) FROM search_changes WHERE house_id = house);
  entry_count int := (SELECT count(*) FROM search_entries WHERE house_id = house);
  often int := greatest(200, entry_count / 200);
  mapped text[];
  segment int;
BEGIN
  CREATE TEMP TABLE seen ON COMMIT DROP AS SELECT word AS lexeme, ndoc AS times FROM ts_stat(format('SELECT words FROM search_entries WHERE house_id = %L', house));
  SELECT array_agg(key) INTO mapped FROM (
    SELECT lexeme AS key FROM seen WHERE octet_length(lexeme) <= 400 AND (lexeme = '*' OR lexeme ~ '^[frk]/' OR times >= often)
    UNION SELECT lexeme FROM (SELECT lexeme FROM seen WHERE lexeme LIKE 'c/%' AND octet_length(lexeme) <= 400 ORDER BY times DESC, lexeme LIMIT 100) c
    UNION SELECT begin FROM (SELECT CASE left(lexeme, 2) WHEN 'w/' THEN 'p/' ELSE 'px/' END || left(substr(lexeme, 3), i) AS begin, times
      FROM seen, generate_series(2, least(12, length(lexeme) - 2)) i WHERE lexeme LIKE 'w/%' OR lexeme LIKE 'x/%') b GROUP BY begin HAVING sum(times) >= often) k;
  DELETE FROM search_bitmaps WHERE house_id = house;
  FOR segment IN SELECT DISTINCT n / 60000 FROM search_entries WHERE house_id = house ORDER BY 1 LOOP
    INSERT INTO search_bitmaps (house_id, key, seg, bits) SELECT house, key, segment, bits FROM search_segment(house, segment, mapped);
  END LOOP;
  DELETE FROM search_words WHERE house_id = house;
  INSERT INTO search_words (house_id, word, times, stems, omissions)
    SELECT house, substr(lexeme, 3), times, coalesce(search_stems(substr(lexeme, 3), search_languages(house)), ARRAY[substr(lexeme, 3)]), search_omissions(substr(lexeme, 3)) FROM seen WHERE lexeme LIKE 'w/%';
  DROP TABLE seen;
  DELETE FROM search_changes WHERE id = ANY(noted);
  INSERT INTO search_indexes (house_id, entries, rebuilt_at) VALUES (house, entry_count, now) ON CONFLICT (house_id) DO UPDATE SET entries = entry_count, rebuilt_at = now;
  TRUNCATE search_cells;
  RETURN entry_count;
END $$;

-- Where the index differs from what it is made of: entries against assets (some at a time), bitmaps and cells against entries (a segment at a time).
CREATE FUNCTION search_drift_of_entries(nos bigint[]) RETURNS TABLE (what text, subject text) LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN e.asset_no IS NULL THEN 'entry-missing' WHEN w.asset_no IS NULL THEN 'entry-left-over' ELSE 'entry-differs' END, coalesce(w.asset_id, e.asset_id)
  FROM search_wanted(nos) w FULL JOIN (SELECT * FROM search_entries WHERE asset_no = ANY(nos)) e USING (asset_no)
  WHERE (w.house_id, w.words, w.profile, w.subject_no) IS DISTINCT FROM (e.house_id, e.words, e.profile, e.subject_no)
$$;
CREATE FUNCTION search_drift_of_bitmaps(house text, segment int) RETURNS TABLE (what text, subject text) LANGUAGE sql STABLE SET work_mem = '256MB' AS $$
  WITH mask AS MATERIALIZED (SELECT ~ coalesce(bits_at(n % 60000, 1), repeat('0', 60000)::bit(60000)) AS bits FROM (SELECT DISTINCT n FROM search_changes WHERE house_id = house AND n / 60000 = segment) c),
    stored AS MATERIALIZED (SELECT key, bits FROM search_bitmaps WHERE house_id = house AND seg = segment),
    made AS (
      SELECT key, bits FROM search_segment(house, segment, ARRAY(SELECT key FROM search_bitmaps WHERE house_id = house UNION SELECT '*'))
      UNION ALL SELECT c.key, bits_at(e.n % 60000, 1) FROM search_cells c JOIN search_entries e ON e.house_id = house AND e.n >= segment * 60000 AND e.n < (segment + 1) * 60000 AND search_cell_lets(c, e)
        WHERE c.house_id = house GROUP BY 1)
  SELECT 'bitmap-differs', coalesce(s.key, m.key) FROM stored s FULL JOIN made m ON m.key = s.key, mask
  WHERE bit_count((CASE WHEN s.bits IS NULL THEN m.bits WHEN m.bits IS NULL THEN s.bits ELSE s.bits # m.bits END) & mask.bits) > 0
    AND (coalesce(s.key, m.key) NOT LIKE 'q/%' OR EXISTS (SELECT FROM search_cells c WHERE c.house_id = house AND c.key = coalesce(s.key, m.key)))
$$;

-- Houses that were here before: entries of what they have in store; up to a few thousand changes are quick to read, more are folded in at once.
DO $$ DECLARE house text; BEGIN
  PERFORM search_reindex(array_agg(no)) FROM (SELECT no, ntile((SELECT count(*) / 2000 + 1 FROM assets)::int) OVER (ORDER BY published_at, id) AS part
    FROM assets WHERE state = 'PUBLISHED' AND audience = 'STORE') a GROUP BY part ORDER BY part;
  FOR house IN SELECT DISTINCT house_id FROM search_entries LOOP
    PERFORM search_rebuild(house, now());
  END LOOP;
END $$;
