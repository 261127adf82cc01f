-- What changed since the last fold, and what is few. Measured in docs/decisions/082-search-speed.md: one change made every question that came
-- before the next fold twice as dear, since each set took it out of all bitmaps and put it in again by key. Now the changed entries are read
-- once a question and held against each group of keys; bitmaps are touched where something changed, and nowhere else.

-- The only column of a wide row that could be moved out of it was its key: long ones lay in another table, and were fetched from there to be
-- compared, sorted and said. They stay where they are now, and what lies elsewhere comes back.
ALTER TABLE search_bitmaps ALTER key SET STORAGE PLAIN, ALTER house_id SET STORAGE PLAIN;
ALTER TABLE library_bitmaps ALTER key SET STORAGE PLAIN, ALTER house_id SET STORAGE PLAIN;
UPDATE search_bitmaps SET key = key || '' WHERE octet_length(key) > 16;
UPDATE library_bitmaps SET key = key || '' WHERE octet_length(key) > 16;

-- What has one of some keys, by place; null where a segment has none, and as of the last fold. `rare`: keys that have no bitmaps, whose entries
-- are read by the index of words.
CREATE FUNCTION search_any(house text, segs int[], keys text[], rare text[]) RETURNS varbit[] LANGUAGE plpgsql STABLE AS $$
DECLARE
  sparse varbit[]; wording tsquery;
BEGIN
  IF keys && rare THEN
    wording := (SELECT string_agg('(' || search_query(k)::text || ')', ' | ') FROM unnest(keys) k WHERE k = ANY(rare))::tsquery;
    sparse := search_placed(segs, ARRAY(SELECT e.n FROM search_entries e WHERE e.house_id = house AND e.words @@ wording));
    RETURN ARRAY(SELECT CASE WHEN c.bits IS NULL THEN sparse[i] WHEN sparse[i] IS NULL THEN c.bits ELSE c.bits | sparse[i] END
      FROM (SELECT i, (SELECT bit_or(b.bits)::varbit FROM search_bitmaps b WHERE b.house_id = house AND b.key = ANY(keys) AND b.seg = s.seg) AS bits FROM unnest(segs) WITH ORDINALITY AS s (seg, i) OFFSET 0) c ORDER BY i);
  ELSIF cardinality(keys) = 1 THEN
    RETURN ARRAY(SELECT (SELECT b.bits::varbit FROM search_bitmaps b WHERE b.house_id = house AND b.key = keys[1] AND b.seg = s.seg) FROM unnest(segs) WITH ORDINALITY AS s (seg, i) ORDER BY i);
  END IF;
  RETURN ARRAY(SELECT (SELECT bit_or(b.bits)::varbit FROM search_bitmaps b WHERE b.house_id = house AND b.key = ANY(keys) AND b.seg = s.seg) FROM unnest(segs) WITH ORDINALITY AS s (seg, i) ORDER BY i);
END $$;

-- A set as it is now: what changed is taken out, and what of it belongs there put in. `masks`: what changed, by place.
CREATE FUNCTION search_renewed(segs int[], bits varbit[], masks varbit[], belongs int[]) RETURNS varbit[] LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
  fresh varbit[];
BEGIN
  IF belongs <> '{}' THEN fresh := search_placed(segs, belongs); END IF;
  FOR i IN 1 .. cardinality(segs) LOOP
    CONTINUE WHEN masks[i] IS NULL;
    bits[i] := CASE WHEN bits[i] IS NULL THEN fresh[i] WHEN fresh[i] IS NULL THEN bits[i] & ~ masks[i] ELSE (bits[i] & ~ masks[i]) | fresh[i] END;
  END LOOP;
  RETURN bits;
END $$;

