-- What a question of the library costs, measured at 100,000 assets (docs/decisions/097-library-search.md): positions become bits by words of thirty-two,
-- not one copy of a segment each; a phrase asks for its words once.

-- Bits from words of thirty-two: which word, and which bits of it.
CREATE FUNCTION library_bits_of(places int, slots int[], masks int[]) RETURNS varbit[] LANGUAGE sql IMMUTABLE AS $$
  SELECT ARRAY(SELECT string_agg(coalesce(m.mask, 0)::bit(32)::text, '' ORDER BY g.i)::varbit FROM generate_series(0, places * 1000 - 1) AS g (i)
    LEFT JOIN unnest(slots, masks) AS m (slot, mask) ON m.slot = g.i GROUP BY g.i / 1000 ORDER BY g.i / 1000)
$$;

CREATE OR REPLACE FUNCTION library_placed(places int, positions int[]) RETURNS varbit[] LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE slots int[]; masks int[];
BEGIN
  IF coalesce(cardinality(positions), 0) < 1500 THEN
    RETURN ARRAY(SELECT coalesce(b.bits, repeat('0', 32000)::varbit) FROM generate_series(0, places - 1) AS s (seg)
      LEFT JOIN (SELECT n / 32000 AS seg, library_bits_at(n % 32000, 1)::varbit AS bits FROM unnest(positions) n GROUP BY 1) b USING (seg) ORDER BY seg);
  END IF;
  SELECT array_agg(slot), array_agg(mask) INTO slots, masks FROM (SELECT n / 32 AS slot, bit_or(1 << (31 - n % 32)) AS mask FROM unnest(positions) n GROUP BY 1) z;
  RETURN library_bits_of(places, slots, masks);
END $$;

CREATE OR REPLACE FUNCTION library_any(house text, places int, leaves jsonb) RETURNS varbit[] LANGUAGE plpgsql STABLE AS $$
DECLARE
  keys text[] := ARRAY(SELECT leaf #>> '{}' FROM jsonb_array_elements(leaves) leaf WHERE jsonb_typeof(leaf) = 'string');
  mapped text[]; wording text; leaf jsonb; result varbit[]; other varbit[]; more varbit[]; hits int[]; slots int[]; masks int[]; spelt text;
BEGIN
  mapped := ARRAY(SELECT k FROM unnest(keys) k WHERE (SELECT b.seg FROM library_bitmaps b WHERE b.house_id = house AND b.key = k LIMIT 1) IS NOT NULL);
  result := ARRAY(SELECT coalesce((SELECT bit_or(b.bits)::varbit FROM library_bitmaps b WHERE b.house_id = house AND b.key = ANY(mapped) AND b.seg = s), repeat('0', 32000)::varbit) FROM generate_series(0, places - 1) s ORDER BY s);
  IF cardinality(keys) > cardinality(mapped) THEN
    wording := (SELECT string_agg('(' || search_query(k)::text || ')', ' | ') FROM unnest(keys) k WHERE k <> ALL(mapped));
  END IF;
  IF jsonb_path_exists(leaves, '$[*].begin') THEN
    wording := concat_ws(' | ', wording, (SELECT string_agg(quote_literal(l ->> 'begin') || ':*', ' | ') FROM jsonb_array_elements(leaves) l WHERE jsonb_typeof(l) = 'object' AND l ? 'begin'));
  END IF;
  IF wording <> '' THEN
    other := library_placed(places, ARRAY(SELECT e.n FROM library_entries e WHERE e.house_id = house AND e.words @@ wording::tsquery));
    FOR i IN 1 .. places LOOP result[i] := result[i] | other[i]; END LOOP;
  END IF;
  FOR leaf IN SELECT l FROM jsonb_array_elements(leaves) l WHERE jsonb_typeof(l) = 'object' AND NOT l ? 'begin' LOOP
    IF leaf ? 'not' THEN
      other := library_any(house, places, '["*"]');
      more := library_any(house, places, jsonb_build_array(leaf -> 'not'));
      FOR i IN 1 .. places LOOP other[i] := other[i] & ~ more[i]; END LOOP;
    ELSIF leaf ? 'ids' THEN
      other := library_placed(places, ARRAY(SELECT e.n FROM library_entries e WHERE e.house_id = house AND e.asset_id IN (SELECT jsonb_array_elements_text(leaf -> 'ids'))));
    ELSIF leaf ? 'said' THEN
      other := library_any(house, places, '["*"]');
      FOR spelt IN SELECT jsonb_array_elements_text(leaf -> 'words') LOOP
        more := library_any(house, places, jsonb_build_array(spelt));
        FOR i IN 1 .. places LOOP other[i] := other[i] & more[i]; END LOOP;
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
      EXECUTE format('SELECT array_agg(slot), array_agg(mask) FROM (SELECT n / 32 AS slot, bit_or(1 << (31 - n %% 32)) AS mask FROM library_entries WHERE house_id = $1%s%s GROUP BY 1) z',
        CASE WHEN leaf ->> 'from' IS NOT NULL THEN format(' AND %I >= %L', leaf ->> 'column', leaf ->> 'from') END,
        CASE WHEN leaf ->> 'to' IS NOT NULL THEN format(' AND %I < %L', leaf ->> 'column', leaf ->> 'to') END) INTO slots, masks USING house;
      other := library_bits_of(places, slots, masks);
    END IF;
    FOR i IN 1 .. places LOOP result[i] := result[i] | other[i]; END LOOP;
  END LOOP;
  RETURN result;
END $$;
