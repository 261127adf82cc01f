-- More orders than the newest first, what a picture costs, free colours, and rights that two writers touch at once. See docs/decisions/072 and 082.

-- A colour's place in OKLab, in which distance is what people see, and the cell of a lattice (0.05 wide) that it lies in.
CREATE FUNCTION colour_cell(hex text) RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT AS $$
DECLARE
  bytes bytea; r float8; g float8; b float8; l float8; m float8; s float8;
BEGIN
  IF hex !~ '^#[0-9a-fA-F]{6}$' THEN RETURN NULL; END IF;
  bytes := decode(substr(hex, 2), 'hex');
  r := get_byte(bytes, 0) / 255.0; g := get_byte(bytes, 1) / 255.0; b := get_byte(bytes, 2) / 255.0;
  r := CASE WHEN r <= 0.04045 THEN r / 12.92 ELSE ((r + 0.055) / 1.055) ^ 2.4 END;
  g := CASE WHEN g <= 0.04045 THEN g / 12.92 ELSE ((g + 0.055) / 1.055) ^ 2.4 END;
  b := CASE WHEN b <= 0.04045 THEN b / 12.92 ELSE ((b + 0.055) / 1.055) ^ 2.4 END;
  l := cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  m := cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  s := cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  RETURN concat_ws('.', floor((0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s) / 0.05)::int,
    floor((1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s + 0.4) / 0.05)::int, floor((0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s + 0.4) / 0.05)::int);
END $$;
CREATE FUNCTION colour_cells(dominant text, palette text[]) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT ARRAY(SELECT DISTINCT cell FROM unnest(palette || dominant) hex, colour_cell(hex) cell WHERE cell IS NOT NULL)
$$;

-- As before, with the class of its price (what it is multiplied by, and of what) and the cells of its colours; only what was made by trained models is AI.
CREATE OR REPLACE FUNCTION search_wanted(nos bigint[]) RETURNS TABLE (house_id text, asset_no bigint, asset_id text, subject_no bigint, profile bigint, words tsvector)
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
    UNION ALL SELECT no, 'f/made:' || CASE WHEN digital_source_type ~ '(?i)trainedalgorithmicmedia' THEN 'ai' ELSE 'human' END FROM a
    UNION ALL SELECT no, 'f/price:' || CASE WHEN sells_royalty_free THEN 'rf:' ELSE 'rm:' END || price_factor_bp FROM a WHERE sells_royalty_free OR sells_rights_managed
    UNION ALL SELECT no, 'l/' || cell FROM a JOIN asset_versions v ON v.id = a.published_version_id, unnest(colour_cells(v.dominant_colour, v.palette)) cell
    UNION ALL SELECT no, 'f/date:' || CASE WHEN year < 1900 THEN 'before-1900' WHEN year < 1950 THEN '1900-1949' WHEN year < 2000 THEN '1950-1999' WHEN year < 2020 THEN '2000-2019' ELSE '2020-on' END
      FROM a WHERE year IS NOT NULL)
  SELECT a.house_id, a.no, a.id, coalesce(a.exclusivity_no, a.no), a.rights, l.words
  FROM a JOIN (SELECT no, array_to_tsvector(array_agg(DISTINCT lexeme)) AS words FROM lexeme GROUP BY no) l USING (no)
  ORDER BY a.published_at, a.id
$$;

-- A palette that was made anew changes cells even where its families stay.
DROP TRIGGER search_follows ON assets;
CREATE TRIGGER search_follows AFTER UPDATE ON assets FOR EACH ROW
  WHEN ((NEW.state = 'PUBLISHED' OR OLD.state = 'PUBLISHED') AND (NEW.state, NEW.audience, NEW.kind, NEW.title, NEW.description, NEW.alt_text, NEW.keywords, NEW.creator, NEW.date_created, NEW.digital_source_type,
    NEW.shows_people, NEW.shows_property, NEW.editorial_only, NEW.exclusivity_no, NEW.facets, NEW.price_factor_bp, NEW.published_version_id)
    IS DISTINCT FROM (OLD.state, OLD.audience, OLD.kind, OLD.title, OLD.description, OLD.alt_text, OLD.keywords, OLD.creator, OLD.date_created, OLD.digital_source_type,
    OLD.shows_people, OLD.shows_property, OLD.editorial_only, OLD.exclusivity_no, OLD.facets, OLD.price_factor_bp, OLD.published_version_id))
  EXECUTE FUNCTION search_follows_asset();
CREATE FUNCTION search_follows_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM search_reindex(array_agg(no)) FROM assets WHERE published_version_id = NEW.id AND state = 'PUBLISHED' HAVING count(*) > 0;
  RETURN NULL;
