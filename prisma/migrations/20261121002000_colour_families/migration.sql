-- The families of a picture's colours, by which people filter. Said in SQL alone: the facet counts and the filter cannot
-- disagree, and no version was ever stored without them.
CREATE FUNCTION colour_family(hex text) RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT AS $$
DECLARE
  bytes bytea; r int; g int; b int; high int; low int; chroma int; light int; hue numeric;
BEGIN
  IF hex !~ '^#[0-9a-fA-F]{6}$' THEN RETURN NULL; END IF;
  bytes := decode(substr(hex, 2), 'hex');
  r := get_byte(bytes, 0); g := get_byte(bytes, 1); b := get_byte(bytes, 2);
  high := greatest(r, g, b); low := least(r, g, b); chroma := high - low; light := (high + low) / 2;
  IF high < 48 THEN RETURN 'black'; END IF;
  IF low > 218 AND chroma < 26 THEN RETURN 'white'; END IF;
  IF chroma < 26 THEN RETURN 'grey'; END IF;
  hue := 60.0 * CASE high WHEN r THEN (g - b)::numeric / chroma WHEN g THEN 2 + (b - r)::numeric / chroma ELSE 4 + (r - g)::numeric / chroma END;
  IF hue < 0 THEN hue := hue + 360; END IF;
  IF hue BETWEEN 12 AND 55 AND (light < 105 OR (chroma < 90 AND light < 170)) THEN RETURN 'brown'; END IF;
  RETURN CASE
    WHEN hue < 14 OR hue >= 342 THEN 'red' WHEN hue < 42 THEN 'orange' WHEN hue < 70 THEN 'yellow' WHEN hue < 165 THEN 'green'
    WHEN hue < 192 THEN 'teal' WHEN hue < 255 THEN 'blue' WHEN hue < 290 THEN 'purple' ELSE 'pink' END;
END $$;

-- Black, grey and white alone make a picture `monochrome`; beside a colour they are hardly what somebody looks for.
CREATE FUNCTION colour_families(dominant text, palette text[]) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  WITH family AS (SELECT DISTINCT colour_family(hex) AS name FROM unnest(palette || dominant) AS hex WHERE hex IS NOT NULL),
       known AS (SELECT name FROM family WHERE name IS NOT NULL)
  SELECT coalesce(array_agg(name ORDER BY name), '{}') || CASE
    WHEN bool_and(name IN ('black', 'grey', 'white')) THEN ARRAY['monochrome'] ELSE '{}'::text[] END
  FROM known
$$;

ALTER TABLE asset_versions ADD COLUMN colour_families text[] GENERATED ALWAYS AS (colour_families(dominant_colour, palette)) STORED;
