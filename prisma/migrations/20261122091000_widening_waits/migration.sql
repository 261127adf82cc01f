-- Whoever waits to widen a licence is offered the widening when the place comes up, at its difference.
ALTER TABLE "rights_waits" ADD COLUMN "upgrades_licence_id" TEXT;
-- The same use as a licence of its own is another wish.
DROP INDEX one_wait_a_scope;
CREATE UNIQUE INDEX one_wait_a_scope ON rights_waits (user_id, asset_no, model, md5(terms::text), coalesce(upgrades_licence_id, '')) WHERE ended_at IS NULL;
