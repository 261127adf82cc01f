-- What is known of files that are no pictures, and what their previews are.
CREATE TYPE "preview_form" AS ENUM ('PICTURE', 'FILM', 'SOUND', 'SPECIMEN', 'PAGES', 'LIST', 'ICON');
ALTER TABLE "asset_versions" ADD COLUMN "duration_ms" INTEGER, ADD COLUMN "frames" INTEGER,
  ADD COLUMN "facts" JSONB NOT NULL DEFAULT '{}', ADD COLUMN "preview" "preview_form" NOT NULL DEFAULT 'PICTURE';
ALTER TABLE asset_versions ADD CONSTRAINT version_measures CHECK (duration_ms >= 0 AND frames >= 1 AND jsonb_typeof(facts) = 'object');

-- Documents that are there have had a first page as their preview; whatever else was taken in so far is a picture.
UPDATE asset_versions SET preview = 'PAGES' WHERE media_type = 'application/pdf';

-- The store's facets: new kinds come after all that had a bit before, so that no asset has to be written anew.
CREATE OR REPLACE FUNCTION facet_bit(value text) RETURNS int LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT 1 << (array_position(ARRAY['PHOTOGRAPH', 'ILLUSTRATION', 'LOGO', 'DOCUMENT', 'OTHER', 'LANDSCAPE', 'PORTRAIT', 'SQUARE',
    'red', 'orange', 'yellow', 'green', 'teal', 'blue', 'purple', 'pink', 'brown', 'black', 'grey', 'white', 'monochrome',
    'royalty-free', 'rights-managed', 'editorial', 'VIDEO', 'AUDIO', 'FONT', 'TEMPLATE', 'ARCHIVE'], value) - 1)
$$;
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
        'colour:purple', 'colour:pink', 'colour:brown', 'colour:black', 'colour:grey', 'colour:white', 'colour:monochrome', 'licence:royalty-free', 'licence:rights-managed', 'licence:editorial',
        'kind:VIDEO', 'kind:AUDIO', 'kind:FONT', 'kind:TEMPLATE', 'kind:ARCHIVE'])
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
