-- The last line, drawn again by somebody who tries to cross it with SQL. Each refusal has a name and a test
-- (services/rights/last-line.db.test.ts).

-- When an asset was last decided on: what is written down later was not known then, whatever its clock says.
DROP INDEX "decisions_asset_no_idx";
-- CreateIndex
CREATE INDEX "decisions_asset_no_at_idx" ON "decisions"("asset_no", "at");
CREATE FUNCTION last_decision(no bigint) RETURNS timestamptz LANGUAGE sql STABLE AS $$
  SELECT at FROM decisions WHERE asset_no = no ORDER BY at DESC LIMIT 1
$$;

-- Claims. A claim names an asset of its house, and a licence or an imported sale of that asset; it lies within one contract
-- that may be passed on, or used by the house itself; and it is laid on its asset's group.
DROP TRIGGER claim_subject ON claims;
DROP TRIGGER claim_within_held ON claims;
DROP TRIGGER claim_end ON claims;
DROP FUNCTION claim_keeps_its_subject();
DROP FUNCTION claim_lies_within_what_is_held();
DROP FUNCTION claim_notes_its_end();

CREATE FUNCTION claim_is_sound() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE asset record; sold record;
BEGIN
  SELECT a.id, a.house_id, coalesce(a.exclusivity_no, a.no) AS subject INTO asset FROM assets a WHERE a.no = NEW.asset_no;
  IF NOT FOUND OR asset.house_id <> NEW.house_id THEN
    RAISE EXCEPTION 'claim_names_its_asset: house % has no asset %', NEW.house_id, NEW.asset_no USING ERRCODE = '23514', CONSTRAINT = 'claim_names_its_asset';
  END IF;
  SELECT l.asset_id, l.house_id, l.exclusive, l.model = 'INTERNAL_GRANT' AS own INTO sold FROM licences l WHERE l.no = NEW.licence_no;
  IF NOT FOUND THEN
    SELECT s.asset_id, s.house_id, s.exclusive, false AS own INTO sold FROM imported_sales s WHERE s.no = NEW.licence_no;
  END IF;
  IF NOT FOUND OR sold.asset_id <> asset.id OR sold.house_id <> NEW.house_id OR sold.exclusive <> NEW.exclusive THEN
    RAISE EXCEPTION 'claim_names_its_licence: % is no licence of asset % with these rights', NEW.licence_no, NEW.asset_no USING ERRCODE = '23514', CONSTRAINT = 'claim_names_its_licence';
  END IF;
  NEW.subject_no := asset.subject;
  IF NEW.state IN ('HELD', 'PENDING_PAYMENT', 'ACTIVE', 'SUSPENDED') THEN
    NEW.ended_at := NULL;
    IF NOT EXISTS (
       SELECT 1 FROM acquisitions a WHERE a.asset_no = NEW.asset_no AND a.superseded_at IS NULL AND (a.sub_licensable OR sold.own)
          AND a.media_set @> NEW.media_set AND a.territory_set @> NEW.territory_set AND a.industry_set @> NEW.industry_set AND a.period @> NEW.period)
    THEN
      RAISE EXCEPTION 'claim_within_held: claim on asset % is not within what is held', NEW.asset_no USING ERRCODE = '23514', CONSTRAINT = 'claim_within_held';
    END IF;
  ELSE
    NEW.ended_at := coalesce(NEW.ended_at, NEW.created_at);
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER claim_is_sound BEFORE INSERT ON claims FOR EACH ROW EXECUTE FUNCTION claim_is_sound();

