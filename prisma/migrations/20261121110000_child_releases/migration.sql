-- A child cannot consent: a guardian signs, and nobody can sign for sensitive subjects. NOT VALID would let old rows break
-- it; there are none, because until now no row could say that it is a child's.
ALTER TABLE releases ADD CONSTRAINT child_has_guardian
  CHECK (NOT minor OR (coalesce(guardian, '') <> '' AND isempty(sensitive_set)));
