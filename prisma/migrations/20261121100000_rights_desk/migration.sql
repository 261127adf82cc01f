-- CreateEnum
CREATE TYPE "clearance_state" AS ENUM ('WAITING', 'RUNNING', 'DONE', 'FAILED', 'CANCELLED');

-- CreateEnum
CREATE TYPE "light" AS ENUM ('GREEN', 'AMBER', 'RED', 'ERROR');

-- CreateEnum
CREATE TYPE "work_mark" AS ENUM ('SNOOZED', 'DONE');

-- CreateEnum
CREATE TYPE "change_kind" AS ENUM ('END_CONTRACT', 'NARROW_CONTRACT', 'WITHDRAW_CONSENT', 'NARROW_CONSENT', 'BAN');

-- CreateEnum
CREATE TYPE "change_state" AS ENUM ('DRAFT', 'APPLYING', 'APPLIED', 'DROPPED');

-- CreateEnum
CREATE TYPE "change_subject" AS ENUM ('LICENCE', 'IMPORTED_SALE', 'KIT', 'COLLECTION', 'ASSET', 'REQUEST', 'HOLD');

-- CreateEnum
CREATE TYPE "import_kind" AS ENUM ('ACQUISITIONS', 'RELEASES', 'RESTRICTIONS', 'SALES', 'ODRL');

-- CreateEnum
CREATE TYPE "import_state" AS ENUM ('CHECKING', 'CHECKED', 'APPLYING', 'DONE', 'FAILED', 'DROPPED');

-- CreateEnum
CREATE TYPE "twin_state" AS ENUM ('SUSPECTED', 'CONFIRMED', 'DISMISSED');

-- CreateEnum
CREATE TYPE "imported_sale_state" AS ENUM ('CLAIMED', 'COLLIDES', 'SETTLED', 'ENDED');

-- CreateEnum
CREATE TYPE "paper_kind" AS ENUM ('CONTRACT', 'RELEASE');

-- AlterTable
ALTER TABLE "assets" ADD COLUMN     "exclusivity_no" BIGINT;

-- AlterTable
ALTER TABLE "claims" ADD COLUMN     "ended_at" TIMESTAMPTZ(3),
ADD COLUMN     "subject_no" BIGINT NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "releases" ADD COLUMN     "ai_uses" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "guardian" TEXT,
ADD COLUMN     "minor" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "sensitive_set" int4multirange NOT NULL DEFAULT '{}'::int4multirange;

