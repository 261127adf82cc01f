-- What a plan shows before its lines: figures and months, drawn up once with them; and the sentence that holders will read,
-- which never names the contract.
ALTER TABLE "change_plans" ADD COLUMN "holder_words" TEXT NOT NULL DEFAULT '',
ADD COLUMN "summary" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN "drawn_at" TIMESTAMPTZ(3);
UPDATE change_plans SET drawn_at = created_at;
ALTER TABLE "change_plans" ALTER COLUMN "drawn_at" SET NOT NULL;

-- What the rule proposes; nothing happens by it until somebody says so.
ALTER TABLE "change_items" ADD COLUMN "suggestion" TEXT;

-- CreateIndex
CREATE INDEX "change_items_plan_id_kind_no_idx" ON "change_items"("plan_id", "kind", "no");
CREATE INDEX change_items_open ON change_items (plan_id, no) WHERE done_at IS NULL;

-- Once applied, always dated; and each kind of line knows only its own decisions.
ALTER TABLE change_plans ADD CONSTRAINT applied_has_its_day CHECK ((state IN ('APPLYING', 'APPLIED')) = (applied_at IS NOT NULL));
ALTER TABLE change_items ADD CONSTRAINT decision_fits_its_kind CHECK (decision IS NULL OR CASE kind
    WHEN 'LICENCE' THEN decision IN ('KEEP', 'TELL_HOLDER', 'SUSPEND', 'REVOKE', 'REVOKE_AND_REFUND', 'REVOKE_AND_REFUND_PART')
    WHEN 'IMPORTED_SALE' THEN decision IN ('KEEP', 'END')
    WHEN 'KIT' THEN decision IN ('KEEP', 'REMOVE')
    WHEN 'COLLECTION' THEN decision IN ('KEEP', 'REMOVE')
    WHEN 'ASSET' THEN decision IN ('KEEP', 'WITHDRAW')
    WHEN 'REQUEST' THEN decision IN ('KEEP', 'REFUSE')
    WHEN 'HOLD' THEN decision = 'WAIT'
  END),
  ADD CONSTRAINT done_was_decided CHECK (done_at IS NULL OR (decision IS NOT NULL AND outcome IS NOT NULL));