-- As before: one page of the store for a question in keys. Counted is what is asked for (`counted`: ranges of keys, from and before), since
-- laying bitmaps on each other is half of what a question costs: nobody sees counts while typing, or on the pages that follow the first.
CREATE OR REPLACE FUNCTION search_store(house text, ask jsonb, OUT ids text[], OUT total int, OUT counts jsonb, OUT unknown bigint[]) LANGUAGE plpgsql STABLE
SET jit = off SET max_parallel_workers_per_gather = 0 SET work_mem = '64MB' SET enable_seqscan = off SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  changed int[] := (SELECT array_agg(DISTINCT n) FROM search_changes WHERE house_id = house AND n <> 0);
  segs int[]; places int; rare text[]; names text[] := '{}'; extra text[] := ARRAY(SELECT jsonb_array_elements_text(ask -> 'count'));
  lows text[] := ARRAY(SELECT r ->> 0 FROM jsonb_array_elements(ask -> 'counted') r); highs text[] := ARRAY(SELECT r ->> 1 FROM jsonb_array_elements(ask -> 'counted') r);
  need int := (ask ->> 'offset')::int + (ask ->> 'limit')::int;
  keys text[]; tier jsonb; facet text; wording tsquery; touched tsquery; silent boolean; up boolean := coalesce((ask ->> 'up')::boolean, false);
  found int[] := '{}'; hits int[]; picked int[]; listed int[]; seldom text;
  w varbit[]; m varbit[]; x varbit[]; y varbit[]; f varbit[] := '{}'; o varbit[]; one varbit;
  masks varbit[]; news int[]; news_of text[]; renewed jsonb; used int[]; few int; firsts int[]; lasts int[]; ns int[] := '{}';
