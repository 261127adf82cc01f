-- CreateTable
CREATE TABLE "price_drafts" (
    "id" TEXT NOT NULL,
    "house_id" TEXT NOT NULL,
    "base_version" INTEGER NOT NULL,
    "book" JSONB NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "revision" INTEGER NOT NULL DEFAULT 0,
    "created_by_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "price_drafts_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "price_drafts_house_id_changed_at_idx" ON "price_drafts"("house_id", "changed_at");
