-- Each state of a step is reached and left only as its table says (services/review/rules/step-states.ts).
CREATE FUNCTION review_step_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT (CASE OLD.state
      WHEN 'WAITING' THEN NEW.state IN ('OPEN', 'CLOSED')
      WHEN 'OPEN' THEN NEW.state IN ('APPROVED', 'CHANGES_ASKED', 'REJECTED', 'CLOSED')
      ELSE false END) THEN
    RAISE EXCEPTION 'review_step_moves: step % does not go from % to %', OLD.id, OLD.state, NEW.state USING ERRCODE = '23514', CONSTRAINT = 'review_step_moves';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER review_step_moves BEFORE UPDATE OF state ON review_steps FOR EACH ROW WHEN (OLD.state <> NEW.state) EXECUTE FUNCTION review_step_moves();

-- Since when nobody in the house can decide an open step: said once, and again only after somebody could.
ALTER TABLE "review_steps" ADD COLUMN "stranded_at" TIMESTAMPTZ(3);