END $$;
CREATE TRIGGER search_follows AFTER UPDATE OF dominant_colour, palette ON asset_versions FOR EACH ROW
  WHEN ((NEW.dominant_colour, NEW.palette) IS DISTINCT FROM (OLD.dominant_colour, OLD.palette)) EXECUTE FUNCTION search_follows_version();

-- Two writers of one picture's rights, or one of its rights and one who publishes it: each locks the asset before it looks, so that the second sees
-- what the first wrote. Without that, who publishes did not see the contract that was about to be, and its writer saw no entry to bring up to date.
CREATE OR REPLACE FUNCTION search_follows_rights() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE nos bigint[] := ARRAY(SELECT DISTINCT asset_no FROM changed WHERE asset_no IS NOT NULL ORDER BY 1);
BEGIN
  PERFORM FROM assets WHERE no = ANY(nos) ORDER BY no FOR NO KEY UPDATE;
  nos := ARRAY(SELECT asset_no FROM search_entries WHERE asset_no = ANY(nos) ORDER BY 1);
  IF cardinality(nos) > 0 THEN PERFORM search_reindex(nos); END IF;
  RETURN NULL;
END $$;
-- Sales wait for nobody: what is not in the index yet is noted by its subject, and the next fold looks again.
ALTER TABLE search_changes ADD COLUMN subject_no BIGINT;
CREATE OR REPLACE FUNCTION search_follows_claims() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO search_changes (house_id, n, subject_no) SELECT DISTINCT c.house_id, coalesce(e.n, 0), CASE WHEN e.n IS NULL THEN c.subject_no END
    FROM changed c LEFT JOIN search_entries e ON e.subject_no = c.subject_no AND e.house_id = c.house_id;
  RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION search_fold(house text) RETURNS int LANGUAGE plpgsql AS $$
DECLARE
  noted bigint[]; changed int[]; stale text[];
BEGIN
  -- A claim on what was about to be published was noted by its subject: by now the entry is there, or will note itself.
  SELECT array_agg(DISTINCT c.id), array_agg(DISTINCT coalesce(e.n, c.n)) INTO noted, changed FROM search_changes c LEFT JOIN search_entries e ON c.n = 0 AND e.house_id = house AND e.subject_no = c.subject_no WHERE c.house_id = house;
  IF noted IS NULL THEN RETURN 0; END IF;
  WITH old AS (DELETE FROM search_cells c WHERE c.house_id = house AND EXISTS (SELECT FROM search_entries e WHERE e.house_id = house AND e.n = ANY(changed) AND e.profile <> ALL(c.allowed || c.refused)) RETURNING key)
  SELECT array_agg(key) INTO stale FROM old;
  DELETE FROM search_bitmaps WHERE house_id = house AND key = ANY(stale);
  CREATE TEMP TABLE fresh ON COMMIT DROP AS
    WITH known AS MATERIALIZED (SELECT DISTINCT key FROM search_bitmaps WHERE house_id = house), makers AS (SELECT count(*) AS n FROM known WHERE key LIKE 'c/%')
    SELECT k.key, k.n / 60000 AS seg, bits_at(k.n % 60000, 1) AS bits FROM search_keys(house, changed, NULL) k
    WHERE octet_length(k.key) <= 400 AND (k.key = '*' OR k.key ~ '^[frkq]/' OR k.key IN (SELECT key FROM known) OR (k.key LIKE 'c/%' AND (SELECT n FROM makers) < 24)) GROUP BY 1, 2;
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

-- Where bits are set, the lowest position first: the oldest.
CREATE FUNCTION search_positions_up(segs int[], bits varbit[], most int) RETURNS int[] LANGUAGE sql IMMUTABLE AS $$
  SELECT ARRAY(SELECT seg * 60000 + c * 500 + i FROM (
    SELECT seg, c, chunk, generate_series(0, 499) AS i FROM (SELECT seg, c, chunk FROM
      (SELECT seg, c, substring(b FROM c * 500 + 1 FOR 500) AS chunk FROM (SELECT seg, b, generate_series(0, 119) AS c FROM
        (SELECT seg, b FROM unnest(segs, bits) AS s (seg, b) WHERE bit_count(b) > 0 ORDER BY seg OFFSET 0) z) y OFFSET 0) x WHERE bit_count(chunk) > 0 OFFSET 0) v) u
    WHERE get_bit(chunk, i) = 1 LIMIT most)
$$;

