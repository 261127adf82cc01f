-- Failed sign-ins are counted by address, whether or not anybody has it: a lock that only real accounts can get would tell
-- a stranger which addresses are real. Hence not on "users".
CREATE TABLE "sign_in_failures" (
    "email_hash" CHAR(64) NOT NULL,
    "failures" INTEGER NOT NULL,
    "last_at" TIMESTAMPTZ(3) NOT NULL,
    "locked_until" TIMESTAMPTZ(3),

    CONSTRAINT "sign_in_failures_pkey" PRIMARY KEY ("email_hash")
);

CREATE INDEX "sign_in_failures_last_at_idx" ON "sign_in_failures"("last_at");

ALTER TABLE "users" DROP COLUMN "failed_sign_ins", DROP COLUMN "locked_until";
