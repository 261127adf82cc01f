-- Who made the pictures of the store, each with an address of their own that never changes hands.
-- CreateTable
CREATE TABLE "contributors" (
    "house_id" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "moved_to" TEXT,

    CONSTRAINT "contributors_pkey" PRIMARY KEY ("house_id","slug")
);
-- CreateIndex
CREATE UNIQUE INDEX "contributors_house_id_name_key" ON "contributors"("house_id", "name");
-- AddForeignKey
ALTER TABLE "contributors" ADD CONSTRAINT "contributors_house_id_moved_to_fkey" FOREIGN KEY ("house_id", "moved_to") REFERENCES "contributors"("house_id", "slug") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE contributors ADD CONSTRAINT contributor_is_addressed CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND name <> ''),
  ADD CONSTRAINT contributor_moves_on CHECK (moved_to <> slug);

-- What somebody who is signed in has looked at last; guests carry it in a cookie.
-- CreateTable
CREATE TABLE "seen_assets" (
    "house_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "asset_id" TEXT NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "seen_assets_pkey" PRIMARY KEY ("user_id","asset_id")
);
-- CreateIndex
CREATE INDEX "seen_assets_user_id_house_id_seen_at_idx" ON "seen_assets"("user_id", "house_id", "seen_at" DESC);
-- CreateIndex
CREATE INDEX "seen_assets_asset_id_idx" ON "seen_assets"("asset_id");
-- AddForeignKey
ALTER TABLE "seen_assets" ADD CONSTRAINT "seen_assets_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;
-- AddForeignKey
ALTER TABLE "seen_assets" ADD CONSTRAINT "seen_assets_asset_id_fkey" FOREIGN KEY ("asset_id") REFERENCES "assets"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- One contributor's pictures, newest first; and how many there are, from the index alone.
CREATE INDEX store_by_creator ON assets (house_id, creator, published_at DESC, id) WHERE state = 'PUBLISHED' AND audience = 'STORE';

-- The address of a name, as `rules/slug.ts` makes it of a title.
CREATE FUNCTION contributor_slug(name text) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT coalesce(nullif(btrim(left(btrim(regexp_replace(unaccent(lower(normalize(name, NFKC))), '[^a-z0-9]+', '-', 'g'), '-'), 60), '-'), ''), 'contributor')
$$;

-- Give a name its address, once and for all. Of two names that would share one, the later gets a number. Two publications
-- at once wait for each other at the index; each statement here sees what the other has committed.
CREATE FUNCTION name_contributor(house text, called text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  base text := contributor_slug(called);
  turn int := 1;
BEGIN
  WHILE NOT EXISTS (SELECT FROM contributors c WHERE c.house_id = house AND c.name = called) LOOP
    INSERT INTO contributors (house_id, slug, name) VALUES (house, CASE WHEN turn = 1 THEN base ELSE base || '-' || turn END, called) ON CONFLICT DO NOTHING;
    turn := turn + 1;
  END LOOP;
END
$$;

-- Kept in the transaction of the change. Where the last picture of a name is given to another name, the old address leads
-- to the new one; it is its own again when a picture of the old name is published.
CREATE FUNCTION follow_creator() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state = 'PUBLISHED' AND NEW.audience = 'STORE' AND NEW.creator <> '' THEN
    PERFORM name_contributor(NEW.house_id, NEW.creator);
    IF TG_OP = 'UPDATE' AND OLD.creator NOT IN ('', NEW.creator) THEN
      UPDATE contributors o SET moved_to = c.slug FROM contributors c
      WHERE o.house_id = NEW.house_id AND o.name = OLD.creator AND c.house_id = NEW.house_id AND c.name = NEW.creator AND o.moved_to IS DISTINCT FROM c.slug;
      -- Two names that were exchanged lead nowhere in a circle.
      UPDATE contributors SET moved_to = NULL WHERE house_id = NEW.house_id AND name = NEW.creator AND moved_to IS NOT NULL;
    END IF;
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER follow_creator AFTER INSERT OR UPDATE OF creator, state, audience ON assets FOR EACH ROW EXECUTE FUNCTION follow_creator();

-- Those who are there already, the earliest published first.
DO $$
DECLARE
  named record;
BEGIN
  FOR named IN SELECT house_id, creator FROM assets WHERE state = 'PUBLISHED' AND audience = 'STORE' AND creator <> '' GROUP BY 1, 2 ORDER BY min(published_at), creator LOOP
    PERFORM name_contributor(named.house_id, named.creator);
  END LOOP;
END
$$;
