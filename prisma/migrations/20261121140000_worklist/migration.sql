-- The worklist: what the rights say there is to do, worked out asset by asset and kept until the asset changes.
-- Nothing here is a right: every row may be thrown away and made again (services/desk/settling.ts).
CREATE TABLE "worklist_stale" (
    "id" BIGSERIAL NOT NULL,
    "house_id" TEXT NOT NULL,
    "asset_no" BIGINT NOT NULL,

    CONSTRAINT "worklist_stale_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "worklist_findings" (
    "id" BIGSERIAL NOT NULL,
    "house_id" TEXT NOT NULL,
    "item" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "asset_no" BIGINT NOT NULL,
    "source_id" TEXT NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "day" DATE NOT NULL,
    "shows" tstzmultirange NOT NULL,
    "reference" TEXT NOT NULL,
    "party" TEXT NOT NULL,
    "holder_org_id" TEXT,
    "licences" INTEGER NOT NULL,
    "pictures" INTEGER NOT NULL,

    CONSTRAINT "worklist_findings_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "worklist_lines" (
    "house_id" TEXT NOT NULL,
    "item" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "day" DATE NOT NULL,
    "shows" tstzmultirange NOT NULL,
    "reference" TEXT NOT NULL,
    "party" TEXT NOT NULL,
    "holder_org_id" TEXT,
    "source_id" TEXT,
    "cover_asset_no" BIGINT NOT NULL,
    "pictures" INTEGER NOT NULL,
    "licences" INTEGER NOT NULL,
    "noted_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "worklist_lines_pkey" PRIMARY KEY ("house_id","item")
);

CREATE TABLE "worklist_assets" (
    "asset_no" BIGINT NOT NULL,
    "house_id" TEXT NOT NULL,
    "held" INTEGER NOT NULL,
    "bans" INTEGER NOT NULL,
    "live" INTEGER NOT NULL,
    "exclusive" INTEGER NOT NULL,
    "holds" INTEGER NOT NULL,

    CONSTRAINT "worklist_assets_pkey" PRIMARY KEY ("asset_no")
);

CREATE TABLE "worklist_figures" (
    "house_id" TEXT NOT NULL,
    "held" BIGINT NOT NULL,
    "bans" BIGINT NOT NULL,
    "live" BIGINT NOT NULL,
    "exclusive" BIGINT NOT NULL,
    "holds" BIGINT NOT NULL,
    "looked_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "worklist_figures_pkey" PRIMARY KEY ("house_id")
);

CREATE TABLE "worklist_strokes" (
    "id" TEXT NOT NULL,
    "house_id" TEXT NOT NULL,
    "verb" TEXT NOT NULL,
    "lines" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "by_id" TEXT,
    "undone_at" TIMESTAMPTZ(3),
    "undone_by_id" TEXT,

    CONSTRAINT "worklist_strokes_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "worklist_stroke_lines" (
    "stroke_id" TEXT NOT NULL,
    "item" TEXT NOT NULL,
    "mark" "work_mark",
    "until" TIMESTAMPTZ(3),
    "assignee_id" TEXT,
    "note" TEXT NOT NULL DEFAULT '',
    "marked_by_id" TEXT,
    "marked_at" TIMESTAMPTZ(3),
    "previous_stroke_id" TEXT,

    CONSTRAINT "worklist_stroke_lines_pkey" PRIMARY KEY ("stroke_id","item")
);

ALTER TABLE "worklist_marks" ADD COLUMN "stroke_id" TEXT;

CREATE INDEX "worklist_stale_house_id_id_idx" ON "worklist_stale"("house_id", "id");
CREATE INDEX "worklist_findings_asset_no_idx" ON "worklist_findings"("asset_no");
CREATE INDEX "worklist_findings_house_id_item_asset_no_idx" ON "worklist_findings"("house_id", "item", "asset_no");
CREATE INDEX "worklist_findings_holder_org_id_idx" ON "worklist_findings"("holder_org_id");
CREATE INDEX "worklist_lines_house_id_due_at_item_idx" ON "worklist_lines"("house_id", "due_at", "item");
CREATE INDEX "worklist_lines_house_id_day_kind_idx" ON "worklist_lines"("house_id", "day", "kind");
CREATE INDEX "worklist_strokes_house_id_at_idx" ON "worklist_strokes"("house_id", "at" DESC);
CREATE INDEX "worklist_marks_stroke_id_idx" ON "worklist_marks"("stroke_id");

