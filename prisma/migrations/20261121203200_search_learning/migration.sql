-- AlterTable
ALTER TABLE "search_indexes" ADD COLUMN "learns" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "search_uses" (
    "house_id" TEXT NOT NULL,
    "query" TEXT NOT NULL,
    "asset_no" BIGINT NOT NULL,
    "day" DATE NOT NULL,
    "opened" INTEGER NOT NULL DEFAULT 0,
    "carted" INTEGER NOT NULL DEFAULT 0,
    "licensed" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "search_uses_pkey" PRIMARY KEY ("house_id","query","asset_no","day")
);

-- CreateIndex
CREATE INDEX "search_uses_house_id_asset_no_day_idx" ON "search_uses"("house_id", "asset_no", "day");

-- What Prisma cannot say: a day's counts of a word and a picture are bounded, so that one visitor with patience moves nothing far.
ALTER TABLE search_uses ADD CONSTRAINT search_use_bounds CHECK (length(query) BETWEEN 1 AND 200 AND opened BETWEEN 0 AND 50 AND carted BETWEEN 0 AND 20 AND licensed BETWEEN 0 AND 20);
