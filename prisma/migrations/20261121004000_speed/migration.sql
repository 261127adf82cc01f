-- Indexes for the pages that are asked for most, measured on a hundred thousand assets; which query needs which is written
-- in docs/decisions/050-hot-queries.md. First those that the schema can say.
CREATE INDEX "assets_house_id_state_changed_at_id_idx" ON "assets"("house_id", "state", "changed_at" DESC, "id" DESC);
CREATE INDEX "asset_versions_file_name_trigrams" ON "asset_versions" USING gin ("file_name" gin_trgm_ops);
CREATE INDEX "licences_holder_org_id_created_at_id_idx" ON "licences"("holder_org_id", "created_at" DESC, "id" DESC);
CREATE INDEX "licences_house_id_created_at_id_idx" ON "licences"("house_id", "created_at" DESC, "id" DESC);
CREATE INDEX "licences_house_id_issued_at_idx" ON "licences"("house_id", "issued_at");
CREATE INDEX "orders_house_id_paid_at_idx" ON "orders"("house_id", "paid_at");
CREATE INDEX "audit_facts_actor_name_trigrams" ON "audit_facts" USING gin ("actor_name" gin_trgm_ops);
CREATE INDEX "deliveries_person_name_trigrams" ON "deliveries" USING gin ("person_name" gin_trgm_ops);
CREATE INDEX "claims_house_id_state_exclusive_licence_no_idx" ON "claims"("house_id", "state", "exclusive", "licence_no");

-- What Prisma cannot say: parts of tables, expressions, columns that ride along so that the table itself is not read.
-- What the store's facets ask of an asset, as one bit a value: a filter is one comparison, all counts of a page are one
-- grouping, and neither reads versions. Kept by the database, so that counts and filters cannot disagree.
-- The order of the values is that of services/catalog/rules/facets.ts; a test holds the two together.
CREATE FUNCTION facet_bit(value text) RETURNS int LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT 1 << (array_position(ARRAY['PHOTOGRAPH', 'ILLUSTRATION', 'LOGO', 'DOCUMENT', 'OTHER', 'LANDSCAPE', 'PORTRAIT', 'SQUARE',
    'red', 'orange', 'yellow', 'green', 'teal', 'blue', 'purple', 'pink', 'brown', 'black', 'grey', 'white', 'monochrome',
    'royalty-free', 'rights-managed', 'editorial'], value) - 1)
$$;
ALTER TABLE assets ADD COLUMN facets INTEGER NOT NULL DEFAULT 0;

CREATE FUNCTION keep_asset_facets() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE sides text; families text[];
BEGIN
  SELECT v.orientation::text, v.colour_families INTO sides, families FROM asset_versions v WHERE v.id = NEW.published_version_id;
  SELECT coalesce(bit_or(facet_bit(value)), 0) INTO NEW.facets FROM unnest(families || ARRAY[
    NEW.kind::text, sides, CASE WHEN NEW.sells_royalty_free THEN 'royalty-free' END, CASE WHEN NEW.sells_rights_managed THEN 'rights-managed' END,
    CASE WHEN NEW.editorial_only THEN 'editorial' END]) AS value;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_facets BEFORE INSERT OR UPDATE OF kind, sells_royalty_free, sells_rights_managed, editorial_only, published_version_id, facets ON assets
  FOR EACH ROW EXECUTE FUNCTION keep_asset_facets();

CREATE FUNCTION facets_follow_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE assets SET facets = 0 WHERE published_version_id = NEW.id;
  RETURN NULL;
END $$;
CREATE TRIGGER facets_follow AFTER UPDATE OF orientation, dominant_colour, palette ON asset_versions
  FOR EACH ROW WHEN (NEW.orientation IS DISTINCT FROM OLD.orientation OR NEW.colour_families IS DISTINCT FROM OLD.colour_families)
  EXECUTE FUNCTION facets_follow_version();
UPDATE assets SET facets = 0;

-- The store, newest first.
CREATE INDEX assets_in_store ON assets (house_id, published_at DESC, id) INCLUDE (facets) WHERE state = 'PUBLISHED' AND audience = 'STORE';
-- Pictures that share words, for "more like this".
CREATE INDEX assets_store_keywords ON assets USING gin (keywords) WHERE state = 'PUBLISHED' AND audience = 'STORE';
-- What ends soon, on the rights desk.
CREATE INDEX acquisitions_ending ON acquisitions (house_id, upper(period)) WHERE superseded_at IS NULL;
CREATE INDEX releases_ending ON releases (house_id, upper(period)) WHERE superseded_at IS NULL;
CREATE INDEX restrictions_ending ON restrictions (house_id, upper(period)) WHERE superseded_at IS NULL;
-- What is held now, by number, for the counts and conflicts of the desk.
CREATE INDEX acquisitions_current ON acquisitions (house_id, asset_no) WHERE superseded_at IS NULL;
CREATE INDEX acquisitions_superseded ON acquisitions (house_id, asset_no) WHERE superseded_at IS NOT NULL;
-- The day on which a licence ended, for the report of licences.
CREATE INDEX licences_ended ON licences (house_id, coalesce(ended_at, ends_at)) WHERE issued_at IS NOT NULL;
-- Reminders of one licence, for the list of what ends.
CREATE INDEX mail_messages_reminders ON mail_messages (house_id, split_part(key, ':', 2)) WHERE template = 'licence-ending';
