-- What an end was an end of, so that it can be taken back; and policies that end lives by rule.
ALTER TABLE "assets" ADD COLUMN "ended_from" "asset_state";
ALTER TABLE "purged_objects" ADD COLUMN "moved_at" TIMESTAMPTZ(3);
INSERT INTO asset_moves (from_state, verb, to_state) VALUES
  ('EMBARGOED', 'schedule', 'SCHEDULED'),
  ('EXPIRED', 'takeBackApproved', 'APPROVED'), ('EXPIRED', 'takeBackWithdrawn', 'WITHDRAWN'),
  ('ARCHIVED', 'takeBackApproved', 'APPROVED'), ('ARCHIVED', 'takeBackWithdrawn', 'WITHDRAWN'), ('ARCHIVED', 'takeBackExpired', 'EXPIRED'),
  ('DELETED', 'takeBackApproved', 'APPROVED'), ('DELETED', 'takeBackWithdrawn', 'WITHDRAWN'), ('DELETED', 'takeBackExpired', 'EXPIRED'), ('DELETED', 'takeBackArchived', 'ARCHIVED');

-- Remembered where an end begins, and believed where it is taken back: only what it was, and never back into the store by itself.
CREATE FUNCTION asset_ends_are_taken_back() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF ((OLD.state = 'EXPIRED' AND NEW.state IN ('APPROVED', 'WITHDRAWN')) OR (OLD.state = 'ARCHIVED' AND NEW.state IN ('APPROVED', 'WITHDRAWN', 'EXPIRED'))
      OR (OLD.state = 'DELETED' AND NEW.state IN ('APPROVED', 'WITHDRAWN', 'EXPIRED', 'ARCHIVED'))) AND NEW.state IS DISTINCT FROM OLD.ended_from THEN
    RAISE EXCEPTION 'asset % was %, not %', OLD.id, OLD.ended_from, NEW.state USING ERRCODE = '23514', CONSTRAINT = 'asset_state_table';
  END IF;
  NEW.ended_from := CASE
    WHEN NEW.state NOT IN ('EXPIRED', 'ARCHIVED', 'DELETED') THEN NULL
    WHEN OLD.state IN ('SCHEDULED', 'EMBARGOED') THEN 'APPROVED'::asset_state
    WHEN OLD.state = 'PUBLISHED' THEN 'WITHDRAWN'::asset_state
    WHEN OLD.state = 'ON_HOLD' THEN 'DRAFT'::asset_state
    WHEN OLD.state = 'DELETED' THEN NULL
    ELSE OLD.state END;
  RETURN NEW;
END $$;
CREATE TRIGGER b_ends_are_taken_back BEFORE UPDATE OF state ON assets
  FOR EACH ROW WHEN (NEW.state IS DISTINCT FROM OLD.state) EXECUTE FUNCTION asset_ends_are_taken_back();

CREATE TYPE "policy_action" AS ENUM ('ARCHIVE', 'DELETE', 'HOLD', 'EXPIRE', 'NOTIFY', 'ASK');
CREATE TYPE "policy_state" AS ENUM ('DRAFT', 'WAITING', 'ACTIVE', 'PAUSED', 'ENDED');
CREATE TABLE "life_policies" (
    "id" TEXT NOT NULL,
    "house_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "rule" JSONB NOT NULL,
    "action" "policy_action" NOT NULL,
    "reason" TEXT NOT NULL,
    "state" "policy_state" NOT NULL DEFAULT 'DRAFT',
    "created_by_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "changed_by_id" TEXT NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,
    "approved_by_id" TEXT,
    "approved_at" TIMESTAMPTZ(3),

    CONSTRAINT "life_policies_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "life_policies_house_id_state_idx" ON "life_policies"("house_id", "state");
ALTER TABLE life_policies
  ADD CONSTRAINT policy_has_words CHECK (name <> '' AND reason <> ''),
  -- What deletes runs only when a second person has agreed to it as it stands.
  ADD CONSTRAINT deletion_is_agreed_by_two CHECK (action <> 'DELETE' OR state NOT IN ('ACTIVE', 'PAUSED') OR (approved_by_id IS NOT NULL AND approved_by_id <> changed_by_id AND approved_at >= changed_at));

CREATE TABLE "policy_runs" (
    "id" TEXT NOT NULL,
    "house_id" TEXT NOT NULL,
    "policy_id" TEXT NOT NULL,
    "started_by" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "done" INTEGER NOT NULL DEFAULT 0,
    "spared" INTEGER NOT NULL DEFAULT 0,
    "undone_at" TIMESTAMPTZ(3),
    "undone_by_id" TEXT,

    CONSTRAINT "policy_runs_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "policy_runs_policy_id_started_at_idx" ON "policy_runs"("policy_id", "started_at" DESC);
CREATE UNIQUE INDEX one_open_run ON policy_runs (policy_id) WHERE ended_at IS NULL;
ALTER TABLE "policy_runs" ADD CONSTRAINT "policy_runs_policy_id_fkey" FOREIGN KEY ("policy_id") REFERENCES "life_policies"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "policy_run_items" (
    "run_id" TEXT NOT NULL,
    "asset_id" TEXT NOT NULL,
    "house_id" TEXT NOT NULL,
    "policy_id" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "from_state" "asset_state" NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "answer" TEXT,
    "answered_by_id" TEXT,
    "answered_at" TIMESTAMPTZ(3),

    CONSTRAINT "policy_run_items_pkey" PRIMARY KEY ("run_id", "asset_id")
);
CREATE INDEX "policy_run_items_asset_id_idx" ON "policy_run_items"("asset_id");
CREATE INDEX "policy_run_items_policy_id_asset_id_idx" ON "policy_run_items"("policy_id", "asset_id");
CREATE INDEX policy_questions ON policy_run_items (house_id, at) WHERE outcome = 'asked' AND answer IS NULL;
ALTER TABLE "policy_run_items" ADD CONSTRAINT "policy_run_items_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "policy_runs"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "policy_run_items" ADD CONSTRAINT "policy_run_items_asset_id_fkey" FOREIGN KEY ("asset_id") REFERENCES "assets"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE policy_run_items
  ADD CONSTRAINT item_outcome CHECK (outcome IN ('done', 'asked', 'notified', 'legal-hold', 'licence-in-force', 'changed-meanwhile', 'undone', 'not-undone')),
  ADD CONSTRAINT item_answer CHECK ((answer IS NULL) = (answered_at IS NULL) AND answer IN ('archived', 'kept'));
