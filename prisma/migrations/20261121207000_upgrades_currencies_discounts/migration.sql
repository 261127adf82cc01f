-- Upgrades, carts of one currency, and discounts.

-- CreateEnum
CREATE TYPE "given_discount_state" AS ENUM ('WAITING', 'APPROVED', 'REFUSED', 'WITHDRAWN');

-- AlterTable
ALTER TABLE "licences" ADD COLUMN "upgrades_id" TEXT, ADD COLUMN "lineage_no" BIGINT;
ALTER TABLE "claims" ADD COLUMN "lineage_no" BIGINT NOT NULL DEFAULT 0;
ALTER TABLE "carts" ADD COLUMN "currency" CHAR(3), ADD COLUMN "code" TEXT;
ALTER TABLE "cart_lines" ADD COLUMN "upgrades_licence_id" TEXT, ADD COLUMN "later_at" TIMESTAMPTZ(3), ADD COLUMN "seen" JSONB;
ALTER TABLE "order_lines" ADD COLUMN "upgrades_licence_id" TEXT, ADD COLUMN "discount_id" TEXT;
ALTER TABLE "orders" ADD COLUMN "code" TEXT;

-- CreateTable
CREATE TABLE "promotion_counts" (
    "house_id" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "taken" INTEGER NOT NULL,
    CONSTRAINT "promotion_counts_pkey" PRIMARY KEY ("house_id", "code")
);
CREATE TABLE "promotion_uses" (
    "order_id" TEXT NOT NULL,
    "house_id" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "taken_at" TIMESTAMPTZ(3) NOT NULL,
    "released_at" TIMESTAMPTZ(3),
    CONSTRAINT "promotion_uses_pkey" PRIMARY KEY ("order_id")
);
CREATE TABLE "given_discounts" (
    "id" TEXT NOT NULL,
    "house_id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "asset_id" TEXT NOT NULL,
    "model" "licence_model" NOT NULL,
    "terms" JSONB NOT NULL,
    "terms_sha256" CHAR(64) NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "list_minor" BIGINT NOT NULL,
    "net_minor" BIGINT NOT NULL,
    "minimum_minor" BIGINT NOT NULL,
    "price_book_id" TEXT NOT NULL,
    "bp" INTEGER NOT NULL,
    "state" "given_discount_state" NOT NULL,
    "reason" TEXT NOT NULL,
    "requested_by_id" TEXT NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "valid_until" TIMESTAMPTZ(3) NOT NULL,
    "decided_by_id" TEXT,
    "decided_at" TIMESTAMPTZ(3),
    "decision" TEXT,
    "order_id" TEXT,
    CONSTRAINT "given_discounts_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "promotion_uses_house_id_code_org_id_idx" ON "promotion_uses"("house_id", "code", "org_id");
CREATE INDEX "given_discounts_house_id_state_requested_at_idx" ON "given_discounts"("house_id", "state", "requested_at");
CREATE INDEX "given_discounts_house_id_requested_at_id_idx" ON "given_discounts"("house_id", "requested_at" DESC, "id" DESC);
CREATE INDEX "given_discounts_org_id_asset_id_idx" ON "given_discounts"("org_id", "asset_id");
CREATE INDEX "licences_lineage_no_idx" ON "licences"("lineage_no");

-- AddForeignKey
ALTER TABLE "licences" ADD CONSTRAINT "licences_upgrades_id_fkey" FOREIGN KEY ("upgrades_id") REFERENCES "licences"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "promotion_uses" ADD CONSTRAINT "promotion_uses_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders"("id") ON DELETE RESTRICT ON UPDATE CASCADE;


-- What Prisma cannot say.

-- A licence that widens another one belongs to its lineage, named by the number of the first. Claims of one lineage never
-- stand against each other: the wider right is held while the narrower one is still in force, and nobody comes between.
ALTER TABLE claims DISABLE TRIGGER USER;
UPDATE claims SET lineage_no = licence_no;
ALTER TABLE claims ENABLE TRIGGER USER;
ALTER TABLE claims DROP CONSTRAINT no_double_sale;
ALTER TABLE claims ADD CONSTRAINT no_double_sale EXCLUDE USING gist (
    subject_no WITH =, territory_set WITH &&, media_set WITH &&, industry_set WITH &&, period WITH &&, excl_class WITH <>, lineage_no WITH <>
  ) WHERE (state IN ('HELD', 'PENDING_PAYMENT', 'ACTIVE', 'SUSPENDED'));

-- Of a lineage one licence is in force, and of a licence one widening is under way or in force.
CREATE UNIQUE INDEX one_in_force_a_lineage ON licences (coalesce(lineage_no, no)) WHERE state IN ('ACTIVE', 'SUSPENDED');
CREATE UNIQUE INDEX one_upgrade_a_licence ON licences (upgrades_id) WHERE state IN ('RESERVED', 'AWAITING_PAYMENT', 'ACTIVE', 'SUSPENDED');
ALTER TABLE licences ADD CONSTRAINT upgrade_has_a_lineage CHECK ((upgrades_id IS NULL) = (lineage_no IS NULL));

CREATE FUNCTION upgrade_is_of_its_own() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE old record;
BEGIN
  SELECT l.house_id, l.holder_org_id, l.asset_id, l.state, coalesce(l.lineage_no, l.no) AS lineage INTO old FROM licences l WHERE l.id = NEW.upgrades_id;
  IF NOT FOUND OR (old.house_id, old.holder_org_id, old.asset_id) IS DISTINCT FROM (NEW.house_id, NEW.holder_org_id, NEW.asset_id) OR old.state <> 'ACTIVE' THEN
    RAISE EXCEPTION 'upgrade_is_of_its_own: licence % widens no licence in force of its holder for its picture', NEW.number USING ERRCODE = '23514', CONSTRAINT = 'upgrade_is_of_its_own';
  END IF;
  NEW.lineage_no := old.lineage;
  RETURN NEW;
END $$;
CREATE TRIGGER upgrade_is_of_its_own BEFORE INSERT ON licences FOR EACH ROW WHEN (NEW.upgrades_id IS NOT NULL OR NEW.lineage_no IS NOT NULL) EXECUTE FUNCTION upgrade_is_of_its_own();

CREATE OR REPLACE FUNCTION claim_is_sound() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE asset record; sold record;
BEGIN
  SELECT a.id, a.house_id, coalesce(a.exclusivity_no, a.no) AS subject INTO asset FROM assets a WHERE a.no = NEW.asset_no;
  IF NOT FOUND OR asset.house_id <> NEW.house_id THEN
    RAISE EXCEPTION 'claim_names_its_asset: house % has no asset %', NEW.house_id, NEW.asset_no USING ERRCODE = '23514', CONSTRAINT = 'claim_names_its_asset';
  END IF;
  SELECT l.asset_id, l.house_id, l.exclusive, l.model = 'INTERNAL_GRANT' AS own, coalesce(l.lineage_no, l.no) AS lineage INTO sold FROM licences l WHERE l.no = NEW.licence_no;
  IF NOT FOUND THEN
    SELECT s.asset_id, s.house_id, s.exclusive, false AS own, s.no AS lineage INTO sold FROM imported_sales s WHERE s.no = NEW.licence_no;
  END IF;
  IF NOT FOUND OR sold.asset_id <> asset.id OR sold.house_id <> NEW.house_id OR sold.exclusive <> NEW.exclusive THEN
    RAISE EXCEPTION 'claim_names_its_licence: % is no licence of asset % with these rights', NEW.licence_no, NEW.asset_no USING ERRCODE = '23514', CONSTRAINT = 'claim_names_its_licence';
  END IF;
  NEW.subject_no := asset.subject;
  NEW.lineage_no := sold.lineage;
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

CREATE FUNCTION lineage_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'lineage_is_kept: rights keep the lineage that they came into' USING ERRCODE = '23001', CONSTRAINT = 'lineage_is_kept';
END $$;
CREATE TRIGGER lineage_is_kept BEFORE UPDATE ON claims FOR EACH ROW WHEN (NEW.lineage_no <> OLD.lineage_no) EXECUTE FUNCTION lineage_is_kept();
CREATE TRIGGER lineage_is_kept BEFORE UPDATE ON licences FOR EACH ROW
  WHEN (NEW.lineage_no IS DISTINCT FROM OLD.lineage_no OR NEW.upgrades_id IS DISTINCT FROM OLD.upgrades_id) EXECUTE FUNCTION lineage_is_kept();

-- One more step in the life of a licence: what a widening superseded is in force again when its money went back.
CREATE OR REPLACE FUNCTION licence_life() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.id, NEW.no, NEW.house_id, NEW.asset_id, NEW.exclusive, NEW.created_at) IS DISTINCT FROM (OLD.id, OLD.no, OLD.house_id, OLD.asset_id, OLD.exclusive, OLD.created_at) THEN
    RAISE EXCEPTION 'licence_keeps_its_number: licence % keeps its number, house and asset', OLD.number USING ERRCODE = '23001', CONSTRAINT = 'licence_keeps_its_number';
  END IF;
  IF NEW.state <> OLD.state AND NEW.state::text <> ALL (CASE OLD.state
       WHEN 'RESERVED' THEN ARRAY['AWAITING_PAYMENT', 'ACTIVE', 'ENDED', 'CONFLICT'] WHEN 'AWAITING_PAYMENT' THEN ARRAY['ACTIVE', 'ENDED', 'CONFLICT']
       WHEN 'ACTIVE' THEN ARRAY['SUSPENDED', 'ENDED'] WHEN 'SUSPENDED' THEN ARRAY['ACTIVE', 'ENDED']
       WHEN 'ENDED' THEN CASE OLD.ended_by WHEN 'RELEASED' THEN ARRAY['RESERVED', 'CONFLICT'] WHEN 'SUPERSEDED' THEN ARRAY['ACTIVE'] ELSE '{}'::text[] END ELSE '{}'::text[] END) THEN
    RAISE EXCEPTION 'licence_life: from % to % is no step of licence %', OLD.state, NEW.state, OLD.number USING ERRCODE = '23514', CONSTRAINT = 'licence_life';
  END IF;
  RETURN NEW;