-- As before, with an order that the caller names (`order`: assets, best first; the tier "order" is their place; `only`: nothing but them) and the oldest first (`up`).
CREATE OR REPLACE FUNCTION search_store(house text, ask jsonb, OUT ids text[], OUT total int, OUT counts jsonb, OUT unknown bigint[]) LANGUAGE plpgsql STABLE
SET jit = off SET max_parallel_workers_per_gather = 0 SET work_mem = '64MB' SET enable_seqscan = off SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  changed int[] := (SELECT array_agg(DISTINCT n) FROM search_changes WHERE house_id = house AND n <> 0);
  names text[] := ARRAY(SELECT jsonb_object_keys(ask -> 'facets'));
  extra text[] := ARRAY(SELECT jsonb_array_elements_text(ask -> 'count'));
  need int := (ask ->> 'offset')::int + (ask ->> 'limit')::int;
  grps int[]; keys text[]; tier jsonb; facet text; wording tsquery; found int[] := '{}'; countable text[];
  w_segs int[]; w_bits varbit[]; x_segs int[]; x_bits varbit[]; m_segs int[]; m_bits varbit[];
  picked int[]; up boolean := coalesce((ask ->> 'up')::boolean, false);
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

  picked := ARRAY(SELECT e.n FROM jsonb_array_elements_text(ask -> 'order') WITH ORDINALITY AS o (no, i) JOIN search_entries e ON e.asset_no = o.no::bigint AND e.house_id = house ORDER BY i);
  IF (ask ->> 'only')::boolean THEN
    SELECT array_agg(z.seg), array_agg(z.bits) INTO x_segs, x_bits FROM (SELECT n / 60000 AS seg, bits_at(n % 60000, 1) AS bits FROM unnest(picked) n GROUP BY 1) z;
    SELECT * INTO w_segs, w_bits FROM search_with(w_segs, w_bits, 'and', x_segs, x_bits);
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
    IF jsonb_typeof(tier) = 'string' THEN
      SELECT array_agg(z.seg), array_agg(z.bits) INTO x_segs, x_bits FROM (SELECT n / 60000 AS seg, bits_at(n % 60000, 1) AS bits FROM unnest(picked) n GROUP BY 1) z;
      CONTINUE WHEN x_segs IS NULL;
      found := found || ARRAY(SELECT p.n FROM unnest(picked) WITH ORDINALITY AS p (n, i) JOIN unnest(m_segs, m_bits) AS m (seg, bits) ON m.seg = p.n / 60000
        WHERE get_bit(m.bits, p.n % 60000) = 1 ORDER BY i LIMIT need - cardinality(found));
    ELSE
      SELECT array_agg(i), array_agg(key) INTO grps, keys FROM jsonb_array_elements(tier) WITH ORDINALITY AS g (any_of, i), jsonb_array_elements_text(any_of) key;
      SELECT * INTO x_segs, x_bits FROM search_all_of(house, grps, keys, changed);
      CONTINUE WHEN x_segs IS NULL;
      SELECT * INTO x_segs, x_bits FROM search_with(m_segs, m_bits, 'and', x_segs, x_bits);
      found := found || search_positions(x_segs, x_bits, need - cardinality(found));
    END IF;
    SELECT * INTO m_segs, m_bits FROM search_with(m_segs, m_bits, 'but', x_segs, x_bits);
  END LOOP;
  IF cardinality(found) < need AND m_segs IS NOT NULL THEN
    found := found || CASE WHEN up THEN search_positions_up(m_segs, m_bits, need - cardinality(found)) ELSE search_positions(m_segs, m_bits, need - cardinality(found)) END;
  END IF;
  ids := ARRAY(SELECT e.asset_id FROM unnest(found[(ask ->> 'offset')::int + 1:]) WITH ORDINALITY AS p (n, i) JOIN search_entries e ON e.house_id = house AND e.n = p.n ORDER BY i);
END $$;

-- When the index was last compared with the house, what was found and mended.
ALTER TABLE search_indexes ADD COLUMN checked_at TIMESTAMPTZ(3), ADD COLUMN drifted INTEGER NOT NULL DEFAULT 0;

DO $$ DECLARE house text; BEGIN
  PERFORM search_reindex(array_agg(no)) FROM (SELECT no, ntile((SELECT count(*) / 2000 + 1 FROM assets)::int) OVER (ORDER BY published_at, id) AS part
    FROM assets WHERE state = 'PUBLISHED' AND audience = 'STORE') a GROUP BY part ORDER BY part;
  FOR house IN SELECT DISTINCT house_id FROM search_entries LOOP
    PERFORM search_rebuild(house, now());
  END LOOP;
END $$;
