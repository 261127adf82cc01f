-- CreateTable
CREATE TABLE "saved_searches" (
    "id" TEXT NOT NULL,
    "house_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "search" TEXT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "pace" TEXT NOT NULL,
    "stop_key" TEXT NOT NULL,
    "query" tsquery NOT NULL,
    "phrases" tsquery,
    "anchors" TEXT[],
    "waiting" INTEGER NOT NULL DEFAULT 0,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "told_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "saved_searches_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "saved_search_finds" (
    "search_id" TEXT NOT NULL,
    "asset_no" BIGINT NOT NULL,
    "found_at" TIMESTAMPTZ(3) NOT NULL,
    "told_at" TIMESTAMPTZ(3),

    CONSTRAINT "saved_search_finds_pkey" PRIMARY KEY ("search_id","asset_no")
);

-- CreateTable
CREATE TABLE "search_news" (
    "id" BIGSERIAL NOT NULL,
    "house_id" TEXT NOT NULL,
    "asset_no" BIGINT NOT NULL,

    CONSTRAINT "search_news_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "saved_searches_stop_key_key" ON "saved_searches"("stop_key");

-- CreateIndex
CREATE INDEX "saved_searches_house_id_user_id_created_at_idx" ON "saved_searches"("house_id", "user_id", "created_at");

-- CreateIndex
CREATE INDEX "saved_searches_anchors_idx" ON "saved_searches" USING GIN ("anchors");

-- CreateIndex
CREATE INDEX "search_news_house_id_id_idx" ON "search_news"("house_id", "id");

-- AddForeignKey
ALTER TABLE "saved_searches" ADD CONSTRAINT "saved_searches_house_id_fkey" FOREIGN KEY ("house_id") REFERENCES "organisations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "saved_searches" ADD CONSTRAINT "saved_searches_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "saved_search_finds" ADD CONSTRAINT "saved_search_finds_search_id_fkey" FOREIGN KEY ("search_id") REFERENCES "saved_searches"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Prisma cannot say; see docs/decisions/082-search-speed.md.
ALTER TABLE saved_searches ADD CONSTRAINT saved_search_pace CHECK (pace IN ('none', 'soon', 'daily', 'weekly')),
  ADD CONSTRAINT saved_search_name CHECK (length(name) BETWEEN 1 AND 80), ADD CONSTRAINT saved_search_length CHECK (length(search) <= 4000);
-- What is due and has something to tell: nothing else is read by the job.
CREATE INDEX saved_searches_due ON saved_searches (house_id, due_at) WHERE waiting > 0 AND pace <> 'none';
CREATE INDEX saved_search_finds_untold ON saved_search_finds (search_id, asset_no DESC) WHERE told_at IS NULL;

-- What has come into the store, noted in the transaction that brings it, where anybody wants to be told.
CREATE FUNCTION search_notes_news() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO search_news (house_id, asset_no) SELECT c.house_id, c.asset_no FROM changed c
    WHERE EXISTS (SELECT FROM saved_searches s WHERE s.house_id = c.house_id AND s.pace <> 'none');
  RETURN NULL;
END $$;
CREATE TRIGGER search_notes_news AFTER INSERT ON search_entries REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION search_notes_news();

-- Phrases in their order, as `search_store` asks for them.
CREATE FUNCTION search_wording(phrases jsonb) RETURNS tsquery LANGUAGE sql STABLE AS $$
  SELECT string_agg('(' || CASE WHEN (p ->> 'never')::boolean THEN '!' ELSE '' END || '(' || (to_tsquery('english', p ->> 'words') || to_tsquery('simple', p ->> 'words'))::text || '))', ' & ')::tsquery
  FROM jsonb_array_elements(phrases) p WHERE numnode(to_tsquery('english', p ->> 'words')) > 0
$$;

-- Some of what is new, against all saved searches at once: from the keys of a picture to the searches that hang on one of them, by index; then
-- the whole question. Taken off the list and written down in one transaction: a worker that dies has done nothing. A search holds a hundred at most.
CREATE FUNCTION search_match_news(house text, most int, now timestamptz) RETURNS int LANGUAGE plpgsql SET work_mem = '64MB' SET enable_seqscan = off AS $$
DECLARE taken bigint[];
BEGIN
  WITH gone AS (DELETE FROM search_news WHERE id IN (SELECT id FROM search_news WHERE house_id = house ORDER BY id LIMIT most FOR UPDATE SKIP LOCKED) RETURNING asset_no)
    SELECT array_agg(DISTINCT asset_no) INTO taken FROM gone;
  IF taken IS NULL THEN RETURN 0; END IF;
  WITH fresh AS MATERIALIZED (SELECT e.asset_no, e.words, a.search, a.published_at FROM search_entries e JOIN assets a ON a.no = e.asset_no WHERE e.house_id = house AND e.asset_no = ANY(taken)),
    fits AS (SELECT s.id, f.asset_no, row_number() OVER (PARTITION BY s.id ORDER BY f.published_at DESC, f.asset_no DESC) + s.waiting AS place
      FROM fresh f JOIN saved_searches s ON s.house_id = house AND s.pace <> 'none' AND s.anchors && tsvector_to_array(f.words)
      WHERE f.published_at > s.created_at AND f.words @@ s.query AND (s.phrases IS NULL OR f.search @@ s.phrases)),
    written AS (INSERT INTO saved_search_finds (search_id, asset_no, found_at) SELECT id, asset_no, now FROM fits WHERE place <= 100 ON CONFLICT DO NOTHING RETURNING search_id)
    UPDATE saved_searches s SET waiting = s.waiting + w.n FROM (SELECT search_id, count(*)::int AS n FROM written GROUP BY 1) w WHERE s.id = w.search_id;
  RETURN cardinality(taken);
END $$;
