-- Fields of which somebody said that the record stands, whatever the file says: no conflict any more.
ALTER TABLE "file_metadata" ADD COLUMN "kept_fields" TEXT[] NOT NULL DEFAULT '{}';
