-- The life of an asset: which moves there are, when they are planned, who holds it back, and what keeps it from being purged.
ALTER TABLE "assets"
  ADD COLUMN "publish_at" TIMESTAMPTZ(3),
  ADD COLUMN "unpublish_at" TIMESTAMPTZ(3),
  ADD COLUMN "schedule_refused" TEXT,
  ADD COLUMN "schedule_tried_at" TIMESTAMPTZ(3),
  ADD COLUMN "held_from" "asset_state",
  ADD COLUMN "held_by_id" TEXT,
  ADD COLUMN "embargo_ends_at" TIMESTAMPTZ(3),
  ADD COLUMN "embargo_then" "asset_state",
  ADD COLUMN "embargo_for" TEXT[],
  ADD COLUMN "use_ends_at" TIMESTAMPTZ(3),
  ADD COLUMN "deleted_at" TIMESTAMPTZ(3),
  ADD COLUMN "purge_at" TIMESTAMPTZ(3),
  ADD COLUMN "purged_at" TIMESTAMPTZ(3),
  ADD COLUMN "legal_hold" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "asset_versions" ADD COLUMN "purged_at" TIMESTAMPTZ(3);

-- The state table of services/assets/rules/asset-states.ts, row by row; a test holds the two equal.
CREATE TABLE "asset_moves" (
    "from_state" "asset_state" NOT NULL,
    "verb" TEXT NOT NULL,
    "to_state" "asset_state" NOT NULL,

    CONSTRAINT "asset_moves_pkey" PRIMARY KEY ("from_state", "verb")
);
INSERT INTO asset_moves (from_state, verb, to_state) VALUES
  ('DRAFT', 'submit', 'IN_REVIEW'), ('DRAFT', 'replace', 'DRAFT'), ('DRAFT', 'hold', 'ON_HOLD'), ('DRAFT', 'archive', 'ARCHIVED'), ('DRAFT', 'delete', 'DELETED'),
  ('IN_REVIEW', 'approve', 'APPROVED'), ('IN_REVIEW', 'askChanges', 'DRAFT'), ('IN_REVIEW', 'reject', 'DRAFT'), ('IN_REVIEW', 'replace', 'DRAFT'), ('IN_REVIEW', 'hold', 'ON_HOLD'),
  ('APPROVED', 'publish', 'PUBLISHED'), ('APPROVED', 'schedule', 'SCHEDULED'), ('APPROVED', 'embargo', 'EMBARGOED'), ('APPROVED', 'replace', 'DRAFT'), ('APPROVED', 'hold', 'ON_HOLD'), ('APPROVED', 'expire', 'EXPIRED'), ('APPROVED', 'archive', 'ARCHIVED'), ('APPROVED', 'delete', 'DELETED'),
  ('SCHEDULED', 'publish', 'PUBLISHED'), ('SCHEDULED', 'schedule', 'SCHEDULED'), ('SCHEDULED', 'unschedule', 'APPROVED'), ('SCHEDULED', 'embargo', 'EMBARGOED'), ('SCHEDULED', 'replace', 'DRAFT'), ('SCHEDULED', 'hold', 'ON_HOLD'), ('SCHEDULED', 'expire', 'EXPIRED'), ('SCHEDULED', 'archive', 'ARCHIVED'), ('SCHEDULED', 'delete', 'DELETED'),
  ('PUBLISHED', 'submit', 'PUBLISHED'), ('PUBLISHED', 'approve', 'PUBLISHED'), ('PUBLISHED', 'askChanges', 'PUBLISHED'), ('PUBLISHED', 'reject', 'PUBLISHED'), ('PUBLISHED', 'replace', 'PUBLISHED'), ('PUBLISHED', 'withdraw', 'WITHDRAWN'), ('PUBLISHED', 'hold', 'ON_HOLD'), ('PUBLISHED', 'embargo', 'EMBARGOED'), ('PUBLISHED', 'expire', 'EXPIRED'),
  ('ON_HOLD', 'resumeDraft', 'DRAFT'), ('ON_HOLD', 'resumeApproved', 'APPROVED'), ('ON_HOLD', 'resumeScheduled', 'SCHEDULED'), ('ON_HOLD', 'resumePublished', 'PUBLISHED'), ('ON_HOLD', 'resumeEmbargoed', 'EMBARGOED'), ('ON_HOLD', 'resumeExpired', 'EXPIRED'), ('ON_HOLD', 'resumeWithdrawn', 'WITHDRAWN'), ('ON_HOLD', 'archive', 'ARCHIVED'), ('ON_HOLD', 'delete', 'DELETED'),
  ('EMBARGOED', 'embargo', 'EMBARGOED'), ('EMBARGOED', 'liftEmbargo', 'APPROVED'), ('EMBARGOED', 'publish', 'PUBLISHED'), ('EMBARGOED', 'hold', 'ON_HOLD'), ('EMBARGOED', 'expire', 'EXPIRED'),
  ('EXPIRED', 'publish', 'PUBLISHED'), ('EXPIRED', 'schedule', 'SCHEDULED'), ('EXPIRED', 'submit', 'IN_REVIEW'), ('EXPIRED', 'replace', 'EXPIRED'), ('EXPIRED', 'hold', 'ON_HOLD'), ('EXPIRED', 'archive', 'ARCHIVED'), ('EXPIRED', 'delete', 'DELETED'),
  ('WITHDRAWN', 'publish', 'PUBLISHED'), ('WITHDRAWN', 'schedule', 'SCHEDULED'), ('WITHDRAWN', 'embargo', 'EMBARGOED'), ('WITHDRAWN', 'submit', 'IN_REVIEW'), ('WITHDRAWN', 'replace', 'WITHDRAWN'), ('WITHDRAWN', 'hold', 'ON_HOLD'), ('WITHDRAWN', 'expire', 'EXPIRED'), ('WITHDRAWN', 'archive', 'ARCHIVED'), ('WITHDRAWN', 'delete', 'DELETED'),
  ('ARCHIVED', 'restore', 'DRAFT'), ('ARCHIVED', 'delete', 'DELETED'),
  ('DELETED', 'restore', 'DRAFT'), ('DELETED', 'purge', 'DELETED');