-- CreateTable
CREATE TABLE "access_keys" (
    "id" TEXT NOT NULL,
    "house_id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "member_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "scopes" TEXT[],
    "prefix" TEXT NOT NULL,
    "secret_sha256" CHAR(64) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "access_keys_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "clearances" (
    "id" TEXT NOT NULL,
    "house_id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "storage_key" TEXT,
    "state" "clearance_state" NOT NULL,
    "failure" TEXT,
    "rows_total" INTEGER NOT NULL DEFAULT 0,
    "rows_done" INTEGER NOT NULL DEFAULT 0,
    "green" INTEGER NOT NULL DEFAULT 0,
    "amber" INTEGER NOT NULL DEFAULT 0,
    "red" INTEGER NOT NULL DEFAULT 0,
    "errors" INTEGER NOT NULL DEFAULT 0,
    "idempotency_key" TEXT,
    "request_sha256" CHAR(64),
    "access_key_id" TEXT,
    "created_by_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "clearances_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "clearance_rows" (
    "clearance_id" TEXT NOT NULL,
    "row_no" INTEGER NOT NULL,
    "asset" TEXT NOT NULL,
    "asset_id" TEXT,
    "use" JSONB NOT NULL,
    "light" "light" NOT NULL,
    "reasons" JSONB NOT NULL,
    "nearest" JSONB,

    CONSTRAINT "clearance_rows_pkey" PRIMARY KEY ("clearance_id","row_no")
);

-- CreateTable
CREATE TABLE "saved_views" (
    "id" TEXT NOT NULL,
    "house_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "page" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "query" TEXT NOT NULL,
    "shared" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "saved_views_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "worklist_marks" (
    "house_id" TEXT NOT NULL,
    "item" TEXT NOT NULL,
    "mark" "work_mark",
    "until" TIMESTAMPTZ(3),
    "assignee_id" TEXT,
    "note" TEXT NOT NULL DEFAULT '',
    "marked_by_id" TEXT,
    "marked_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "worklist_marks_pkey" PRIMARY KEY ("house_id","item")
);

-- CreateTable
CREATE TABLE "change_plans" (
    "id" TEXT NOT NULL,
    "house_id" TEXT NOT NULL,
    "kind" "change_kind" NOT NULL,
    "reference" TEXT NOT NULL,
    "change" JSONB NOT NULL,
    "reason" TEXT NOT NULL,
    "state" "change_state" NOT NULL,
    "asset_count" INTEGER NOT NULL DEFAULT 0,
    "item_count" INTEGER NOT NULL DEFAULT 0,
    "items_done" INTEGER NOT NULL DEFAULT 0,
    "basis_sha256" CHAR(64) NOT NULL,
    "failure" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by_id" TEXT,
    "applied_at" TIMESTAMPTZ(3),
    "applied_by_id" TEXT,

    CONSTRAINT "change_plans_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "change_items" (
    "plan_id" TEXT NOT NULL,
    "no" INTEGER NOT NULL,
    "kind" "change_subject" NOT NULL,
    "subject_id" TEXT NOT NULL,
    "asset_id" TEXT,
    "holder_org_id" TEXT,
    "title" TEXT NOT NULL,
    "lost" JSONB NOT NULL,
    "currency" CHAR(3),
    "paid_minor" BIGINT,
    "decision" TEXT,
    "note" TEXT NOT NULL DEFAULT '',
    "decided_by_id" TEXT,
    "decided_at" TIMESTAMPTZ(3),
    "outcome" TEXT,
    "done_at" TIMESTAMPTZ(3),

    CONSTRAINT "change_items_pkey" PRIMARY KEY ("plan_id","no")
);

-- CreateTable
CREATE TABLE "rights_imports" (
    "id" TEXT NOT NULL,
    "house_id" TEXT NOT NULL,
    "kind" "import_kind" NOT NULL,
    "file_name" TEXT NOT NULL,
    "storage_key" TEXT NOT NULL,
    "sha256" CHAR(64) NOT NULL,
    "size_bytes" BIGINT NOT NULL,
    "state" "import_state" NOT NULL,
    "failure" TEXT,
    "rows_total" INTEGER NOT NULL DEFAULT 0,
    "rows_done" INTEGER NOT NULL DEFAULT 0,
    "rows_good" INTEGER NOT NULL DEFAULT 0,
    "rows_bad" INTEGER NOT NULL DEFAULT 0,
    "outcome" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by_id" TEXT,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "rights_imports_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "import_problems" (
    "import_id" TEXT NOT NULL,
    "no" INTEGER NOT NULL,
    "row_no" INTEGER NOT NULL,
    "column" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "message" TEXT NOT NULL,

    CONSTRAINT "import_problems_pkey" PRIMARY KEY ("import_id","no")
);

-- CreateTable
CREATE TABLE "contracts" (
    "id" TEXT NOT NULL,
    "house_id" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "licensor" TEXT NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_by_id" TEXT,

    CONSTRAINT "contracts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "papers" (
    "id" TEXT NOT NULL,
    "house_id" TEXT NOT NULL,
    "kind" "paper_kind" NOT NULL,
    "reference" TEXT NOT NULL,
    "file_name" TEXT NOT NULL,
    "media_type" TEXT NOT NULL,
    "size_bytes" BIGINT NOT NULL,
    "sha256" CHAR(64) NOT NULL,
    "storage_key" TEXT NOT NULL,
    "added_at" TIMESTAMPTZ(3) NOT NULL,
    "added_by_id" TEXT,

    CONSTRAINT "papers_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "declarations" (
    "id" BIGSERIAL NOT NULL,
    "house_id" TEXT NOT NULL,
    "asset_id" TEXT NOT NULL,
    "asset_no" BIGINT NOT NULL,
    "shows_people" BOOLEAN,
    "shows_property" BOOLEAN,
    "editorial_only" BOOLEAN NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "superseded_at" TIMESTAMPTZ(3),

    CONSTRAINT "declarations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "exclusivity_groups" (
    "id" TEXT NOT NULL,
    "no" BIGSERIAL NOT NULL,
    "house_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by_id" TEXT,

    CONSTRAINT "exclusivity_groups_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "exclusivity_members" (
    "id" TEXT NOT NULL,
    "house_id" TEXT NOT NULL,
    "group_id" TEXT NOT NULL,
    "asset_id" TEXT NOT NULL,
    "asset_no" BIGINT NOT NULL,
    "state" "twin_state" NOT NULL,
    "why" TEXT NOT NULL DEFAULT '',
    "added_at" TIMESTAMPTZ(3) NOT NULL,
    "added_by_id" TEXT,
    "decided_at" TIMESTAMPTZ(3),
    "decided_by_id" TEXT,
    "left_at" TIMESTAMPTZ(3),

    CONSTRAINT "exclusivity_members_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "imported_sales" (
    "id" TEXT NOT NULL,
    "no" BIGINT NOT NULL,
    "house_id" TEXT NOT NULL,
    "asset_id" TEXT NOT NULL,
    "asset_no" BIGINT NOT NULL,
    "shop" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "holder" TEXT NOT NULL DEFAULT '',
    "terms" JSONB NOT NULL,
    "exclusive" BOOLEAN NOT NULL,
    "sold_at" TIMESTAMPTZ(3) NOT NULL,
    "state" "imported_sale_state" NOT NULL,
    "collision" JSONB,
    "import_id" TEXT,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_by_id" TEXT,
    "settled_at" TIMESTAMPTZ(3),
    "settled_by_id" TEXT,
    "settled_note" TEXT,

    CONSTRAINT "imported_sales_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "decisions" (
    "id" TEXT NOT NULL,
    "house_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "asset_id" TEXT NOT NULL,
    "asset_no" BIGINT NOT NULL,
    "purpose" TEXT NOT NULL,
    "licence_no" BIGINT,
    "use" JSONB NOT NULL,
    "verdict" TEXT NOT NULL,
    "answer" JSONB NOT NULL,
    "inputs" JSONB NOT NULL,
    "inputs_sha256" CHAR(64) NOT NULL,
    "engine_version" INTEGER NOT NULL,
    "price_book_id" TEXT,

    CONSTRAINT "decisions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rights_waits" (
    "id" TEXT NOT NULL,
    "house_id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "asset_id" TEXT NOT NULL,
    "asset_no" BIGINT NOT NULL,
    "terms" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "told_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "rights_waits_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "access_keys_secret_sha256_key" ON "access_keys"("secret_sha256");

-- CreateIndex
CREATE INDEX "access_keys_org_id_created_at_idx" ON "access_keys"("org_id", "created_at");

-- CreateIndex
CREATE INDEX "access_keys_member_id_idx" ON "access_keys"("member_id");

-- CreateIndex
CREATE INDEX "clearances_house_id_created_at_id_idx" ON "clearances"("house_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "clearances_access_key_id_idempotency_key_key" ON "clearances"("access_key_id", "idempotency_key");

-- CreateIndex
CREATE INDEX "clearance_rows_clearance_id_light_row_no_idx" ON "clearance_rows"("clearance_id", "light", "row_no");

-- CreateIndex
CREATE UNIQUE INDEX "saved_views_house_id_user_id_page_name_key" ON "saved_views"("house_id", "user_id", "page", "name");

-- CreateIndex
CREATE INDEX "change_plans_house_id_created_at_id_idx" ON "change_plans"("house_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "change_items_plan_id_decision_no_idx" ON "change_items"("plan_id", "decision", "no");

-- CreateIndex
CREATE UNIQUE INDEX "change_items_plan_id_kind_subject_id_key" ON "change_items"("plan_id", "kind", "subject_id");

-- CreateIndex
CREATE INDEX "rights_imports_house_id_created_at_id_idx" ON "rights_imports"("house_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "contracts_house_id_reference_key" ON "contracts"("house_id", "reference");

-- CreateIndex
CREATE UNIQUE INDEX "papers_house_id_kind_reference_sha256_key" ON "papers"("house_id", "kind", "reference", "sha256");

-- CreateIndex
CREATE INDEX "declarations_asset_no_idx" ON "declarations"("asset_no");

-- CreateIndex
CREATE UNIQUE INDEX "exclusivity_groups_no_key" ON "exclusivity_groups"("no");

-- CreateIndex
CREATE INDEX "exclusivity_groups_house_id_created_at_idx" ON "exclusivity_groups"("house_id", "created_at");

-- CreateIndex
CREATE INDEX "exclusivity_members_group_id_idx" ON "exclusivity_members"("group_id");

-- CreateIndex
CREATE INDEX "exclusivity_members_asset_no_idx" ON "exclusivity_members"("asset_no");

-- CreateIndex
CREATE INDEX "exclusivity_members_house_id_state_added_at_idx" ON "exclusivity_members"("house_id", "state", "added_at");

-- CreateIndex
CREATE UNIQUE INDEX "imported_sales_no_key" ON "imported_sales"("no");

-- CreateIndex
CREATE INDEX "imported_sales_asset_no_idx" ON "imported_sales"("asset_no");

-- CreateIndex
CREATE INDEX "imported_sales_house_id_state_recorded_at_idx" ON "imported_sales"("house_id", "state", "recorded_at");

-- CreateIndex
CREATE UNIQUE INDEX "imported_sales_house_id_shop_reference_key" ON "imported_sales"("house_id", "shop", "reference");

-- CreateIndex
CREATE INDEX "decisions_house_id_at_id_idx" ON "decisions"("house_id", "at", "id");

-- CreateIndex
CREATE INDEX "decisions_asset_no_idx" ON "decisions"("asset_no");

-- CreateIndex
CREATE INDEX "decisions_licence_no_idx" ON "decisions"("licence_no");

-- CreateIndex
CREATE INDEX "rights_waits_asset_no_idx" ON "rights_waits"("asset_no");

-- CreateIndex
CREATE INDEX "rights_waits_user_id_created_at_idx" ON "rights_waits"("user_id", "created_at");

-- CreateIndex
CREATE INDEX "acquisitions_house_id_contract_idx" ON "acquisitions"("house_id", "contract");

-- CreateIndex
CREATE INDEX "assets_exclusivity_no_idx" ON "assets"("exclusivity_no");

-- CreateIndex
CREATE INDEX "claims_subject_no_idx" ON "claims"("subject_no");

-- CreateIndex
CREATE INDEX "releases_house_id_reference_idx" ON "releases"("house_id", "reference");

-- AddForeignKey
ALTER TABLE "clearance_rows" ADD CONSTRAINT "clearance_rows_clearance_id_fkey" FOREIGN KEY ("clearance_id") REFERENCES "clearances"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "change_items" ADD CONSTRAINT "change_items_plan_id_fkey" FOREIGN KEY ("plan_id") REFERENCES "change_plans"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "import_problems" ADD CONSTRAINT "import_problems_import_id_fkey" FOREIGN KEY ("import_id") REFERENCES "rights_imports"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "exclusivity_members" ADD CONSTRAINT "exclusivity_members_group_id_fkey" FOREIGN KEY ("group_id") REFERENCES "exclusivity_groups"("id") ON DELETE RESTRICT ON UPDATE CASCADE;



-- What Prisma cannot say.

-- Releases that were written down before keep the reach that they were read with.
ALTER TABLE releases DISABLE TRIGGER only_supersede;
UPDATE releases SET ai_uses = true, sensitive_set = '{[0,)}';
ALTER TABLE releases ENABLE TRIGGER only_supersede;
ALTER TABLE releases ADD CONSTRAINT minors_are_never_sensitive CHECK (NOT minor OR isempty(sensitive_set)),
  ADD CONSTRAINT minors_have_a_guardian CHECK (NOT minor OR status NOT IN ('UNLIMITED', 'LIMITED') OR coalesce(guardian, '') <> '');

-- The papers that acquisitions cite.
INSERT INTO contracts (id, house_id, reference, licensor, recorded_at)
  SELECT DISTINCT ON (house_id, contract) 'ctr_' || substr(id, 5), house_id, contract, licensor, recorded_at FROM acquisitions ORDER BY house_id, contract, recorded_at, id;

-- A claim is laid on its asset, or on the group that the asset shares with its twins. The database works it out, whoever writes:
-- group numbers are negative, so that no group is ever taken for an asset.
CREATE FUNCTION claim_keeps_its_subject() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  SELECT coalesce(a.exclusivity_no, a.no) INTO NEW.subject_no FROM assets a WHERE a.no = NEW.asset_no;
  IF NOT FOUND THEN NEW.subject_no := NEW.asset_no; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER claim_subject BEFORE INSERT OR UPDATE OF asset_no, subject_no ON claims FOR EACH ROW EXECUTE FUNCTION claim_keeps_its_subject();
UPDATE claims SET subject_no = asset_no;
ALTER TABLE claims DROP CONSTRAINT no_double_sale;
ALTER TABLE claims ADD CONSTRAINT no_double_sale EXCLUDE USING gist (
    subject_no WITH =, territory_set WITH &&, media_set WITH &&, industry_set WITH &&, period WITH &&, excl_class WITH <>
  ) WHERE (state IN ('HELD', 'PENDING_PAYMENT', 'ACTIVE', 'SUSPENDED'));

-- When a claim ceased to occupy its scope, so that "what was taken on 3 March" has an answer.
UPDATE claims c SET ended_at = coalesce(l.ended_at, c.created_at) FROM licences l
  WHERE l.no = c.licence_no AND c.state NOT IN ('HELD', 'PENDING_PAYMENT', 'ACTIVE', 'SUSPENDED');
UPDATE claims SET ended_at = created_at WHERE ended_at IS NULL AND state NOT IN ('HELD', 'PENDING_PAYMENT', 'ACTIVE', 'SUSPENDED');
CREATE FUNCTION claim_notes_its_end() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state IN ('HELD', 'PENDING_PAYMENT', 'ACTIVE', 'SUSPENDED') THEN NEW.ended_at := NULL;
  ELSE NEW.ended_at := coalesce(NEW.ended_at, now());
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER claim_end BEFORE INSERT OR UPDATE OF state, ended_at ON claims FOR EACH ROW EXECUTE FUNCTION claim_notes_its_end();
ALTER TABLE claims ADD CONSTRAINT claim_live_has_no_end CHECK ((state IN ('HELD', 'PENDING_PAYMENT', 'ACTIVE', 'SUSPENDED')) = (ended_at IS NULL));

-- Twins. One current row an asset; the asset's number of the group follows its row and nothing else.
CREATE UNIQUE INDEX one_group_an_asset ON exclusivity_members (asset_no) WHERE left_at IS NULL;
ALTER TABLE exclusivity_members ADD CONSTRAINT dismissed_has_left CHECK (state <> 'DISMISSED' OR left_at IS NOT NULL);
CREATE FUNCTION asset_follows_its_group() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  SELECT -g.no INTO NEW.exclusivity_no FROM exclusivity_members m JOIN exclusivity_groups g ON g.id = m.group_id
    WHERE m.asset_no = NEW.no AND m.left_at IS NULL;
  RETURN NEW;
END $$;
CREATE TRIGGER asset_group BEFORE INSERT OR UPDATE OF exclusivity_no ON assets FOR EACH ROW EXECUTE FUNCTION asset_follows_its_group();
CREATE FUNCTION claims_follow_the_group() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE claims SET subject_no = 0 WHERE asset_no = NEW.no;
  RETURN NULL;
END $$;
CREATE TRIGGER claims_follow AFTER UPDATE OF exclusivity_no ON assets
  FOR EACH ROW WHEN (NEW.exclusivity_no IS DISTINCT FROM OLD.exclusivity_no) EXECUTE FUNCTION claims_follow_the_group();
CREATE FUNCTION membership_binds() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE assets SET exclusivity_no = NULL WHERE no = NEW.asset_no;
  RETURN NULL;
END $$;
CREATE TRIGGER membership_binds AFTER INSERT OR UPDATE ON exclusivity_members FOR EACH ROW EXECUTE FUNCTION membership_binds();

-- What was known about the pictures themselves is kept like everything else that rights hang on.
CREATE FUNCTION keep_declarations() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE declarations SET superseded_at = greatest(NEW.changed_at, recorded_at) WHERE asset_no = NEW.no AND superseded_at IS NULL;
  INSERT INTO declarations (house_id, asset_id, asset_no, shows_people, shows_property, editorial_only, recorded_at)
    VALUES (NEW.house_id, NEW.id, NEW.no, NEW.shows_people, NEW.shows_property, NEW.editorial_only, NEW.changed_at);
  RETURN NULL;
END $$;
INSERT INTO declarations (house_id, asset_id, asset_no, shows_people, shows_property, editorial_only, recorded_at)
  SELECT house_id, id, no, shows_people, shows_property, editorial_only, created_at FROM assets;
CREATE UNIQUE INDEX one_current_declaration ON declarations (asset_no) WHERE superseded_at IS NULL;
ALTER TABLE declarations ADD CONSTRAINT declarations_two_times CHECK (superseded_at IS NULL OR superseded_at >= recorded_at);
CREATE TRIGGER keep_declarations_new AFTER INSERT ON assets FOR EACH ROW EXECUTE FUNCTION keep_declarations();
CREATE TRIGGER keep_declarations AFTER UPDATE OF shows_people, shows_property, editorial_only ON assets
  FOR EACH ROW WHEN (ROW(NEW.shows_people, NEW.shows_property, NEW.editorial_only) IS DISTINCT FROM ROW(OLD.shows_people, OLD.shows_property, OLD.editorial_only))
  EXECUTE FUNCTION keep_declarations();
CREATE TRIGGER only_supersede BEFORE UPDATE OR DELETE ON declarations FOR EACH ROW EXECUTE FUNCTION only_supersede();

-- Evidence is only ever added to.
DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['papers', 'decisions'] LOOP
    EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()', t);
    EXECUTE format('CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', t);
  END LOOP;
END $$;

ALTER TABLE imported_sales ADD CONSTRAINT collision_has_its_cause CHECK (state <> 'COLLIDES' OR collision IS NOT NULL);
ALTER TABLE worklist_marks ADD CONSTRAINT snoozed_until_a_day CHECK ((mark IS NOT DISTINCT FROM 'SNOOZED') = (until IS NOT NULL));
ALTER TABLE access_keys ADD CONSTRAINT key_opens_something CHECK (cardinality(scopes) > 0);
