-- What a person of the staff has in hand in the library: selections, the tray, views, long acts. See docs/decisions/097-library-search.md.

-- CreateTable
CREATE TABLE "library_selections" (
    "id" TEXT NOT NULL,
    "house_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "says" TEXT NOT NULL DEFAULT '',
    "total" INTEGER NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "library_selections_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "library_selection_parts" (
    "selection_id" TEXT NOT NULL,
    "part" INTEGER NOT NULL,
    "asset_ids" TEXT[],

    CONSTRAINT "library_selection_parts_pkey" PRIMARY KEY ("selection_id","part")
);

-- CreateTable
CREATE TABLE "library_tray_items" (
    "house_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "asset_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "added_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "library_tray_items_pkey" PRIMARY KEY ("user_id","asset_id")
);

-- CreateTable
CREATE TABLE "library_views" (
    "id" TEXT NOT NULL,
    "house_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "search" TEXT NOT NULL,
    "shared" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "library_views_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "library_desks" (
    "house_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "layout" TEXT NOT NULL DEFAULT 'grid',
    "density" TEXT NOT NULL DEFAULT 'medium',
    "columns" TEXT[],
    "default_view_id" TEXT,
    "recent" TEXT[],

    CONSTRAINT "library_desks_pkey" PRIMARY KEY ("house_id","user_id")
);

-- CreateTable
CREATE TABLE "library_runs" (
    "id" TEXT NOT NULL,
    "house_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "selection_id" TEXT NOT NULL,
    "act" TEXT NOT NULL,
    "input" JSONB NOT NULL DEFAULT '{}',
    "state" TEXT NOT NULL DEFAULT 'WAITING',
    "total" INTEGER NOT NULL,
    "done" INTEGER NOT NULL DEFAULT 0,
    "failed" INTEGER NOT NULL DEFAULT 0,
    "undoes_id" TEXT,
    "made_at" TIMESTAMPTZ(3) NOT NULL,
    "seen_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "library_runs_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "library_run_outcomes" (
    "run_id" TEXT NOT NULL,
    "asset_id" TEXT NOT NULL,
    "done" BOOLEAN NOT NULL,
    "why" TEXT,

    CONSTRAINT "library_run_outcomes_pkey" PRIMARY KEY ("run_id","asset_id")
);

-- AlterTable
ALTER TABLE "collections" ADD COLUMN "rule" TEXT, ADD COLUMN "ruled_at" TIMESTAMPTZ(3);

-- CreateIndex
CREATE INDEX "library_selections_expires_at_idx" ON "library_selections"("expires_at");

-- CreateIndex
CREATE INDEX "library_selections_house_id_user_id_made_at_idx" ON "library_selections"("house_id", "user_id", "made_at" DESC);

-- CreateIndex
CREATE INDEX "library_tray_items_user_id_position_idx" ON "library_tray_items"("user_id", "position");

-- CreateIndex
CREATE INDEX "library_tray_items_asset_id_idx" ON "library_tray_items"("asset_id");

-- CreateIndex
CREATE INDEX "library_views_house_id_name_idx" ON "library_views"("house_id", "name");

-- CreateIndex
CREATE INDEX "library_runs_house_id_user_id_made_at_idx" ON "library_runs"("house_id", "user_id", "made_at" DESC);

-- CreateIndex
CREATE INDEX "library_runs_state_idx" ON "library_runs"("state");

-- CreateIndex
CREATE UNIQUE INDEX "library_runs_undoes_id_key" ON "library_runs"("undoes_id");

-- AddForeignKey
ALTER TABLE "library_selection_parts" ADD CONSTRAINT "library_selection_parts_selection_id_fkey" FOREIGN KEY ("selection_id") REFERENCES "library_selections"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "library_tray_items" ADD CONSTRAINT "library_tray_items_asset_id_fkey" FOREIGN KEY ("asset_id") REFERENCES "assets"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "library_tray_items" ADD CONSTRAINT "library_tray_items_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "library_views" ADD CONSTRAINT "library_views_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "library_desks" ADD CONSTRAINT "library_desks_default_view_id_fkey" FOREIGN KEY ("default_view_id") REFERENCES "library_views"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "library_desks" ADD CONSTRAINT "library_desks_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "library_runs" ADD CONSTRAINT "library_runs_selection_id_fkey" FOREIGN KEY ("selection_id") REFERENCES "library_selections"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "library_run_outcomes" ADD CONSTRAINT "library_run_outcomes_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "library_runs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Prisma cannot say.
ALTER TABLE library_selections ADD CONSTRAINT selection_is_bounded CHECK (total BETWEEN 1 AND 100000), ADD CONSTRAINT selection_ends CHECK (expires_at > made_at);
ALTER TABLE library_selection_parts ADD CONSTRAINT selection_part_is_small CHECK (cardinality(asset_ids) BETWEEN 1 AND 500);
ALTER TABLE library_views ADD CONSTRAINT library_view_is_named CHECK (length(name) BETWEEN 1 AND 100 AND length(search) <= 4000);
ALTER TABLE library_desks ADD CONSTRAINT library_desk_is_known CHECK (layout IN ('grid', 'list') AND density IN ('small', 'medium', 'large') AND cardinality(recent) <= 12);
ALTER TABLE library_runs ADD CONSTRAINT library_run_state CHECK (state IN ('WAITING', 'RUNNING', 'DONE', 'STOPPED') AND (ended_at IS NOT NULL) = (state IN ('DONE', 'STOPPED'))),
  ADD CONSTRAINT library_run_counts CHECK (done >= 0 AND failed >= 0 AND done + failed <= total);
