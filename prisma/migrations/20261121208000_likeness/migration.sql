-- Prints of pictures, and pairs of pictures that look alike. See docs/decisions/087-likeness.md.
CREATE TYPE "likeness_state" AS ENUM ('OPEN', 'NEW_VERSION', 'TWINS', 'DIFFERENT', 'DISCARDED');

CREATE TABLE "picture_prints" (
    "version_id" TEXT NOT NULL,
    "house_id" TEXT NOT NULL,
    "asset_id" TEXT NOT NULL,
    "algorithm" INTEGER NOT NULL,
    "hash" BIGINT NOT NULL,
    "keys" INTEGER[],
    "sketch" BIT(256) NOT NULL,
    "marks" BYTEA NOT NULL,
    "look" BYTEA NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "picture_prints_pkey" PRIMARY KEY ("version_id"),
    CONSTRAINT "picture_print_is_sound" CHECK (cardinality(keys) BETWEEN 1 AND 200 AND octet_length(marks) % 12 = 0 AND octet_length(marks) <= 1200 AND octet_length(look) BETWEEN 1 AND 2048)
);
-- Written at leisure and read within milliseconds: a list of pending entries would be searched from end to end each time.
CREATE INDEX "picture_prints_keys" ON "picture_prints" USING GIN ("keys") WITH (fastupdate = off);
CREATE INDEX "picture_prints_house_id_idx" ON "picture_prints"("house_id");
CREATE INDEX "picture_prints_asset_id_idx" ON "picture_prints"("asset_id");
ALTER TABLE "picture_prints" ADD CONSTRAINT "picture_prints_version_id_fkey" FOREIGN KEY ("version_id") REFERENCES "asset_versions"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "print_misses" (
    "version_id" TEXT NOT NULL,
    "algorithm" INTEGER NOT NULL,
    "tried_at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "print_misses_pkey" PRIMARY KEY ("version_id")
);
ALTER TABLE "print_misses" ADD CONSTRAINT "print_misses_version_id_fkey" FOREIGN KEY ("version_id") REFERENCES "asset_versions"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "likenesses" (
    "id" TEXT NOT NULL,
    "house_id" TEXT NOT NULL,
    "asset_id" TEXT NOT NULL,
    "other_id" TEXT NOT NULL,
    "version_id" TEXT NOT NULL,
    "other_version_id" TEXT NOT NULL,
    "places" INTEGER NOT NULL,
    "bits" INTEGER NOT NULL,
    "ways" TEXT[],
    "state" "likeness_state" NOT NULL DEFAULT 'OPEN',
    "found_at" TIMESTAMPTZ(3) NOT NULL,
    "decided_at" TIMESTAMPTZ(3),
    "decided_by_id" TEXT,
    CONSTRAINT "likenesses_pkey" PRIMARY KEY ("id"),
    -- The newer one asks about the older: a pair has one row, whichever of them was looked at.
    CONSTRAINT "likeness_in_order" CHECK (asset_id COLLATE "C" > other_id COLLATE "C"),
    CONSTRAINT "likeness_is_sound" CHECK (places >= 0 AND bits BETWEEN 0 AND 64),
    CONSTRAINT "likeness_life" CHECK ((state = 'OPEN') = (decided_at IS NULL))
);
CREATE UNIQUE INDEX "likenesses_asset_id_other_id_key" ON "likenesses"("asset_id", "other_id");
CREATE INDEX "likenesses_other_id_idx" ON "likenesses"("other_id");
CREATE INDEX "likenesses_house_id_state_found_at_id_idx" ON "likenesses"("house_id", "state", "found_at" DESC, "id" DESC);
ALTER TABLE "likenesses" ADD CONSTRAINT "likenesses_asset_id_fkey" FOREIGN KEY ("asset_id") REFERENCES "assets"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "likenesses" ADD CONSTRAINT "likenesses_other_id_fkey" FOREIGN KEY ("other_id") REFERENCES "assets"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- A pair is one house's: no row may bring two houses' pictures together, whoever writes it.
CREATE FUNCTION likeness_of_one_house() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT count(*) FROM assets WHERE id IN (NEW.asset_id, NEW.other_id) AND house_id = NEW.house_id) <> 2 THEN
    RAISE EXCEPTION 'likeness_of_one_house: % and %', NEW.asset_id, NEW.other_id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER likeness_of_one_house BEFORE INSERT OR UPDATE OF house_id, asset_id, other_id ON likenesses FOR EACH ROW EXECUTE FUNCTION likeness_of_one_house();