-- A claim never changes what it occupies, and what has ended stays ended: late money takes its scope anew.
CREATE FUNCTION claim_life() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.id, NEW.house_id, NEW.asset_no, NEW.licence_no, NEW.media_set, NEW.territory_set, NEW.industry_set, NEW.period, NEW.exclusive, NEW.created_at)
     IS DISTINCT FROM (OLD.id, OLD.house_id, OLD.asset_no, OLD.licence_no, OLD.media_set, OLD.territory_set, OLD.industry_set, OLD.period, OLD.exclusive, OLD.created_at) THEN
    RAISE EXCEPTION 'claim_is_frozen: claim % keeps its scope', OLD.id USING ERRCODE = '23001', CONSTRAINT = 'claim_is_frozen';
  END IF;
  IF NEW.subject_no <> OLD.subject_no THEN
    SELECT coalesce(a.exclusivity_no, a.no) INTO NEW.subject_no FROM assets a WHERE a.no = NEW.asset_no;
  END IF;
  IF OLD.ended_at IS NOT NULL AND (NEW.state <> OLD.state OR NEW.ended_at IS DISTINCT FROM OLD.ended_at OR NEW.hold_expires_at IS DISTINCT FROM OLD.hold_expires_at) THEN
    RAISE EXCEPTION 'claim_is_over: claim % has ended', OLD.id USING ERRCODE = '23001', CONSTRAINT = 'claim_is_over';
  END IF;
  IF NEW.state <> OLD.state AND NEW.state::text <> ALL (CASE OLD.state
       WHEN 'HELD' THEN ARRAY['PENDING_PAYMENT', 'ACTIVE'] WHEN 'PENDING_PAYMENT' THEN ARRAY['ACTIVE']
       WHEN 'ACTIVE' THEN ARRAY['SUSPENDED'] WHEN 'SUSPENDED' THEN ARRAY['ACTIVE'] ELSE '{}'::text[] END || ARRAY['RELEASED', 'EXPIRED', 'REVOKED', 'CONFLICT']) THEN
    RAISE EXCEPTION 'claim_life: from % to % is no step of a claim', OLD.state, NEW.state USING ERRCODE = '23514', CONSTRAINT = 'claim_life';
  END IF;
  IF NEW.state IN ('HELD', 'PENDING_PAYMENT', 'ACTIVE', 'SUSPENDED') THEN NEW.ended_at := NULL;
  ELSE NEW.ended_at := coalesce(NEW.ended_at, greatest(now(), NEW.created_at));
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER claim_life BEFORE UPDATE ON claims FOR EACH ROW EXECUTE FUNCTION claim_life();
ALTER TABLE claims ADD CONSTRAINT claim_ends_after_it_began CHECK (ended_at IS NULL OR ended_at >= created_at);

-- At the end of every transaction claims stand as their licence does: an unpaid one gives no rights, a hold ends with its
-- licence and not by itself, and no licence is put in force whose scope nothing occupies.
CREATE FUNCTION claim_of(state licence_state) RETURNS claim_state LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE state WHEN 'RESERVED' THEN 'HELD' WHEN 'AWAITING_PAYMENT' THEN 'PENDING_PAYMENT' WHEN 'ACTIVE' THEN 'ACTIVE' WHEN 'SUSPENDED' THEN 'SUSPENDED' END::claim_state
$$;
CREATE FUNCTION claim_agrees_with_licence() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE now_is claim_state; wanted claim_state;
BEGIN
  SELECT c.state INTO now_is FROM claims c WHERE c.id = NEW.id;
  SELECT claim_of(l.state) INTO wanted FROM licences l WHERE l.no = NEW.licence_no;
  IF NOT FOUND THEN
    SELECT CASE WHEN s.state = 'CLAIMED' THEN 'ACTIVE'::claim_state END INTO wanted FROM imported_sales s WHERE s.no = NEW.licence_no;
  END IF;
  IF now_is NOT IN ('HELD', 'PENDING_PAYMENT', 'ACTIVE', 'SUSPENDED') THEN now_is := NULL; END IF;
  IF now_is IS DISTINCT FROM wanted THEN
    RAISE EXCEPTION 'claim_agrees_with_licence: claim % does not stand as % does', NEW.id, NEW.licence_no USING ERRCODE = '23514', CONSTRAINT = 'claim_agrees_with_licence';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER claim_agrees_new AFTER INSERT ON claims DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.ended_at IS NULL) EXECUTE FUNCTION claim_agrees_with_licence();
CREATE CONSTRAINT TRIGGER claim_agrees AFTER UPDATE OF state ON claims DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.state <> OLD.state) EXECUTE FUNCTION claim_agrees_with_licence();

CREATE FUNCTION licence_agrees_with_claims() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE wanted claim_state;
BEGIN
  SELECT claim_of(l.state) INTO wanted FROM licences l WHERE l.no = NEW.no;
  IF EXISTS (SELECT 1 FROM claims c WHERE c.licence_no = NEW.no AND c.ended_at IS NULL AND c.state IS DISTINCT FROM wanted)
     OR (OLD.state IN ('RESERVED', 'AWAITING_PAYMENT', 'ENDED') AND wanted IS NOT NULL AND NOT EXISTS (SELECT 1 FROM claims c WHERE c.licence_no = NEW.no AND c.ended_at IS NULL)) THEN
    RAISE EXCEPTION 'claim_agrees_with_licence: the claims of licence % do not stand as it does', NEW.number USING ERRCODE = '23514', CONSTRAINT = 'claim_agrees_with_licence';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER licence_agrees AFTER UPDATE OF state ON licences DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.state <> OLD.state) EXECUTE FUNCTION licence_agrees_with_claims();

CREATE FUNCTION imported_sale_agrees_with_claims() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT s.state = 'CLAIMED' FROM imported_sales s WHERE s.no = NEW.no) <> EXISTS (SELECT 1 FROM claims c WHERE c.licence_no = NEW.no AND c.ended_at IS NULL) THEN
    RAISE EXCEPTION 'claim_agrees_with_licence: the claims of imported sale % do not stand as it does', NEW.id USING ERRCODE = '23514', CONSTRAINT = 'claim_agrees_with_licence';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER imported_sale_agrees AFTER INSERT OR UPDATE OF state ON imported_sales DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION imported_sale_agrees_with_claims();