ALTER TABLE "worklist_stroke_lines" ADD CONSTRAINT "worklist_stroke_lines_stroke_id_fkey" FOREIGN KEY ("stroke_id") REFERENCES "worklist_strokes"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What Prisma cannot say: whoever changes what a line rests on, by whatever way, makes its asset stale, in the same transaction.
-- The queue is only ever added to and has nothing unique, so that no sale waits for another's note in it.
CREATE FUNCTION stale_by_asset_no() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO worklist_stale (house_id, asset_no) SELECT DISTINCT house_id, asset_no FROM changed;
  RETURN NULL;
END $$;
CREATE FUNCTION stale_by_asset_id() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO worklist_stale (house_id, asset_no) SELECT DISTINCT a.house_id, a.no FROM changed c JOIN assets a ON a.id = c.asset_id;
  RETURN NULL;
END $$;
CREATE FUNCTION stale_licences() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO worklist_stale (house_id, asset_no) SELECT DISTINCT a.house_id, a.no FROM changed c
    JOIN was w ON w.id = c.id AND (w.state, w.ends_at) IS DISTINCT FROM (c.state, c.ends_at) JOIN assets a ON a.id = c.asset_id;
  RETURN NULL;
END $$;
CREATE FUNCTION stale_new_assets() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO worklist_stale (house_id, asset_no) SELECT house_id, no FROM changed;
  RETURN NULL;
END $$;
CREATE FUNCTION stale_assets() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO worklist_stale (house_id, asset_no) SELECT c.house_id, c.no FROM changed c JOIN was w ON w.no = c.no
    AND (w.state, w.sells_royalty_free, w.sells_rights_managed, w.shows_people, w.shows_property, w.editorial_only)
      IS DISTINCT FROM (c.state, c.sells_royalty_free, c.sells_rights_managed, c.shows_people, c.shows_property, c.editorial_only);
  RETURN NULL;
END $$;
CREATE FUNCTION stale_house() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO worklist_stale (house_id, asset_no) SELECT DISTINCT house_id, 0 FROM changed;
  RETURN NULL;
END $$;

DO $$ DECLARE t text; f text; BEGIN
  FOR t, f IN VALUES
    ('acquisitions', 'stale_by_asset_no'), ('releases', 'stale_by_asset_no'), ('restrictions', 'stale_by_asset_no'), ('claims', 'stale_by_asset_no'),
    ('exclusivity_members', 'stale_by_asset_no'), ('imported_sales', 'stale_by_asset_no'), ('rights_waits', 'stale_by_asset_no'),
    ('grant_requests', 'stale_by_asset_id'), ('change_plans', 'stale_house') LOOP
    EXECUTE format('CREATE TRIGGER worklist_stale_new AFTER INSERT ON %I REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION %I()', t, f);
    EXECUTE format('CREATE TRIGGER worklist_stale AFTER UPDATE ON %I REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION %I()', t, f);
  END LOOP;
END $$;
CREATE TRIGGER worklist_stale_new AFTER INSERT ON licences REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION stale_by_asset_id();
CREATE TRIGGER worklist_stale AFTER UPDATE ON licences REFERENCING OLD TABLE AS was NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION stale_licences();
CREATE TRIGGER worklist_stale_new AFTER INSERT ON assets REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION stale_new_assets();
CREATE TRIGGER worklist_stale AFTER UPDATE ON assets REFERENCING OLD TABLE AS was NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION stale_assets();

-- What was there before is looked at once.
INSERT INTO worklist_stale (house_id, asset_no) SELECT house_id, no FROM assets;
INSERT INTO worklist_stale (house_id, asset_no) SELECT DISTINCT house_id, 0 FROM change_plans;
