-- A discount that stands may be taken back before an order has it: who approved it stays told, and who took it back and why is told as well.
ALTER TABLE "given_discounts" ADD COLUMN "withdrawn_by_id" TEXT, ADD COLUMN "withdrawn_at" TIMESTAMPTZ(3), ADD COLUMN "withdrawal" TEXT;

ALTER TABLE given_discounts DROP CONSTRAINT discount_decision_is_whole;
ALTER TABLE given_discounts
  ADD CONSTRAINT discount_decision_is_whole CHECK (
    (decided_by_id IS NULL) = (decided_at IS NULL)
    AND CASE state WHEN 'WAITING' THEN decided_by_id IS NULL WHEN 'WITHDRAWN' THEN true ELSE decided_by_id IS NOT NULL END),
  -- What was taken back before these columns were names nobody: it was who had asked, while it waited.
  ADD CONSTRAINT discount_withdrawal_is_whole CHECK (
    (withdrawn_by_id IS NULL) = (withdrawn_at IS NULL)
    AND (withdrawn_by_id IS NULL OR state = 'WITHDRAWN')
    AND (state <> 'WITHDRAWN' OR decided_by_id IS NULL OR (withdrawn_by_id IS NOT NULL AND length(withdrawal) > 0)));

CREATE OR REPLACE FUNCTION discount_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  moving CONSTANT text[] := ARRAY['state', 'decided_by_id', 'decided_at', 'decision', 'withdrawn_by_id', 'withdrawn_at', 'withdrawal', 'order_id'];
BEGIN
  IF TG_OP = 'DELETE' OR (to_jsonb(NEW) - moving) IS DISTINCT FROM (to_jsonb(OLD) - moving)
     OR (OLD.state <> 'WAITING' AND (NEW.decided_by_id, NEW.decided_at, NEW.decision) IS DISTINCT FROM (OLD.decided_by_id, OLD.decided_at, OLD.decision))
     OR ((NEW.withdrawn_by_id, NEW.withdrawn_at, NEW.withdrawal) IS DISTINCT FROM (OLD.withdrawn_by_id, OLD.withdrawn_at, OLD.withdrawal)
         AND NOT (NEW.state = 'WITHDRAWN' AND OLD.state IN ('WAITING', 'APPROVED')))
     -- From what stands one step is left, while no order has it.
     OR (NEW.state <> OLD.state AND OLD.state <> 'WAITING' AND NOT (OLD.state = 'APPROVED' AND NEW.state = 'WITHDRAWN' AND OLD.order_id IS NULL)) THEN
    RAISE EXCEPTION 'discount_is_frozen: discount % keeps what was asked and decided', OLD.id USING ERRCODE = '23001', CONSTRAINT = 'discount_is_frozen';
  END IF;
  RETURN NEW;
END $$;