-- A matter for whose sake nothing may go. Several at once; released by name, never deleted.
CREATE TABLE "legal_holds" (
    "id" TEXT NOT NULL,
    "house_id" TEXT NOT NULL,
    "asset_id" TEXT NOT NULL,
    "matter" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "stops_delivery" BOOLEAN NOT NULL DEFAULT false,
    "set_by_id" TEXT NOT NULL,
    "set_at" TIMESTAMPTZ(3) NOT NULL,
    "released_by_id" TEXT,
    "released_at" TIMESTAMPTZ(3),
    "release_reason" TEXT,

    CONSTRAINT "legal_holds_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "legal_holds_asset_id_idx" ON "legal_holds"("asset_id");
CREATE INDEX "legal_holds_house_id_matter_idx" ON "legal_holds"("house_id", "matter");
ALTER TABLE "legal_holds" ADD CONSTRAINT "legal_holds_asset_id_fkey" FOREIGN KEY ("asset_id") REFERENCES "assets"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
-- One open hold a matter and asset.
CREATE UNIQUE INDEX one_open_hold_a_matter ON legal_holds (asset_id, matter) WHERE released_at IS NULL;
ALTER TABLE legal_holds
  ADD CONSTRAINT hold_is_released_by_somebody CHECK ((released_at IS NULL) = (released_by_id IS NULL) AND (released_at IS NULL) = (release_reason IS NULL)),
  ADD CONSTRAINT hold_has_words CHECK (matter <> '' AND reason <> '');

-- Bytes on their way out: named in the purge's own transaction, removed after it, and kept as the record of what went.
CREATE TABLE "purged_objects" (
    "id" TEXT NOT NULL,
    "house_id" TEXT NOT NULL,
    "asset_id" TEXT NOT NULL,
    "version_id" TEXT NOT NULL,
    "preset" TEXT NOT NULL,
    "storage_key" TEXT NOT NULL,
    "sha256" CHAR(64) NOT NULL,
    "byte_size" BIGINT NOT NULL,
    "outcome" TEXT,
    "named_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "purged_objects_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "purged_objects_asset_id_idx" ON "purged_objects"("asset_id");
CREATE INDEX purged_objects_waiting ON purged_objects (named_at) WHERE ended_at IS NULL;
ALTER TABLE "purged_objects" ADD CONSTRAINT "purged_objects_asset_id_fkey" FOREIGN KEY ("asset_id") REFERENCES "assets"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE purged_objects ADD CONSTRAINT purged_object_outcome CHECK ((outcome IS NULL) = (ended_at IS NULL) AND outcome IN ('removed', 'shared'));

-- What each state must say of itself. What came before these columns complies: it has none of the new states.
ALTER TABLE assets
  ADD CONSTRAINT scheduled_has_a_time CHECK (state <> 'SCHEDULED' OR publish_at IS NOT NULL),
  ADD CONSTRAINT schedule_runs_forward CHECK (unpublish_at > publish_at),
  ADD CONSTRAINT held_remembers CHECK ((state = 'ON_HOLD') = (held_from IS NOT NULL)),
  ADD CONSTRAINT embargo_ends CHECK (state <> 'EMBARGOED' OR (embargo_ends_at IS NOT NULL AND embargo_then IS NOT NULL)),
  ADD CONSTRAINT embargo_ends_so CHECK (embargo_then IN ('APPROVED', 'PUBLISHED')),
  ADD CONSTRAINT binned_has_a_date CHECK ((state = 'DELETED') = (deleted_at IS NOT NULL) AND (state = 'DELETED') = (purge_at IS NOT NULL)),
  ADD CONSTRAINT purged_is_binned CHECK (purged_at IS NULL OR state = 'DELETED');

-- What the minute job looks for, and nothing else.
CREATE INDEX assets_to_publish ON assets (house_id, publish_at) WHERE state = 'SCHEDULED';
CREATE INDEX assets_to_unpublish ON assets (house_id, unpublish_at) WHERE state = 'PUBLISHED' AND unpublish_at IS NOT NULL;
CREATE INDEX assets_under_embargo ON assets (house_id, embargo_ends_at) WHERE state = 'EMBARGOED';
CREATE INDEX assets_to_expire ON assets (house_id, use_ends_at) WHERE use_ends_at IS NOT NULL AND state IN ('APPROVED', 'SCHEDULED', 'PUBLISHED', 'EMBARGOED', 'WITHDRAWN');
CREATE INDEX assets_in_bin ON assets (house_id, purge_at) WHERE state = 'DELETED' AND purged_at IS NULL;
CREATE INDEX assets_held ON assets (house_id, changed_at DESC, id) WHERE legal_hold;

CREATE FUNCTION is_on_legal_hold(asset text) RETURNS boolean LANGUAGE sql VOLATILE AS $$
  SELECT EXISTS (SELECT FROM legal_holds WHERE asset_id = asset AND released_at IS NULL)
$$;

CREATE FUNCTION asset_moves_by_its_table() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state IS DISTINCT FROM OLD.state THEN
    IF OLD.purged_at IS NOT NULL THEN
      RAISE EXCEPTION 'asset % is purged: its state no longer changes', OLD.id USING ERRCODE = '23514', CONSTRAINT = 'purged_for_good';
    END IF;
    IF NOT EXISTS (SELECT FROM asset_moves WHERE from_state = OLD.state AND to_state = NEW.state) THEN
      RAISE EXCEPTION 'asset %: no verb leads from % to %', OLD.id, OLD.state, NEW.state USING ERRCODE = '23514', CONSTRAINT = 'asset_state_table';
    END IF;
    IF OLD.state = 'ON_HOLD' AND NEW.state NOT IN ('ARCHIVED', 'DELETED') AND NEW.state IS DISTINCT FROM OLD.held_from THEN
      RAISE EXCEPTION 'asset % is held and resumes to %, not to %', OLD.id, OLD.held_from, NEW.state USING ERRCODE = '23514', CONSTRAINT = 'asset_state_table';
    END IF;
    IF OLD.held_from = 'EMBARGOED' AND NEW.state <> 'EMBARGOED' THEN
      RAISE EXCEPTION 'asset % is held under embargo: resume it, then end the embargo', OLD.id USING ERRCODE = '23514', CONSTRAINT = 'asset_state_table';
    END IF;
    IF NEW.state IN ('ARCHIVED', 'DELETED') AND is_on_legal_hold(OLD.id) THEN
      RAISE EXCEPTION 'asset % is on legal hold', OLD.id USING ERRCODE = '23514', CONSTRAINT = 'legal_hold';
    END IF;
    -- What was said of a state that is left is not said of the next. Here, so that every way out of a state tidies alike.
    IF NEW.state NOT IN ('SCHEDULED', 'ON_HOLD') THEN NEW.publish_at := NULL; NEW.schedule_refused := NULL; NEW.schedule_tried_at := NULL; END IF;
    IF NEW.state NOT IN ('SCHEDULED', 'PUBLISHED', 'ON_HOLD') THEN NEW.unpublish_at := NULL; END IF;
    IF NEW.state NOT IN ('EMBARGOED', 'ON_HOLD') THEN NEW.embargo_ends_at := NULL; NEW.embargo_then := NULL; NEW.embargo_for := '{}'; END IF;
    IF NEW.state <> 'ON_HOLD' THEN NEW.held_from := NULL; NEW.held_by_id := NULL; END IF;
    IF NEW.state <> 'DELETED' THEN NEW.deleted_at := NULL; NEW.purge_at := NULL; END IF;
  END IF;
  IF NEW.purged_at IS DISTINCT FROM OLD.purged_at THEN
    IF OLD.purged_at IS NOT NULL OR OLD.state <> 'DELETED' THEN
      RAISE EXCEPTION 'asset % cannot be purged: %', OLD.id, OLD.state USING ERRCODE = '23514', CONSTRAINT = 'purged_for_good';
    END IF;
    IF is_on_legal_hold(OLD.id) THEN
      RAISE EXCEPTION 'asset % is on legal hold', OLD.id USING ERRCODE = '23514', CONSTRAINT = 'legal_hold';
    END IF;
  END IF;
  RETURN NEW;
END $$;
-- Named to run before the triggers that read what it leaves: Postgres runs them in the order of their names.
CREATE TRIGGER a_state_table BEFORE UPDATE OF state, purged_at ON assets
  FOR EACH ROW WHEN (NEW.state IS DISTINCT FROM OLD.state OR NEW.purged_at IS DISTINCT FROM OLD.purged_at)
  EXECUTE FUNCTION asset_moves_by_its_table();

-- A legal hold beats all: neither the asset nor any of its bytes is taken away while one is open.
CREATE FUNCTION kept_by_legal_hold() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE held text;
BEGIN
  held := to_jsonb(COALESCE(NEW, OLD)) ->> CASE TG_TABLE_NAME WHEN 'assets' THEN 'id' ELSE 'asset_id' END;
  IF is_on_legal_hold(held) THEN
    RAISE EXCEPTION 'asset % is on legal hold', held USING ERRCODE = '23514', CONSTRAINT = 'legal_hold';
  END IF;
  RETURN COALESCE(NEW, OLD);
END $$;
CREATE TRIGGER kept_by_legal_hold BEFORE DELETE ON assets FOR EACH ROW EXECUTE FUNCTION kept_by_legal_hold();
CREATE TRIGGER kept_by_legal_hold BEFORE DELETE ON asset_versions FOR EACH ROW EXECUTE FUNCTION kept_by_legal_hold();
CREATE TRIGGER kept_by_legal_hold_bytes BEFORE UPDATE OF purged_at ON asset_versions
  FOR EACH ROW WHEN (NEW.purged_at IS DISTINCT FROM OLD.purged_at) EXECUTE FUNCTION kept_by_legal_hold();
CREATE TRIGGER kept_by_legal_hold BEFORE INSERT ON purged_objects FOR EACH ROW EXECUTE FUNCTION kept_by_legal_hold();

-- Holds are set once and released once. The flag on the asset is theirs alone.
CREATE FUNCTION legal_hold_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR (TG_OP = 'UPDATE' AND (OLD.released_at IS NOT NULL OR NEW.released_at IS NULL
     OR (to_jsonb(NEW) - 'released_at' - 'released_by_id' - 'release_reason') IS DISTINCT FROM (to_jsonb(OLD) - 'released_at' - 'released_by_id' - 'release_reason'))) THEN
    RAISE EXCEPTION 'legal holds are released, never changed' USING ERRCODE = '23001', CONSTRAINT = 'legal_hold_is_kept';
  END IF;
  IF TG_OP = 'INSERT' THEN
    -- The row's lock first: a purge that is under way ends before this is judged.
    PERFORM 1 FROM assets WHERE id = NEW.asset_id AND house_id = NEW.house_id AND purged_at IS NULL FOR UPDATE;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'asset % is purged, or another house''s', NEW.asset_id USING ERRCODE = '23514', CONSTRAINT = 'purged_for_good';
    END IF;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER legal_hold_is_kept BEFORE INSERT OR UPDATE OR DELETE ON legal_holds FOR EACH ROW EXECUTE FUNCTION legal_hold_is_kept();

CREATE FUNCTION legal_hold_flags() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE assets SET legal_hold = is_on_legal_hold(NEW.asset_id) WHERE id = NEW.asset_id AND legal_hold IS DISTINCT FROM is_on_legal_hold(NEW.asset_id);
  RETURN NULL;
END $$;
CREATE TRIGGER legal_hold_flags AFTER INSERT OR UPDATE ON legal_holds FOR EACH ROW EXECUTE FUNCTION legal_hold_flags();
