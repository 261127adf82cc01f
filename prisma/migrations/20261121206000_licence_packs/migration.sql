-- Ready-made packs: answers to the four questions that the house has given once for all its pictures.
CREATE TABLE "licence_packs" (
    "id" TEXT NOT NULL,
    "house_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "name_en" TEXT NOT NULL,
    "name_de" TEXT NOT NULL,
    "media" TEXT[],
    "territory" TEXT[],
    "except" TEXT[],
    "months" INTEGER NOT NULL,
    "exclusive" BOOLEAN NOT NULL DEFAULT false,
    "print_run" BIGINT,
    "pixels" INTEGER,
    "active" BOOLEAN NOT NULL DEFAULT true,
    "revision" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "licence_packs_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "licence_packs_house_id_active_position_id_idx" ON "licence_packs"("house_id", "active", "position", "id");
ALTER TABLE "licence_packs" ADD CONSTRAINT "licence_packs_house_id_fkey" FOREIGN KEY ("house_id") REFERENCES "organisations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "licence_packs"
  ADD CONSTRAINT licence_pack_has_names CHECK (char_length(name_en) BETWEEN 1 AND 80 AND char_length(name_de) BETWEEN 1 AND 80),
  ADD CONSTRAINT licence_pack_says_something CHECK (cardinality(media) BETWEEN 1 AND 40 AND cardinality(territory) BETWEEN 1 AND 40 AND cardinality("except") <= 40),
  ADD CONSTRAINT licence_pack_lasts CHECK (months BETWEEN 1 AND 120),
  ADD CONSTRAINT licence_pack_sizes_count CHECK ((print_run IS NULL OR print_run > 0) AND (pixels IS NULL OR pixels > 0)),
  ADD CONSTRAINT licence_pack_in_its_place CHECK (position >= 0 AND revision >= 0);
