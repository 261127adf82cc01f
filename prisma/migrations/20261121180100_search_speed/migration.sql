-- Measured on a hundred thousand pictures: an executor that starts what it will not run costs more than the bitmaps themselves, a function
-- that is planned into its caller is planned at every call, and each contributor counted is one more AND. See docs/decisions/072-search-index.md.

CREATE OR REPLACE FUNCTION search_all_of(house text, grps int[], keys text[], changed int[], OUT segs int[], OUT bits varbit[]) LANGUAGE plpgsql STABLE AS $$
DECLARE
  groups int := (SELECT count(DISTINCT g) FROM unnest(grps) g);
  rare int[];
  rarely tsquery[];
BEGIN
  SELECT array_agg(grp), array_agg(query) INTO rare, rarely FROM (
    SELECT grp, string_agg('(' || search_query(k)::text || ')', ' | ')::tsquery AS query FROM unnest(grps, keys) AS w (grp, k)
    WHERE k NOT LIKE 'f/%' AND k NOT LIKE 'q/%' AND k <> '*' AND NOT EXISTS (SELECT FROM search_bitmaps b WHERE b.house_id = house AND b.key = k) GROUP BY grp) z;
  IF changed IS NULL AND rare IS NULL AND cardinality(keys) = groups THEN
    SELECT array_agg(z.seg), array_agg(z.bits) INTO segs, bits FROM (
      SELECT b.seg, bit_and(b.bits) AS bits FROM search_bitmaps b WHERE b.house_id = house AND b.key = ANY(keys) GROUP BY 1 HAVING count(*) = (SELECT count(DISTINCT k) FROM unnest(keys) k)) z;
  ELSIF changed IS NULL THEN
    SELECT array_agg(z.seg), array_agg(z.bits) INTO segs, bits FROM (
      SELECT g.seg, bit_and(g.bits) AS bits FROM (
        SELECT o.grp, o.seg, bit_or(o.bits) AS bits FROM (
          SELECT w.grp, b.seg, b.bits FROM unnest(grps, keys) AS w (grp, k) JOIN search_bitmaps b ON b.house_id = house AND b.key = w.k
          UNION ALL SELECT r.grp, e.n / 60000, bits_at(e.n % 60000, 1) FROM unnest(rare, rarely) AS r (grp, query) JOIN search_entries e ON e.house_id = house AND e.words @@ r.query GROUP BY 1, 2) o
        GROUP BY 1, 2) g GROUP BY 1 HAVING count(*) = groups) z;
  ELSE
    SELECT array_agg(z.seg), array_agg(z.bits) INTO segs, bits FROM (
      SELECT g.seg, bit_and(g.bits) AS bits FROM (
        SELECT o.grp, o.seg, bit_or(o.bits) AS bits FROM (
          SELECT w.grp, b.seg, b.bits FROM search_current(house, keys, changed) b JOIN unnest(grps, keys) AS w (grp, k) ON b.key = w.k
          UNION ALL SELECT r.grp, e.n / 60000, bits_at(e.n % 60000, 1) FROM unnest(rare, rarely) AS r (grp, query) JOIN search_entries e ON e.house_id = house AND e.words @@ r.query GROUP BY 1, 2) o
        GROUP BY 1, 2) g GROUP BY 1 HAVING count(*) = groups) z;
  END IF;
END $$;

CREATE OR REPLACE FUNCTION search_known(house text, typed text[]) RETURNS TABLE (typed_word text, plain text, stems text[], stops text[], known boolean, begins boolean, synonyms text[]) LANGUAGE plpgsql STABLE
SET enable_seqscan = off SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
  WITH t AS MATERIALIZED (SELECT w AS word, search_plain(w) AS plain, search_stems(lower(w), search_languages(house)) AS stems FROM unnest(typed) w),
    fresh AS MATERIALIZED (SELECT e.words FROM search_changes c JOIN search_entries e ON e.house_id = house AND e.n = c.n WHERE c.house_id = house LIMIT 2000)
  SELECT t.word, t.plain, t.stems, ARRAY(SELECT language FROM unnest(search_languages(house)) language WHERE cardinality(ts_lexize((language || '_stem')::regdictionary, lower(t.word))) = 0),
    EXISTS (SELECT FROM search_words v WHERE v.house_id = house AND v.stems && coalesce(t.stems, ARRAY[t.plain])) OR EXISTS (SELECT FROM search_words v WHERE v.house_id = house AND v.word = t.plain)
      OR EXISTS (SELECT FROM fresh, unnest(coalesce(t.stems, ARRAY[t.plain])) s WHERE words @@ search_query(s)),
    EXISTS (SELECT FROM search_words v WHERE v.house_id = house AND v.word >= t.plain AND v.word < t.plain || U&'\FFFF')
      OR EXISTS (SELECT FROM fresh WHERE words @@ search_query('p/' || t.plain)),
    ARRAY(SELECT DISTINCT s FROM search_synonyms y, unnest(y.words) other, unnest(search_stems(lower(other), search_languages(house))) s
      WHERE y.house_id = house AND t.plain = ANY(SELECT search_plain(w) FROM unnest(y.words) w) AND search_plain(other) <> t.plain)
  FROM t;
END $$;

CREATE OR REPLACE FUNCTION search_rebuild(house text, now timestamptz) RETURNS int LANGUAGE plpgsql SET work_mem = '256MB' AS $$
DECLARE
  noted bigint[] := (SELECT array_agg(id) FROM search_changes WHERE house_id = house);
  entry_count int := (SELECT count(*) FROM search_entries WHERE house_id = house);
  often int := greatest(200, entry_count / 200);
  mapped text[];
  segment int;
BEGIN
  CREATE TEMP TABLE seen ON COMMIT DROP AS SELECT word AS lexeme, ndoc AS times FROM ts_stat(format('SELECT words FROM search_entries WHERE house_id = %L', house));
  SELECT array_agg(key) INTO mapped FROM (
    SELECT lexeme AS key FROM seen WHERE octet_length(lexeme) <= 400 AND (lexeme = '*' OR lexeme ~ '^[frk]/' OR (times >= often AND lexeme NOT LIKE 'c/%'))
    UNION SELECT lexeme FROM (SELECT lexeme FROM seen WHERE lexeme LIKE 'c/%' AND octet_length(lexeme) <= 400 ORDER BY times DESC, lexeme LIMIT 24) c
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

CREATE OR REPLACE FUNCTION search_fold(house text) RETURNS int LANGUAGE plpgsql AS $$
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