END $$;

-- Discounts.
ALTER TABLE promotion_counts ADD CONSTRAINT promotion_count_is_not_negative CHECK (taken >= 0);
ALTER TABLE given_discounts
  ADD CONSTRAINT discount_is_a_share CHECK (bp BETWEEN 1 AND 10000),
  ADD CONSTRAINT discount_lowers CHECK (net_minor >= 0 AND net_minor <= list_minor),
  ADD CONSTRAINT discount_decision_is_whole CHECK ((state IN ('APPROVED', 'REFUSED')) = (decided_by_id IS NOT NULL AND decided_at IS NOT NULL)),
  ADD CONSTRAINT discount_is_used_approved CHECK (order_id IS NULL OR state = 'APPROVED');
CREATE FUNCTION discount_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR (to_jsonb(NEW) - ARRAY['state', 'decided_by_id', 'decided_at', 'decision', 'order_id']) IS DISTINCT FROM (to_jsonb(OLD) - ARRAY['state', 'decided_by_id', 'decided_at', 'decision', 'order_id'])
     OR (OLD.state <> 'WAITING' AND (NEW.decided_by_id, NEW.decided_at, NEW.decision) IS DISTINCT FROM (OLD.decided_by_id, OLD.decided_at, OLD.decision))
     OR (NEW.state <> OLD.state AND OLD.state <> 'WAITING') THEN
    RAISE EXCEPTION 'discount_is_frozen: discount % keeps what was asked and decided', OLD.id USING ERRCODE = '23001', CONSTRAINT = 'discount_is_frozen';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER discount_is_frozen BEFORE UPDATE OR DELETE ON given_discounts FOR EACH ROW EXECUTE FUNCTION discount_is_frozen();
