-- A publication that was refused at its time is a line of the worklist: what it rests on makes its asset stale as well.
CREATE OR REPLACE FUNCTION stale_assets() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO worklist_stale (house_id, asset_no) SELECT c.house_id, c.no FROM changed c JOIN was w ON w.no = c.no
    AND (w.state, w.sells_royalty_free, w.sells_rights_managed, w.shows_people, w.shows_property, w.editorial_only, w.publish_at, w.schedule_refused)
      IS DISTINCT FROM (c.state, c.sells_royalty_free, c.sells_rights_managed, c.shows_people, c.shows_property, c.editorial_only, c.publish_at, c.schedule_refused);
  RETURN NULL;
END $$;

INSERT INTO worklist_stale (house_id, asset_no) SELECT house_id, no FROM assets WHERE schedule_refused IS NOT NULL;
