-- What an embargo, a purge and the state table promise, kept where the way around was open.

-- An end of use is no way out of an embargo: it comes the minute after the embargo has ended.
DELETE FROM asset_moves WHERE from_state = 'EMBARGOED' AND verb = 'expire';

-- Every life begins as a draft. A house that moves in brings its archive along, and says so for its transaction.
CREATE FUNCTION assets_begin_as_drafts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF coalesce(current_setting('clearmark.lays_assets', true), '') <> 'on' THEN
    RAISE EXCEPTION 'asset % begins as a draft, not %', NEW.id, NEW.state USING ERRCODE = '23514', CONSTRAINT = 'asset_state_table';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER a_begins_as_draft BEFORE INSERT ON assets
  FOR EACH ROW WHEN (NEW.state <> 'DRAFT' OR NEW.legal_hold OR NEW.purged_at IS NOT NULL) EXECUTE FUNCTION assets_begin_as_drafts();

-- What was purged is not made anew: a preview that was under way when its asset was purged comes too late.
CREATE FUNCTION purged_has_no_renditions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM asset_versions v JOIN assets a ON a.id = v.asset_id WHERE v.id = NEW.version_id AND (v.purged_at IS NOT NULL OR a.purged_at IS NOT NULL)) THEN
    RAISE EXCEPTION 'version % is purged', NEW.version_id USING ERRCODE = '23514', CONSTRAINT = 'purged_for_good';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER purged_has_no_renditions BEFORE INSERT ON renditions FOR EACH ROW EXECUTE FUNCTION purged_has_no_renditions();

-- The library's index knows an embargo by its end and not by the state: what is on hold while it runs stays sealed.
DO $patch$
DECLARE was text := pg_get_functiondef('library_wanted'::regproc);
  sign text := $sign$(CASE WHEN legal_hold THEN 'f/has:legal-hold' END),$sign$;
BEGIN
  IF position(sign IN was) = 0 THEN RAISE EXCEPTION 'library_wanted says legal holds in other words'; END IF;
  EXECUTE replace(was, sign, sign || $more$ (CASE WHEN embargo_ends_at IS NOT NULL THEN 'f/has:embargo' END),$more$);
END $patch$;
INSERT INTO library_notes (house_id, asset_no) SELECT house_id, no FROM assets WHERE embargo_ends_at IS NOT NULL;
