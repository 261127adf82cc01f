-- Routes of reviews: steps in order or side by side, who decides each, by when, and who stands in for whom.
CREATE TYPE "review_step_kind" AS ENUM ('BRAND', 'LEGAL', 'COMPLIANCE', 'OWN');
CREATE TYPE "review_need" AS ENUM ('ANY', 'COUNT', 'ALL');
CREATE TYPE "review_step_state" AS ENUM ('WAITING', 'OPEN', 'APPROVED', 'CHANGES_ASKED', 'REJECTED', 'CLOSED');
CREATE TYPE "review_decision" AS ENUM ('APPROVE', 'ASK_CHANGES', 'REJECT');

CREATE TABLE "review_routes" (
    "id" TEXT NOT NULL,
    "house_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,
    "archived_at" TIMESTAMPTZ(3),

    CONSTRAINT "review_routes_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "review_routes_house_id_position_idx" ON "review_routes"("house_id", "position");
ALTER TABLE "review_routes" ADD CONSTRAINT review_route_has_a_name CHECK (char_length(name) BETWEEN 1 AND 80 AND version >= 1);
-- Two routes of one name could not be told apart by who chooses.
CREATE UNIQUE INDEX one_review_route_of_a_name ON review_routes (house_id, lower(name)) WHERE archived_at IS NULL;

CREATE TABLE "review_route_versions" (
    "route_id" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "house_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "plan" JSONB NOT NULL,
    "made_by_id" TEXT,
    "made_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "review_route_versions_pkey" PRIMARY KEY ("route_id","number")
);
ALTER TABLE "review_route_versions" ADD CONSTRAINT "review_route_versions_route_id_fkey" FOREIGN KEY ("route_id") REFERENCES "review_routes"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- A review keeps the route that it began with, as it was then; none: one step, any reviewer.
ALTER TABLE "reviews" ADD COLUMN "route_id" TEXT, ADD COLUMN "route_number" INTEGER;
ALTER TABLE "reviews" ADD CONSTRAINT "reviews_route_id_route_number_fkey" FOREIGN KEY ("route_id", "route_number") REFERENCES "review_route_versions"("route_id", "number") ON DELETE RESTRICT ON UPDATE CASCADE;
-- The columns of the board in which reviews come to rest.
CREATE INDEX "reviews_house_id_state_decided_at_idx" ON "reviews"("house_id", "state", "decided_at" DESC);
ALTER TABLE "reviews" ADD CONSTRAINT review_route_is_whole CHECK ((route_id IS NULL) = (route_number IS NULL));

CREATE TABLE "review_steps" (
    "id" TEXT NOT NULL,
    "house_id" TEXT NOT NULL,
    "review_id" TEXT NOT NULL,
    "asked_by_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "stage" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "kind" "review_step_kind" NOT NULL,
    "need" "review_need" NOT NULL,
    "wanted" INTEGER NOT NULL,
    "roles" "role"[],
    "people" TEXT[],
    "deciders" TEXT[],
    "owner_id" TEXT,
    "state" "review_step_state" NOT NULL DEFAULT 'WAITING',
    "due_days" INTEGER,
    "remind_days" INTEGER,
    "escalate_days" INTEGER,
    "escalate_to" TEXT[],
    "opened_at" TIMESTAMPTZ(3),
    "due_on" DATE,
    "due_at" TIMESTAMPTZ(3),
    "sort_at" TIMESTAMPTZ(3),
    "remind_at" TIMESTAMPTZ(3),
    "escalate_at" TIMESTAMPTZ(3),
    "reminded_at" TIMESTAMPTZ(3),
    "escalated_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "review_steps_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "review_steps_review_id_position_key" ON "review_steps"("review_id", "position");
-- What is open is a small part of what ever was: lists, columns, calendar and the count of one's own read only that.
CREATE INDEX review_steps_open ON review_steps (house_id, sort_at, id) WHERE state = 'OPEN';
CREATE INDEX review_steps_column ON review_steps (house_id, name, sort_at, id) WHERE state = 'OPEN';
CREATE INDEX review_steps_owned ON review_steps (house_id, owner_id) WHERE state = 'OPEN' AND owner_id IS NOT NULL;
CREATE INDEX review_steps_day ON review_steps (house_id, due_on) WHERE state = 'OPEN';
CREATE INDEX review_steps_remind ON review_steps (remind_at) WHERE state = 'OPEN' AND reminded_at IS NULL;
CREATE INDEX review_steps_escalate ON review_steps (escalate_at) WHERE state = 'OPEN' AND escalated_at IS NULL;
ALTER TABLE "review_steps" ADD CONSTRAINT "review_steps_review_id_fkey" FOREIGN KEY ("review_id") REFERENCES "reviews"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "review_steps"
  ADD CONSTRAINT review_step_is_named CHECK (char_length(name) BETWEEN 1 AND 60 AND position >= 1 AND stage >= 1 AND wanted >= 1),
  ADD CONSTRAINT review_step_has_somebody CHECK (cardinality(roles) > 0 OR cardinality(people) > 0),
  ADD CONSTRAINT review_step_began CHECK (state NOT IN ('OPEN', 'APPROVED', 'CHANGES_ASKED', 'REJECTED') OR (opened_at IS NOT NULL AND sort_at IS NOT NULL)),
  ADD CONSTRAINT review_step_ended CHECK ((ended_at IS NOT NULL) = (state IN ('APPROVED', 'CHANGES_ASKED', 'REJECTED', 'CLOSED')));

CREATE TABLE "review_votes" (
    "id" TEXT NOT NULL,
    -- The order in which they were said: clocks of two machines do not agree, and the asset's row is locked meanwhile.
    "no" BIGSERIAL NOT NULL,
    "house_id" TEXT NOT NULL,
    "review_id" TEXT NOT NULL,
    "step_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "hand_id" TEXT NOT NULL,
    "decision" "review_decision" NOT NULL,
    "reason" TEXT NOT NULL DEFAULT '',
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "review_votes_pkey" PRIMARY KEY ("id")
);
-- Nobody speaks twice in a step, by whoever's hand.
CREATE UNIQUE INDEX "review_votes_step_id_user_id_key" ON "review_votes"("step_id", "user_id");
CREATE INDEX "review_votes_review_id_no_idx" ON "review_votes"("review_id", "no");
ALTER TABLE "review_votes" ADD CONSTRAINT "review_votes_step_id_fkey" FOREIGN KEY ("step_id") REFERENCES "review_steps"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "review_votes" ADD CONSTRAINT review_vote_says_why CHECK (decision = 'APPROVE' OR reason <> '');

CREATE TABLE "review_questions" (
    "id" TEXT NOT NULL,
    "house_id" TEXT NOT NULL,
    "review_id" TEXT NOT NULL,
    "step_id" TEXT NOT NULL,
    "asked_by_id" TEXT NOT NULL,
    "asked_id" TEXT NOT NULL,
    "question" TEXT NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "answer" TEXT,
    "answered_at" TIMESTAMPTZ(3),

    CONSTRAINT "review_questions_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "review_questions_review_id_asked_at_idx" ON "review_questions"("review_id", "asked_at");
CREATE INDEX review_questions_open ON review_questions (house_id, asked_id) WHERE answered_at IS NULL;
ALTER TABLE "review_questions" ADD CONSTRAINT "review_questions_step_id_fkey" FOREIGN KEY ("step_id") REFERENCES "review_steps"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "review_questions"
  ADD CONSTRAINT review_question_is_asked CHECK (char_length(question) BETWEEN 3 AND 1000 AND asked_id <> asked_by_id),
  ADD CONSTRAINT review_question_is_answered CHECK ((answer IS NULL) = (answered_at IS NULL) AND (answer IS NULL OR char_length(answer) BETWEEN 1 AND 2000));

CREATE TABLE "review_absences" (
    "id" TEXT NOT NULL,
    "house_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "delegate_id" TEXT NOT NULL,
    "starts_on" DATE NOT NULL,
    "until_on" DATE NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "made_by_id" TEXT NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "review_absences_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "review_absences_house_id_user_id_idx" ON "review_absences"("house_id", "user_id");
ALTER TABLE "review_absences"
  ADD CONSTRAINT review_absence_ends CHECK (until_on >= starts_on AND user_id <> delegate_id),
  -- Away is away once: of two at the same time nobody would know who stands in.
  ADD CONSTRAINT review_absence_once EXCLUDE USING gist (house_id WITH =, user_id WITH =, daterange(starts_on, until_on, '[]') WITH &&) WHERE (ended_at IS NULL);

-- What ends a review ends its steps, whoever ends it: a new version, a withdrawal, a decision.
CREATE FUNCTION review_closes_its_steps() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE review_steps SET state = 'CLOSED', ended_at = coalesce(NEW.decided_at, now()) WHERE review_id = NEW.id AND state IN ('WAITING', 'OPEN');
  RETURN NULL;
END $$;
CREATE TRIGGER review_closes_its_steps AFTER UPDATE OF state ON reviews FOR EACH ROW WHEN (OLD.state = 'WAITING' AND NEW.state <> 'WAITING') EXECUTE FUNCTION review_closes_its_steps();

-- The last line: no review is approved over a step that has not approved it.
CREATE FUNCTION review_approved_by_every_step() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM review_steps s WHERE s.review_id = NEW.id AND s.state <> 'APPROVED') THEN
    RAISE EXCEPTION 'review_approved_by_every_step: a step of % has not approved it', NEW.id USING ERRCODE = '23514', CONSTRAINT = 'review_approved_by_every_step';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER review_approved_by_every_step BEFORE UPDATE OF state ON reviews FOR EACH ROW WHEN (NEW.state = 'APPROVED') EXECUTE FUNCTION review_approved_by_every_step();

-- A step that has ended stays ended as it is.
CREATE FUNCTION review_step_is_over() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'review_step_is_over: step % has ended', OLD.id USING ERRCODE = '23001', CONSTRAINT = 'review_step_is_over';
END $$;
CREATE TRIGGER review_step_is_over BEFORE UPDATE ON review_steps FOR EACH ROW WHEN (OLD.ended_at IS NOT NULL) EXECUTE FUNCTION review_step_is_over();

-- What somebody decided, and what a route said at the time, is not rewritten.
CREATE FUNCTION review_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'review_is_frozen: a row of % is never changed', TG_TABLE_NAME USING ERRCODE = '23001', CONSTRAINT = 'review_is_frozen';
END $$;
CREATE TRIGGER review_vote_is_frozen BEFORE UPDATE ON review_votes FOR EACH ROW EXECUTE FUNCTION review_is_frozen();
CREATE TRIGGER review_route_version_is_frozen BEFORE UPDATE ON review_route_versions FOR EACH ROW EXECUTE FUNCTION review_is_frozen();

-- Reviews that wait today have the one step that they always had.
INSERT INTO review_steps (id, house_id, review_id, asked_by_id, position, stage, name, kind, need, wanted, roles, people, deciders, state, escalate_to, opened_at, sort_at)
SELECT 'rst_' || substr(id, 5), house_id, id, asked_by_id, 1, 1, 'Review', 'OWN', 'ANY', 1, '{REVIEWER}', '{}', '{}', 'OPEN', '{}', asked_at, asked_at + interval '3650 days'
FROM reviews WHERE state = 'WAITING';