-- Licences keep their number, their house and their asset from the first second, and live as rules/licence-states.ts says.
CREATE FUNCTION licence_life() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.id, NEW.no, NEW.house_id, NEW.asset_id, NEW.exclusive, NEW.created_at) IS DISTINCT FROM (OLD.id, OLD.no, OLD.house_id, OLD.asset_id, OLD.exclusive, OLD.created_at) THEN
    RAISE EXCEPTION 'licence_keeps_its_number: licence % keeps its number, house and asset', OLD.number USING ERRCODE = '23001', CONSTRAINT = 'licence_keeps_its_number';
  END IF;
  IF NEW.state <> OLD.state AND NEW.state::text <> ALL (CASE OLD.state
       WHEN 'RESERVED' THEN ARRAY['AWAITING_PAYMENT', 'ACTIVE', 'ENDED', 'CONFLICT'] WHEN 'AWAITING_PAYMENT' THEN ARRAY['ACTIVE', 'ENDED', 'CONFLICT']
       WHEN 'ACTIVE' THEN ARRAY['SUSPENDED', 'ENDED'] WHEN 'SUSPENDED' THEN ARRAY['ACTIVE', 'ENDED']
       WHEN 'ENDED' THEN CASE WHEN OLD.ended_by = 'RELEASED' THEN ARRAY['RESERVED', 'CONFLICT'] ELSE '{}'::text[] END ELSE '{}'::text[] END) THEN
    RAISE EXCEPTION 'licence_life: from % to % is no step of licence %', OLD.state, NEW.state, OLD.number USING ERRCODE = '23514', CONSTRAINT = 'licence_life';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER licence_life BEFORE UPDATE ON licences FOR EACH ROW EXECUTE FUNCTION licence_life();

-- Imported sales are what the other shop said; only how they stand changes.
CREATE FUNCTION imported_sale_life() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NOT EXISTS (SELECT 1 FROM assets a WHERE a.no = NEW.asset_no AND a.id = NEW.asset_id AND a.house_id = NEW.house_id)
       OR EXISTS (SELECT 1 FROM licences l WHERE l.no = NEW.no) THEN
      RAISE EXCEPTION 'imported_sale_names_its_asset: sale % is of no asset of its house', NEW.id USING ERRCODE = '23514', CONSTRAINT = 'imported_sale_names_its_asset';
    END IF;
    RETURN NEW;
  END IF;
  IF (to_jsonb(NEW) - ARRAY['state', 'collision', 'settled_at', 'settled_by_id', 'settled_note']) IS DISTINCT FROM (to_jsonb(OLD) - ARRAY['state', 'collision', 'settled_at', 'settled_by_id', 'settled_note'])
     OR (OLD.state = 'ENDED' AND NEW IS DISTINCT FROM OLD) THEN
    RAISE EXCEPTION 'imported_sale_is_frozen: sale % keeps what its shop said', OLD.id USING ERRCODE = '23001', CONSTRAINT = 'imported_sale_is_frozen';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER imported_sale_life BEFORE INSERT OR UPDATE ON imported_sales FOR EACH ROW EXECUTE FUNCTION imported_sale_life();

-- Groups. The asset's number of its group follows its membership, so a membership is ended, never deleted or moved.
CREATE FUNCTION membership_life() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NOT EXISTS (SELECT 1 FROM exclusivity_groups g JOIN assets a ON a.house_id = g.house_id
                   WHERE g.id = NEW.group_id AND g.house_id = NEW.house_id AND a.no = NEW.asset_no AND a.id = NEW.asset_id) THEN
      RAISE EXCEPTION 'member_names_its_asset: group % and asset % are not of one house', NEW.group_id, NEW.asset_no USING ERRCODE = '23514', CONSTRAINT = 'member_names_its_asset';
    END IF;
    RETURN NEW;
  END IF;
  IF OLD.left_at IS NOT NULL OR (NEW.state = 'SUSPECTED' AND OLD.state <> 'SUSPECTED')
     OR (to_jsonb(NEW) - ARRAY['state', 'decided_at', 'decided_by_id', 'left_at']) IS DISTINCT FROM (to_jsonb(OLD) - ARRAY['state', 'decided_at', 'decided_by_id', 'left_at']) THEN
    RAISE EXCEPTION 'membership_is_frozen: a membership is decided on and ended, never changed' USING ERRCODE = '23001', CONSTRAINT = 'membership_is_frozen';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER membership_life BEFORE INSERT OR UPDATE ON exclusivity_members FOR EACH ROW EXECUTE FUNCTION membership_life();
