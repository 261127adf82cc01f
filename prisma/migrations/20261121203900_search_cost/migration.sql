-- What a question costs, and what a phrase is. Measured in docs/decisions/082-search-speed.md: a plan that is started costs more than the
-- bitmaps that it reads, so sets of positions are lists of bitmaps by place (the newest segment first) that plpgsql joins itself.

-- A text whose parts do not meet: between two fields, and between two keywords, lies more room than any phrase has.
CREATE FUNCTION search_said(title text, description text, keywords text[], creator text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT to_tsvector('english'::regconfig, title) || '~:256'::tsvector || to_tsvector('simple'::regconfig, title) || '~:256'::tsvector || to_tsvector('simple'::regconfig, creator) || '~:256'::tsvector
      || to_tsvector('english'::regconfig, description) || '~:256'::tsvector || to_tsvector('english'::regconfig, array_to_string(keywords, ' ' || repeat('the ', 64)))
$$;

CREATE OR REPLACE FUNCTION search_match_news(house text, most int, now timestamptz) RETURNS int LANGUAGE plpgsql SET work_mem = '64MB' SET enable_seqscan = off AS $$
DECLARE taken bigint[];
BEGIN
  WITH gone AS (DELETE FROM search_news WHERE id IN (SELECT id FROM search_news WHERE house_id = house ORDER BY id LIMIT most FOR UPDATE SKIP LOCKED) RETURNING asset_no)
    SELECT array_agg(DISTINCT asset_no) INTO taken FROM gone;
  IF taken IS NULL THEN RETURN 0; END IF;
  WITH fresh AS MATERIALIZED (SELECT e.asset_no, e.words, a.title, a.description, a.keywords, a.creator, a.published_at FROM search_entries e JOIN assets a ON a.no = e.asset_no WHERE e.house_id = house AND e.asset_no = ANY(taken)),
    fits AS (SELECT s.id, f.asset_no, row_number() OVER (PARTITION BY s.id ORDER BY f.published_at DESC, f.asset_no DESC) + s.waiting AS place
      FROM fresh f JOIN saved_searches s ON s.house_id = house AND s.pace <> 'none' AND s.anchors && tsvector_to_array(f.words)
      WHERE f.published_at > s.created_at AND f.words @@ s.query AND (s.phrases IS NULL OR search_said(f.title, f.description, f.keywords, f.creator) @@ s.phrases)),
    written AS (INSERT INTO saved_search_finds (search_id, asset_no, found_at) SELECT id, asset_no, now FROM fits WHERE place <= 100 ON CONFLICT DO NOTHING RETURNING search_id)
    UPDATE saved_searches s SET waiting = s.waiting + w.n FROM (SELECT search_id, count(*)::int AS n FROM written GROUP BY 1) w WHERE s.id = w.search_id;
  RETURN cardinality(taken);
END $$;

-- As before; by their stems words are found by the index of stems, not by reading all that the house has.
CREATE OR REPLACE FUNCTION search_known(house text, typed text[]) RETURNS TABLE (typed_word text, plain text, stems text[], stops text[], known boolean, begins boolean, synonyms text[]) LANGUAGE plpgsql STABLE
SET enable_seqscan = off SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
DECLARE
  spoken text[] := search_languages(house);
BEGIN
  RETURN QUERY
  WITH t AS MATERIALIZED (SELECT w AS word, search_plain(w) AS plain, search_stems(lower(w), spoken) AS stems FROM unnest(typed) w),
    fresh AS MATERIALIZED (SELECT e.words FROM search_changes c JOIN search_entries e ON e.house_id = house AND e.n = c.n WHERE c.house_id = house LIMIT 2000)
  SELECT t.word, t.plain, t.stems, ARRAY(SELECT language FROM unnest(spoken) language WHERE cardinality(ts_lexize((language || '_stem')::regdictionary, lower(t.word))) = 0),
    EXISTS (SELECT FROM search_words v WHERE v.house_id = house AND v.word = t.plain)
      OR EXISTS (SELECT FROM (SELECT v.house_id FROM search_words v WHERE v.stems && coalesce(t.stems, ARRAY[t.plain]) OFFSET 0) v WHERE v.house_id = house)
      OR EXISTS (SELECT FROM fresh, unnest(coalesce(t.stems, ARRAY[t.plain])) s WHERE words @@ search_query(s)),
    EXISTS (SELECT FROM search_words v WHERE v.house_id = house AND v.word >= t.plain AND v.word < t.plain || U&'\FFFF')
      OR EXISTS (SELECT FROM fresh WHERE words @@ search_query('p/' || t.plain)),
    ARRAY(SELECT DISTINCT s FROM search_synonyms y, unnest(y.words) other, unnest(search_stems(lower(other), spoken)) s
      WHERE y.house_id = house AND t.plain = ANY(SELECT search_plain(w) FROM unnest(y.words) w) AND search_plain(other) <> t.plain)
  FROM t;
END $$;

-- Where bits are set, the newest first (`up`: the oldest), at most so many. Places hold one segment each, the newest first. What is empty is
-- stepped over by the chunk, then by the sixth of a line: a sparse set costs what it has, not what it spans.
CREATE FUNCTION search_listed(segs int[], bits varbit[], most int, up boolean DEFAULT false) RETURNS int[] LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
  found int[] := '{}'; places int := coalesce(cardinality(segs), 0); i int; one varbit;
BEGIN
  FOR step IN 1 .. places LOOP
    EXIT WHEN cardinality(found) >= most;
    i := CASE WHEN up THEN places + 1 - step ELSE step END;
    one := bits[i];
    CONTINUE WHEN one IS NULL;
    IF up THEN
      found := found || ARRAY(SELECT segs[i] * 60000 + c * 480 + d * 48 + p FROM (
        SELECT c, d, piece, generate_series(0, 47) AS p FROM (SELECT c, d, substring(chunk FROM d * 48 + 1 FOR 48) AS piece FROM (
          SELECT c, chunk, generate_series(0, 9) AS d FROM (SELECT c, substring(one FROM c * 480 + 1 FOR 480) AS chunk FROM generate_series(0, 124) AS c OFFSET 0) x
          WHERE bit_count(chunk) > 0 OFFSET 0) y OFFSET 0) z WHERE bit_count(piece) > 0 OFFSET 0) v
        WHERE get_bit(piece, p) = 1 LIMIT most - cardinality(found));
    ELSE
      found := found || ARRAY(SELECT segs[i] * 60000 + c * 480 + d * 48 + p FROM (
        SELECT c, d, piece, generate_series(47, 0, -1) AS p FROM (SELECT c, d, substring(chunk FROM d * 48 + 1 FOR 48) AS piece FROM (
          SELECT c, chunk, generate_series(9, 0, -1) AS d FROM (SELECT c, substring(one FROM c * 480 + 1 FOR 480) AS chunk FROM generate_series(124, 0, -1) AS c OFFSET 0) x
          WHERE bit_count(chunk) > 0 OFFSET 0) y OFFSET 0) z WHERE bit_count(piece) > 0 OFFSET 0) v
        WHERE get_bit(piece, p) = 1 LIMIT most - cardinality(found));
    END IF;
  END LOOP;
  RETURN found;
END $$;

-- Some positions as bits, by place.
CREATE FUNCTION search_placed(segs int[], positions int[]) RETURNS varbit[] LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  RETURN ARRAY(SELECT b.bits FROM unnest(segs) WITH ORDINALITY AS s (seg, i)
    LEFT JOIN (SELECT n / 60000 AS seg, bits_at(n % 60000, 1)::varbit AS bits FROM unnest(positions) n GROUP BY 1) b USING (seg) ORDER BY i);
END $$;

-- What has one of some keys, by place; null where a segment has none. `rare`: keys that have no bitmaps, whose entries are read by the index of words.
CREATE FUNCTION search_any(house text, segs int[], keys text[], rare text[], changed int[]) RETURNS varbit[] LANGUAGE plpgsql STABLE AS $$
DECLARE
  sparse varbit[]; wording tsquery;
BEGIN
  IF keys && rare THEN
    wording := (SELECT string_agg('(' || search_query(k)::text || ')', ' | ') FROM unnest(keys) k WHERE k = ANY(rare))::tsquery;
    sparse := search_placed(segs, ARRAY(SELECT e.n FROM search_entries e WHERE e.house_id = house AND e.words @@ wording));
  END IF;
  IF changed IS NOT NULL THEN
    RETURN ARRAY(SELECT CASE WHEN c.bits IS NULL THEN sparse[i] WHEN sparse[i] IS NULL THEN c.bits ELSE c.bits | sparse[i] END
      FROM unnest(segs) WITH ORDINALITY AS s (seg, i) LEFT JOIN (SELECT seg, bit_or(bits) AS bits FROM search_current(house, keys, changed) GROUP BY seg) c USING (seg) ORDER BY i);
  ELSIF sparse IS NOT NULL THEN
    RETURN ARRAY(SELECT CASE WHEN c.bits IS NULL THEN sparse[i] WHEN sparse[i] IS NULL THEN c.bits ELSE c.bits | sparse[i] END
      FROM (SELECT i, (SELECT bit_or(b.bits)::varbit FROM search_bitmaps b WHERE b.house_id = house AND b.key = ANY(keys) AND b.seg = s.seg) AS bits FROM unnest(segs) WITH ORDINALITY AS s (seg, i) OFFSET 0) c ORDER BY i);
  ELSIF cardinality(keys) = 1 THEN
    RETURN ARRAY(SELECT (SELECT b.bits::varbit FROM search_bitmaps b WHERE b.house_id = house AND b.key = keys[1] AND b.seg = s.seg) FROM unnest(segs) WITH ORDINALITY AS s (seg, i) ORDER BY i);
  END IF;
  RETURN ARRAY(SELECT (SELECT bit_or(b.bits)::varbit FROM search_bitmaps b WHERE b.house_id = house AND b.key = ANY(keys) AND b.seg = s.seg) FROM unnest(segs) WITH ORDINALITY AS s (seg, i) ORDER BY i);
END $$;

-- As before: one page of the store for a question in keys.
CREATE OR REPLACE FUNCTION search_store(house text, ask jsonb, OUT ids text[], OUT total int, OUT counts jsonb, OUT unknown bigint[]) LANGUAGE plpgsql STABLE
SET jit = off SET max_parallel_workers_per_gather = 0 SET work_mem = '64MB' SET enable_seqscan = off SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  changed int[] := (SELECT array_agg(DISTINCT n) FROM search_changes WHERE house_id = house AND n <> 0);
  segs int[]; places int; rare text[]; names text[] := '{}'; extra text[] := ARRAY(SELECT jsonb_array_elements_text(ask -> 'count'));
  need int := (ask ->> 'offset')::int + (ask ->> 'limit')::int;
  keys text[]; tier jsonb; facet text; wording tsquery; touched tsquery; silent boolean; up boolean := coalesce((ask ->> 'up')::boolean, false);
  found int[] := '{}'; hits int[]; picked int[]; listed int[]; seldom text; countable text[];
  w varbit[]; m varbit[]; x varbit[]; y varbit[]; f varbit[] := '{}'; o varbit[]; one varbit;
BEGIN
  segs := ARRAY(SELECT seg FROM search_bitmaps WHERE house_id = house AND key = '*' ORDER BY seg DESC);
  IF changed IS NOT NULL THEN
    segs := ARRAY(SELECT seg FROM unnest(segs) seg UNION SELECT n / 60000 FROM unnest(changed) n ORDER BY 1 DESC);
  END IF;
  places := cardinality(segs);
  -- Keys without bitmaps, of all that will be asked for.
  rare := ARRAY(SELECT DISTINCT k FROM (
      SELECT jsonb_array_elements_text(g) AS k FROM jsonb_array_elements(ask -> 'must') g UNION ALL SELECT jsonb_array_elements_text(ask -> 'never')
      UNION ALL SELECT jsonb_array_elements_text(values) FROM jsonb_each(ask -> 'facets') f (name, values)
      UNION ALL SELECT jsonb_array_elements_text(g) FROM jsonb_array_elements(ask -> 'tiers') t, jsonb_array_elements(CASE jsonb_typeof(t) WHEN 'array' THEN t ELSE '[]' END) g) z
    WHERE k NOT LIKE 'f/%' AND k NOT LIKE 'q/%' AND k <> '*' AND (SELECT b.seg FROM search_bitmaps b WHERE b.house_id = house AND b.key = k LIMIT 1) IS NULL);

  -- Words. Groups of rare keys alone are asked of the index of words together.
  FOR i IN 0 .. jsonb_array_length(ask -> 'must') - 1 LOOP
    keys := ARRAY(SELECT jsonb_array_elements_text(ask -> 'must' -> i));
    IF keys <@ rare THEN
      seldom := concat_ws(' & ', seldom, '(' || (SELECT string_agg('(' || search_query(k)::text || ')', ' | ') FROM unnest(keys) k) || ')');
    ELSE
      x := search_any(house, segs, keys, rare, changed);
      IF w IS NULL THEN w := x; ELSE FOR k IN 1 .. places LOOP w[k] := w[k] & x[k]; END LOOP; END IF;
    END IF;
  END LOOP;
  IF seldom IS NOT NULL THEN
    hits := ARRAY(SELECT e.n FROM search_entries e WHERE e.house_id = house AND e.words @@ seldom::tsquery ORDER BY e.n DESC);
    IF w IS NULL THEN
      w := search_placed(segs, hits);
    ELSE
      hits := ARRAY(SELECT n FROM unnest(hits) n WHERE get_bit(w[array_position(segs, n / 60000)], n % 60000) = 1);
      w := search_placed(segs, hits);
    END IF;
  END IF;
  IF jsonb_array_length(ask -> 'never') > 0 THEN
    x := search_any(house, segs, ARRAY(SELECT jsonb_array_elements_text(ask -> 'never')), rare, changed);
    FOR i IN 1 .. places LOOP
      IF x[i] IS NOT NULL THEN w[i] := w[i] & ~ x[i]; END IF;
    END LOOP;
  END IF;
  -- Phrases. What has none of them anywhere need not be read again.
  IF jsonb_array_length(ask -> 'phrases') > 0 THEN
    wording := search_wording(ask -> 'phrases');
    IF wording IS NOT NULL THEN
      SELECT string_agg('(' || (to_tsquery('english', p ->> 'words') || to_tsquery('simple', p ->> 'words'))::text || ')', ' | ')::tsquery INTO touched FROM jsonb_array_elements(ask -> 'phrases') p;
      silent := ''::tsvector @@ wording;
      w := search_placed(segs, ARRAY(SELECT p.n FROM unnest(search_listed(segs, w, 2147483647)) AS p (n) JOIN search_entries e ON e.house_id = house AND e.n = p.n JOIN assets a ON a.no = e.asset_no
        WHERE CASE WHEN a.search @@ touched THEN search_said(a.title, a.description, a.keywords, a.creator) @@ wording ELSE silent END));
    END IF;
  END IF;
  IF ask ? 'order' THEN
    picked := ARRAY(SELECT e.n FROM jsonb_array_elements_text(ask -> 'order') WITH ORDINALITY AS o (no, i) JOIN search_entries e ON e.asset_no = o.no::bigint AND e.house_id = house ORDER BY i);
    IF (ask ->> 'only')::boolean THEN
      x := search_placed(segs, picked);
      FOR i IN 1 .. places LOOP w[i] := w[i] & x[i]; END LOOP;
    END IF;
  END IF;

  -- Filters, and what each facet is counted over: everything that was found, or, for a filtered facet, what would be without its own filter.
  m := w;
  IF ask -> 'facets' <> '{}' THEN
    names := ARRAY(SELECT jsonb_object_keys(ask -> 'facets'));
    FOREACH facet IN ARRAY names LOOP
      x := search_any(house, segs, ARRAY(SELECT jsonb_array_elements_text(ask -> 'facets' -> facet)), rare, changed);
      FOR i IN 1 .. places LOOP m[i] := m[i] & x[i]; END LOOP;
      f := f || x;
    END LOOP;
  END IF;
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
  total := 0;
  FOR i IN 1 .. places LOOP total := total + coalesce(bit_count(m[i]), 0); END LOOP;

  IF changed IS NOT NULL THEN
    countable := ARRAY(SELECT DISTINCT key FROM search_bitmaps b WHERE b.house_id = house AND (key LIKE 'f/%' OR key LIKE 'c/%' OR key LIKE 'k/%')
      UNION SELECT lexeme FROM search_entries e, unnest(tsvector_to_array(e.words)) lexeme WHERE e.house_id = house AND e.n = ANY(changed) AND lexeme ~ '^[fck]/') || extra;
    SELECT jsonb_object_agg(key, n) INTO counts FROM (
      SELECT b.key, sum(bit_count(b.bits & o[array_position(segs, b.seg) + places * coalesce(array_position(names, search_facet(b.key)), 0)])) AS n
        FROM search_current(house, countable, changed) b GROUP BY b.key) z WHERE n > 0;
    SELECT array_agg(DISTINCT e.profile) INTO unknown FROM search_entries e JOIN search_cells c ON c.house_id = house AND c.key = ANY(extra)
      WHERE e.house_id = house AND e.n = ANY(changed) AND e.profile <> ALL(c.allowed || c.refused);
  ELSIF cardinality(names) > 0 THEN
    -- Wide rows are read once and never copied: each becomes a number where it is met.
    SELECT jsonb_object_agg(key, n) INTO counts FROM (SELECT key, sum(n) AS n FROM (
        SELECT b.key, bit_count(b.bits & o[array_position(segs, b.seg) + places * coalesce(array_position(names, search_facet(b.key)), 0)]) AS n FROM (
          SELECT key, seg, bits FROM search_bitmaps WHERE house_id = house AND key >= 'f/' AND key < 'f0' UNION ALL SELECT key, seg, bits FROM search_bitmaps WHERE house_id = house AND key >= 'c/' AND key < 'c0'
          UNION ALL SELECT key, seg, bits FROM search_bitmaps WHERE house_id = house AND key >= 'k/' AND key < 'k0' UNION ALL SELECT key, seg, bits FROM search_bitmaps WHERE house_id = house AND key = ANY(extra)) b OFFSET 0) x
      WHERE n > 0 GROUP BY key) z;
  ELSIF total > 0 THEN
    SELECT jsonb_object_agg(key, n) INTO counts FROM (SELECT key, sum(n) AS n FROM (
        SELECT b.key, bit_count(b.bits & m[array_position(segs, b.seg)]) AS n FROM (
          SELECT key, seg, bits FROM search_bitmaps WHERE house_id = house AND key >= 'f/' AND key < 'f0' UNION ALL SELECT key, seg, bits FROM search_bitmaps WHERE house_id = house AND key >= 'c/' AND key < 'c0'
          UNION ALL SELECT key, seg, bits FROM search_bitmaps WHERE house_id = house AND key >= 'k/' AND key < 'k0' UNION ALL SELECT key, seg, bits FROM search_bitmaps WHERE house_id = house AND key = ANY(extra)) b OFFSET 0) x
      WHERE n > 0 GROUP BY key) z;
  END IF;
  counts := coalesce(counts, '{}');

  -- Tier by tier, until the page is full. What was listed before is left out, so nothing has to be taken off the bitmaps.
  hits := ARRAY(SELECT n FROM unnest(hits) n WHERE get_bit(m[array_position(segs, n / 60000)], n % 60000) = 1);
  IF total > 0 THEN
    FOR i IN 0 .. jsonb_array_length(ask -> 'tiers') - 1 LOOP
      EXIT WHEN cardinality(found) >= least(need, total);
      tier := ask -> 'tiers' -> i;
      IF jsonb_typeof(tier) = 'string' THEN
        listed := ARRAY(SELECT p.n FROM unnest(picked) WITH ORDINALITY AS p (n, nth) WHERE get_bit(m[array_position(segs, p.n / 60000)], p.n % 60000) = 1 ORDER BY nth);
      ELSE
        x := m; seldom := NULL;
        FOR g IN 0 .. jsonb_array_length(tier) - 1 LOOP
          keys := ARRAY(SELECT jsonb_array_elements_text(tier -> g));
          IF keys <@ rare THEN
            seldom := concat_ws(' & ', seldom, '(' || (SELECT string_agg('(' || search_query(k)::text || ')', ' | ') FROM unnest(keys) k) || ')');
          ELSE
            y := search_any(house, segs, keys, rare, changed);
            FOR k IN 1 .. places LOOP x[k] := x[k] & y[k]; END LOOP;
          END IF;
        END LOOP;
        IF seldom IS NULL THEN
          listed := search_listed(segs, x, need);
        ELSE
          listed := ARRAY(SELECT e.n FROM search_entries e WHERE e.house_id = house AND e.words @@ seldom::tsquery AND get_bit(x[array_position(segs, e.n / 60000)], e.n % 60000) = 1 ORDER BY e.n DESC LIMIT need);
        END IF;
      END IF;
      found := found || ARRAY(SELECT p.n FROM unnest(listed) WITH ORDINALITY AS p (n, nth) WHERE p.n NOT IN (SELECT unnest(found)) ORDER BY nth LIMIT need - cardinality(found));
    END LOOP;
    IF cardinality(found) < need AND cardinality(found) < total THEN
      found := found || ARRAY(SELECT p.n FROM unnest(CASE WHEN cardinality(hits) = total AND NOT up THEN hits ELSE search_listed(segs, m, need, up) END) WITH ORDINALITY AS p (n, nth) WHERE p.n NOT IN (SELECT unnest(found)) ORDER BY nth LIMIT need - cardinality(found));
    END IF;
  END IF;
  found := found[(ask ->> 'offset')::int + 1:];
  ids := (SELECT array_agg(e.asset_id ORDER BY array_position(found, e.n)) FROM search_entries e WHERE e.house_id = house AND e.n = ANY(found));
  ids := coalesce(ids, '{}');
END $$;

DROP FUNCTION search_all_of(text, int[], text[], int[]);
DROP FUNCTION search_with(int[], varbit[], text, int[], varbit[]);
DROP FUNCTION search_positions(int[], varbit[], int);
DROP FUNCTION search_positions_up(int[], varbit[], int);
