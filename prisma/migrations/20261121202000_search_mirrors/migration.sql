-- CreateTable
CREATE TABLE "search_mirrors" (
    "house_id" TEXT NOT NULL,
    "collection" TEXT,
    "building" TEXT,
    "building_at" TIMESTAMPTZ(3),
    "built_at" TIMESTAMPTZ(3),
    "sent_at" TIMESTAMPTZ(3),
    "trouble" TEXT,
    "held_by" TEXT,
    "held_until" TIMESTAMPTZ(3),

    CONSTRAINT "search_mirrors_pkey" PRIMARY KEY ("house_id")
);

-- CreateTable
CREATE TABLE "search_outbox" (
    "id" BIGSERIAL NOT NULL,
    "house_id" TEXT NOT NULL,
    "n" INTEGER,
    "sent" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "search_outbox_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "search_outbox_house_id_sent_id_idx" ON "search_outbox"("house_id", "sent", "id");

-- AddForeignKey
ALTER TABLE "search_outbox" ADD CONSTRAINT "search_outbox_house_id_fkey" FOREIGN KEY ("house_id") REFERENCES "search_mirrors"("house_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Prisma cannot say. The design is in docs/decisions/081-typesense.md.
ALTER TABLE search_mirrors ADD CONSTRAINT search_mirrors_held CHECK ((held_by IS NULL) = (held_until IS NULL)),
  ADD CONSTRAINT search_mirrors_building CHECK ((building IS NULL) = (building_at IS NULL)),
  ADD CONSTRAINT search_mirrors_two_collections CHECK (building IS DISTINCT FROM collection OR building IS NULL);

-- The stream that keeps the bitmaps keeps the second engine too: what is noted as changed is also noted here, in the transaction of the change,
-- and a job sends it on. One job a transaction: the setting ends with it.
CREATE FUNCTION search_tells(houses text[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE house text;
BEGIN
  FOREACH house IN ARRAY houses LOOP
    CONTINUE WHEN coalesce(current_setting('clearmark.search_told', true), '') = house;
    PERFORM graphile_worker.add_job('catalog.send-search', json_build_object('houseId', house), max_attempts => 3);
    PERFORM set_config('clearmark.search_told', house, true);
  END LOOP;
END $$;
CREATE FUNCTION search_mirror_follows() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE houses text[];
BEGIN
  WITH noted AS (INSERT INTO search_outbox (house_id, n) SELECT DISTINCT c.house_id, c.n FROM changed c JOIN search_mirrors m USING (house_id) RETURNING house_id)
  SELECT array_agg(DISTINCT house_id) INTO houses FROM noted;
  IF houses IS NOT NULL THEN PERFORM search_tells(houses); END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER search_mirror_follows AFTER INSERT ON search_changes REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION search_mirror_follows();
CREATE FUNCTION search_mirror_follows_synonyms() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE houses text[];
BEGIN
  WITH noted AS (INSERT INTO search_outbox (house_id, n) SELECT DISTINCT c.house_id, NULL::int FROM changed c JOIN search_mirrors m USING (house_id) RETURNING house_id)
  SELECT array_agg(DISTINCT house_id) INTO houses FROM noted;
  IF houses IS NOT NULL THEN PERFORM search_tells(houses); END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER search_mirror_follows_new AFTER INSERT ON search_synonyms REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION search_mirror_follows_synonyms();
CREATE TRIGGER search_mirror_follows_gone AFTER DELETE ON search_synonyms REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION search_mirror_follows_synonyms();

-- One form for all forms of a word in all languages of the house: each stemmer is given what the one before left. An engine that looks for one
-- word at a time cannot be asked for "this stem or that"; this form is on the picture beside both.
CREATE FUNCTION search_one_form(word text, languages text[]) RETURNS text LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
DECLARE language text; form text := word;
BEGIN
  FOREACH language IN ARRAY languages LOOP
    form := coalesce(unaccent((ts_lexize((language || '_stem')::regdictionary, form))[1]), form);
  END LOOP;
  RETURN unaccent(form);
END $$;

-- Entries as the second engine is given them: words in the title, near it and anywhere (as they stand, stemmed, and in one form), the texts letter
-- by letter for phrases, and everything that is filtered or counted as the keys that it has in the entry.
CREATE FUNCTION search_documents(house text, positions int[]) RETURNS TABLE (n int, asset_id text, title_words text[], near_words text[], all_words text[], title text, near text, body text, keys text[])
LANGUAGE sql STABLE AS $$
  WITH e AS MATERIALIZED (SELECT s.n, s.asset_id, s.asset_no, s.words, (search_languages(house))[2:] AS others FROM search_entries s WHERE s.house_id = house AND s.n = ANY(positions)),
    l AS MATERIALIZED (SELECT e.n, e.others, lexeme FROM e, unnest(tsvector_to_array(e.words)) lexeme),
    token AS (
      SELECT l.n, 1 AS level, v.word FROM l, LATERAL (SELECT substr(lexeme, 3) AS word UNION ALL SELECT search_one_form(substr(lexeme, 3), others) WHERE lexeme LIKE 'a/%') v WHERE lexeme LIKE 'a/%' OR lexeme LIKE 'x/%'
      UNION ALL SELECT l.n, 2, v.word FROM l, LATERAL (SELECT substr(lexeme, 3) AS word UNION ALL SELECT search_one_form(substr(lexeme, 3), others)) v WHERE lexeme LIKE 'b/%'
      UNION ALL SELECT l.n, 3, v.word FROM l, LATERAL (SELECT substr(lexeme, 3) AS word WHERE lexeme LIKE 'w/%'
        UNION ALL SELECT lexeme WHERE lexeme !~ '[/*]' UNION ALL SELECT search_one_form(lexeme, others) WHERE lexeme !~ '[/*]') v),
    worded AS (SELECT t.n, array_agg(DISTINCT word ORDER BY word) FILTER (WHERE level = 1) AS title_words, array_agg(DISTINCT word ORDER BY word) FILTER (WHERE level = 2) AS near_words,
      array_agg(DISTINCT word ORDER BY word) FILTER (WHERE level = 3) AS all_words FROM token t WHERE word <> '' GROUP BY t.n),
    keyed AS (SELECT l.n, array_agg(lexeme ORDER BY lexeme) AS keys FROM l WHERE lexeme ~ '^[cfkrtx]/' GROUP BY l.n)
  SELECT e.n, e.asset_id, coalesce(w.title_words, '{}'), coalesce(w.near_words, '{}'), coalesce(w.all_words, '{}'),
    array_to_string(search_split(search_plain(a.title)), ' '), array_to_string(search_split(search_plain(concat_ws(' ', array_to_string(a.keywords, ' '), a.creator))), ' '),
    array_to_string(search_split(search_plain(concat_ws(' ', a.description, a.alt_text))), ' '), coalesce(k.keys, '{}')
  FROM e JOIN assets a ON a.no = e.asset_no LEFT JOIN worded w USING (n) LEFT JOIN keyed k USING (n) ORDER BY e.n
$$;