BEGIN
  segs := ARRAY(SELECT seg FROM search_bitmaps WHERE house_id = house AND key = '*' ORDER BY seg DESC);
  IF changed IS NOT NULL THEN
    segs := ARRAY(SELECT seg FROM unnest(segs) seg UNION SELECT n / 60000 FROM unnest(changed) n ORDER BY 1 DESC);
    masks := search_placed(segs, changed);
    -- Which of what changed has which group of keys: every entry is unpacked once.
    WITH e AS MATERIALIZED (SELECT n, strip(words) AS words FROM search_entries WHERE house_id = house AND n = ANY(changed)),
      g AS MATERIALIZED (SELECT grp, (SELECT string_agg('(' || search_query(k)::text || ')', ' | ') FROM jsonb_array_elements_text(grp) k)::tsquery AS query FROM (
        SELECT jsonb_array_elements(ask -> 'must') AS grp UNION SELECT ask -> 'never' UNION SELECT value FROM jsonb_each(ask -> 'facets')
        UNION SELECT jsonb_array_elements(t) FROM jsonb_array_elements(ask -> 'tiers') t WHERE jsonb_typeof(t) = 'array') z WHERE grp <> '[]')
    SELECT array_agg(n), array_agg(of) INTO news, news_of FROM (
      SELECT e.n, g.grp::text AS of FROM e, g WHERE e.words @@ g.query
      UNION SELECT e.n, g.grp::text FROM g JOIN search_cells c ON c.house_id = house AND g.grp ? c.key JOIN search_entries e ON e.house_id = house AND e.n = ANY(changed) WHERE search_cell_lets(c, e)) z;
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
      x := search_any(house, segs, keys, rare);
      IF changed IS NOT NULL THEN
        x := search_renewed(segs, x, masks, ARRAY(SELECT n FROM unnest(news, news_of) AS u (n, of) WHERE of = (ask -> 'must' -> i)::text));
      END IF;
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
    x := search_any(house, segs, ARRAY(SELECT jsonb_array_elements_text(ask -> 'never')), rare);
    IF changed IS NOT NULL THEN
      x := search_renewed(segs, x, masks, ARRAY(SELECT n FROM unnest(news, news_of) AS u (n, of) WHERE of = (ask -> 'never')::text));
    END IF;
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
      x := search_any(house, segs, ARRAY(SELECT jsonb_array_elements_text(ask -> 'facets' -> facet)), rare);
      IF changed IS NOT NULL THEN
        x := search_renewed(segs, x, masks, ARRAY(SELECT n FROM unnest(news, news_of) AS u (n, of) WHERE of = (ask -> 'facets' -> facet)::text));
      END IF;
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
    -- What changed, and was found, is counted by what its entries say now, and then no more.
    listed := ARRAY(SELECT n FROM unnest(changed) n WHERE get_bit(w[array_position(segs, n / 60000)], n % 60000) = 1);
    SELECT jsonb_object_agg(key, n) INTO renewed FROM (
      SELECT key, count(*) AS n FROM (
          SELECT e.n, lexeme AS key FROM search_entries e, unnest(tsvector_to_array(e.words)) lexeme WHERE e.house_id = house AND e.n = ANY(listed)
            AND EXISTS (SELECT FROM unnest(lows, highs) r (low, high) WHERE lexeme COLLATE "C" >= low AND lexeme COLLATE "C" < high)
          UNION ALL SELECT e.n, c.key FROM search_cells c, search_entries e WHERE c.house_id = house AND c.key = ANY(extra) AND e.house_id = house AND e.n = ANY(listed) AND search_cell_lets(c, e)) k
        WHERE get_bit(o[array_position(segs, k.n / 60000) + places * coalesce(array_position(names, search_facet(k.key)), 0)], k.n % 60000) = 1 GROUP BY key) z;
    FOR j IN 0 .. cardinality(names) LOOP
      FOR i IN 1 .. places LOOP
        IF masks[i] IS NOT NULL THEN o[j * places + i] := o[j * places + i] & ~ masks[i]; END IF;
      END LOOP;
    END LOOP;
    SELECT array_agg(DISTINCT e.profile) INTO unknown FROM search_entries e JOIN search_cells c ON c.house_id = house AND c.key = ANY(extra)
      WHERE e.house_id = house AND e.n = ANY(changed) AND e.profile <> ALL(c.allowed || c.refused);
  END IF;
  -- Where little was found, and nothing filters, its bits are looked up, and only in segments that hold some; else bitmaps are laid on each other.
  few := 0; used := '{}';
  FOR i IN 1 .. cardinality(o) LOOP
    IF bit_count(o[i]) > 0 THEN
      few := few + bit_count(o[i]); used := used || segs[(i - 1) % places + 1];
    END IF;
  END LOOP;
  IF lows = '{}' AND extra = '{}' THEN
    few := 0;
  END IF;
  IF names = '{}' AND few BETWEEN 1 AND 40 * cardinality(used) THEN
    FOR i IN 1 .. cardinality(o) LOOP
      firsts[i] := cardinality(ns) + 1;
      IF bit_count(o[i]) > 0 THEN ns := ns || search_listed(ARRAY[segs[(i - 1) % places + 1]], ARRAY[o[i]], 2147483647); END IF;
      lasts[i] := cardinality(ns);
    END LOOP;
    SELECT jsonb_object_agg(key, n) INTO counts FROM (SELECT key, sum(n) AS n FROM (
        SELECT b.key, (SELECT count(*) FROM unnest(ns[firsts[b.i]:lasts[b.i]]) p WHERE get_bit(b.bits, p % 60000) = 1) AS n FROM (
          SELECT key, bits, array_position(segs, seg) + CASE WHEN names = '{}' THEN 0 ELSE places * coalesce(array_position(names, search_facet(key)), 0) END AS i FROM (
            SELECT key, seg, bits FROM unnest(lows, highs) AS r (low, high), LATERAL (SELECT key, seg, bits FROM search_bitmaps WHERE house_id = house AND key >= low AND key < high AND seg = ANY(used) OFFSET 0) i
            UNION ALL SELECT key, seg, bits FROM search_bitmaps WHERE house_id = house AND key = ANY(extra) AND seg = ANY(used)) a) b OFFSET 0) x
      WHERE n > 0 GROUP BY key) z;
  ELSIF cardinality(names) > 0 AND few > 0 THEN
    -- Wide rows are read once and never copied: each becomes a number where it is met.
    SELECT jsonb_object_agg(key, n) INTO counts FROM (SELECT key, sum(n) AS n FROM (
        SELECT b.key, bit_count(b.bits & o[array_position(segs, b.seg) + places * coalesce(array_position(names, search_facet(b.key)), 0)]) AS n FROM (
          SELECT key, seg, bits FROM unnest(lows, highs) AS r (low, high), LATERAL (SELECT key, seg, bits FROM search_bitmaps WHERE house_id = house AND key >= low AND key < high OFFSET 0) i
          UNION ALL SELECT key, seg, bits FROM search_bitmaps WHERE house_id = house AND key = ANY(extra)) b OFFSET 0) x
      WHERE n > 0 GROUP BY key) z;
  ELSIF few > 0 THEN
    SELECT jsonb_object_agg(key, n) INTO counts FROM (SELECT key, sum(n) AS n FROM (
        SELECT b.key, bit_count(b.bits & o[array_position(segs, b.seg)]) AS n FROM (
          SELECT key, seg, bits FROM unnest(lows, highs) AS r (low, high), LATERAL (SELECT key, seg, bits FROM search_bitmaps WHERE house_id = house AND key >= low AND key < high OFFSET 0) i
          UNION ALL SELECT key, seg, bits FROM search_bitmaps WHERE house_id = house AND key = ANY(extra)) b OFFSET 0) x
      WHERE n > 0 GROUP BY key) z;
  END IF;
  counts := coalesce(counts, '{}');
  IF changed IS NOT NULL AND renewed IS NOT NULL THEN
    counts := (SELECT jsonb_object_agg(key, n) FROM (SELECT key, sum(value::int) AS n FROM (SELECT * FROM jsonb_each(counts) UNION ALL SELECT * FROM jsonb_each(renewed)) b GROUP BY key) z);
  END IF;

  -- Tier by tier, until the page is full. What was listed before is left out, so nothing has to be taken off the bitmaps.
  IF cardinality(hits) <> total THEN
    hits := ARRAY(SELECT n FROM unnest(hits) n WHERE get_bit(m[array_position(segs, n / 60000)], n % 60000) = 1);
  END IF;
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
            y := search_any(house, segs, keys, rare);
            IF changed IS NOT NULL THEN
              y := search_renewed(segs, y, masks, ARRAY(SELECT n FROM unnest(news, news_of) AS u (n, of) WHERE of = (tier -> g)::text));
            END IF;
            FOR k IN 1 .. places LOOP x[k] := x[k] & y[k]; END LOOP;
          END IF;
        END LOOP;
        IF seldom IS NULL THEN
          listed := search_listed(segs, x, need);
        ELSE
          -- The last tier is most of what was found: the newest of it fill a page without reading the rest.
          listed := '{}';
          IF i = jsonb_array_length(ask -> 'tiers') - 1 AND cardinality(hits) > 5 * need THEN
            listed := ARRAY(SELECT e.n FROM search_entries e WHERE e.house_id = house AND e.n = ANY(hits[1:2 * need]) AND e.words @@ seldom::tsquery AND get_bit(x[array_position(segs, e.n / 60000)], e.n % 60000) = 1 ORDER BY e.n DESC LIMIT need);
          END IF;
          IF cardinality(listed) < need THEN
            listed := ARRAY(SELECT e.n FROM search_entries e WHERE e.house_id = house AND e.words @@ seldom::tsquery AND get_bit(x[array_position(segs, e.n / 60000)], e.n % 60000) = 1 ORDER BY e.n DESC LIMIT need);
          END IF;
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

DROP FUNCTION search_any(text, int[], text[], text[], int[]);