ALTER TABLE exclusivity_members ADD CONSTRAINT member_leaves_after_it_came CHECK (left_at IS NULL OR left_at >= added_at);
ALTER TABLE exclusivity_groups ADD CONSTRAINT group_is_no_asset CHECK (no > 0);
CREATE FUNCTION keep_numbers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.id, NEW.no, NEW.house_id) IS DISTINCT FROM (OLD.id, OLD.no, OLD.house_id) THEN
    RAISE EXCEPTION 'number_is_kept: % keep their number and their house', TG_TABLE_NAME USING ERRCODE = '23001', CONSTRAINT = 'number_is_kept';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_numbers BEFORE UPDATE OF id, no, house_id ON assets FOR EACH ROW EXECUTE FUNCTION keep_numbers();
CREATE TRIGGER keep_numbers BEFORE UPDATE OF id, no, house_id ON exclusivity_groups FOR EACH ROW EXECUTE FUNCTION keep_numbers();
CREATE FUNCTION asset_is_licensed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM claims WHERE asset_no = OLD.no) OR EXISTS (SELECT 1 FROM licences WHERE asset_id = OLD.id) THEN
    RAISE EXCEPTION 'asset_is_licensed: asset % has licences and is archived, not deleted', OLD.id USING ERRCODE = '23001', CONSTRAINT = 'asset_is_licensed';
  END IF;
  RETURN OLD;
END $$;
CREATE TRIGGER asset_is_licensed BEFORE DELETE ON assets FOR EACH ROW EXECUTE FUNCTION asset_is_licensed();

DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['claims', 'imported_sales', 'exclusivity_members', 'exclusivity_groups'] LOOP
    EXECUTE format('CREATE TRIGGER never_deleted BEFORE DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()', t);
    EXECUTE format('CREATE TRIGGER never_truncated BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', t);
  END LOOP;
  FOREACH t IN ARRAY ARRAY['acquisitions', 'releases', 'restrictions', 'declarations', 'licences'] LOOP
    EXECUTE format('CREATE TRIGGER never_truncated BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', t);
  END LOOP;
END $$;

-- History cannot be written backwards: a row is of its own house's asset, and is known from the last decision on at the
-- earliest, since that decision was made without it.
CREATE FUNCTION rights_row_is_new() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM assets a WHERE a.no = NEW.asset_no AND a.id = NEW.asset_id AND a.house_id = NEW.house_id) THEN
    RAISE EXCEPTION 'rights_row_names_its_asset: % is about no asset of its house', NEW.id USING ERRCODE = '23514', CONSTRAINT = 'rights_row_names_its_asset';
  END IF;
  NEW.recorded_at := greatest(NEW.recorded_at, last_decision(NEW.asset_no));
  RETURN NEW;
END $$;
CREATE FUNCTION rights_row_ends_now() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.superseded_at := greatest(NEW.superseded_at, last_decision(NEW.asset_no));
  RETURN NEW;
END $$;
DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['acquisitions', 'releases', 'restrictions'] LOOP
    EXECUTE format('CREATE TRIGGER is_new BEFORE INSERT ON %I FOR EACH ROW EXECUTE FUNCTION rights_row_is_new()', t);
    -- After only_supersede in the alphabet: the first refuses, the second dates.
    EXECUTE format('CREATE TRIGGER then_ends_now BEFORE UPDATE OF superseded_at ON %I FOR EACH ROW WHEN (NEW.superseded_at IS NOT NULL) EXECUTE FUNCTION rights_row_ends_now()', t);
  END LOOP;
END $$;

-- Declarations follow the asset's record and are written by nobody else.
CREATE OR REPLACE FUNCTION keep_declarations() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE since timestamptz := greatest(NEW.changed_at, last_decision(NEW.no), (SELECT recorded_at FROM declarations WHERE asset_no = NEW.no AND superseded_at IS NULL));
BEGIN
  UPDATE declarations SET superseded_at = since WHERE asset_no = NEW.no AND superseded_at IS NULL;
  INSERT INTO declarations (house_id, asset_id, asset_no, shows_people, shows_property, editorial_only, recorded_at)
    VALUES (NEW.house_id, NEW.id, NEW.no, NEW.shows_people, NEW.shows_property, NEW.editorial_only, since);
  RETURN NULL;
END $$;
CREATE FUNCTION declarations_follow_assets() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF pg_trigger_depth() < 2 THEN
    RAISE EXCEPTION 'declarations_follow_assets: the record of the asset says what it shows' USING ERRCODE = '23001', CONSTRAINT = 'declarations_follow_assets';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER follow_assets BEFORE INSERT OR UPDATE ON declarations FOR EACH ROW EXECUTE FUNCTION declarations_follow_assets();
