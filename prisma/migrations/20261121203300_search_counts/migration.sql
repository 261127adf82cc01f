-- As before; counts without carrying the bitmaps through a join and a sort. Measured in docs/decisions/082-search-speed.md.
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
  f_names text[] := '{}'; f_segs int[] := '{}'; f_bits varbit[] := '{}'; o_names text[] := '{}'; o_keys text[]; rungs tsquery[]; o_segs int[] := '{}'; o_bits varbit[] := '{}';
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
    -- Wide rows are read once and never copied into a hash or a sort: each becomes a number where it is met.
    o_keys := ARRAY(SELECT name || '/' || seg FROM unnest(o_names, o_segs) WITH ORDINALITY AS o (name, seg, i) ORDER BY i);
    SELECT jsonb_object_agg(key, n) INTO counts FROM (
      SELECT key, sum(n) AS n FROM (
        SELECT b.key, bit_count(b.bits & o_bits[array_position(o_keys, CASE WHEN cardinality(names) > 0 AND search_facet(b.key) = ANY(names) THEN search_facet(b.key) ELSE '' END || '/' || b.seg)]) AS n FROM (
          SELECT key, seg, bits FROM search_bitmaps WHERE house_id = house AND key >= 'f/' AND key < 'f0'
          UNION ALL SELECT key, seg, bits FROM search_bitmaps WHERE house_id = house AND key >= 'c/' AND key < 'c0'
          UNION ALL SELECT key, seg, bits FROM search_bitmaps WHERE house_id = house AND key >= 'k/' AND key < 'k0'
          UNION ALL SELECT key, seg, bits FROM search_bitmaps WHERE house_id = house AND key = ANY(extra)) b OFFSET 0) x
      WHERE n > 0 GROUP BY key) z;
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

  -- Few results are ranked by their entries, all tiers in one reading; many by bitmaps, tier by tier until the page is full.
  IF total BETWEEN 1 AND 120 AND jsonb_array_length(ask -> 'tiers') > 0 THEN
    rungs := ARRAY(SELECT CASE WHEN jsonb_typeof(t) = 'array' THEN (SELECT string_agg('(' || g.any_of || ')', ' & ')::tsquery FROM (
        SELECT string_agg('(' || search_query(key)::text || ')', ' | ') AS any_of FROM jsonb_array_elements(t) WITH ORDINALITY AS g (keys, i), jsonb_array_elements_text(g.keys) key GROUP BY i) g) END
      FROM jsonb_array_elements(ask -> 'tiers') WITH ORDINALITY AS r (t, j) ORDER BY j);
    found := ARRAY(SELECT n FROM (
        SELECT e.n, (SELECT min(j) FROM unnest(rungs) WITH ORDINALITY AS r (query, j) WHERE CASE WHEN query IS NULL THEN e.n = ANY(picked) ELSE e.words @@ query END) AS rung
        FROM unnest(search_positions(m_segs, m_bits, 120)) AS p (n) JOIN search_entries e ON e.house_id = house AND e.n = p.n) z
      ORDER BY rung NULLS LAST, CASE WHEN rungs[rung] IS NULL THEN array_position(picked, n) END, CASE WHEN up THEN n ELSE - n END LIMIT need);
    m_segs := NULL;
  END IF;
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

-- As before; the word itself is looked up before its stems: one step down an index instead of a list.
CREATE OR REPLACE FUNCTION search_known(house text, typed text[]) RETURNS TABLE (typed_word text, plain text, stems text[], stops text[], known boolean, begins boolean, synonyms text[]) LANGUAGE plpgsql STABLE
SET enable_seqscan = off SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
  WITH t AS MATERIALIZED (SELECT w AS word, search_plain(w) AS plain, search_stems(lower(w), search_languages(house)) AS stems FROM unnest(typed) w),
    fresh AS MATERIALIZED (SELECT e.words FROM search_changes c JOIN search_entries e ON e.house_id = house AND e.n = c.n WHERE c.house_id = house LIMIT 2000)
  SELECT t.word, t.plain, t.stems, ARRAY(SELECT language FROM unnest(search_languages(house)) language WHERE cardinality(ts_lexize((language || '_stem')::regdictionary, lower(t.word))) = 0),
    EXISTS (SELECT FROM search_words v WHERE v.house_id = house AND v.word = t.plain) OR EXISTS (SELECT FROM search_words v WHERE v.house_id = house AND v.stems && coalesce(t.stems, ARRAY[t.plain]))
      OR EXISTS (SELECT FROM fresh, unnest(coalesce(t.stems, ARRAY[t.plain])) s WHERE words @@ search_query(s)),
    EXISTS (SELECT FROM search_words v WHERE v.house_id = house AND v.word >= t.plain AND v.word < t.plain || U&'\FFFF')
      OR EXISTS (SELECT FROM fresh WHERE words @@ search_query('p/' || t.plain)),
    ARRAY(SELECT DISTINCT s FROM search_synonyms y, unnest(y.words) other, unnest(search_stems(lower(other), search_languages(house))) s
      WHERE y.house_id = house AND t.plain = ANY(SELECT search_plain(w) FROM unnest(y.words) w) AND search_plain(other) <> t.plain)
  FROM t;
END $$;
