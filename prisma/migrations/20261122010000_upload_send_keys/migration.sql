-- A beginning whose answer was lost is asked for again under the same key, and is the same beginning.
ALTER TABLE "uploads" ADD COLUMN "send_key" TEXT;
CREATE UNIQUE INDEX "uploads_user_id_send_key_key" ON "uploads"("user_id", "send_key");
CREATE UNIQUE INDEX "uploads_sending_id_send_key_key" ON "uploads"("sending_id", "send_key");
