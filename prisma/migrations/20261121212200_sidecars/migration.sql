-- XMP that came beside a file: read with it, and before what the file says itself.
CREATE TABLE "version_sidecars" (
    "version_id" TEXT NOT NULL,
    "house_id" TEXT NOT NULL,
    "file_name" TEXT NOT NULL,
    "packet" TEXT NOT NULL,
    "added_at" TIMESTAMPTZ(3) NOT NULL,
    "added_by_id" TEXT,

    CONSTRAINT "version_sidecars_pkey" PRIMARY KEY ("version_id"),
    CONSTRAINT "version_sidecars_size" CHECK (length("packet") BETWEEN 1 AND 2000000)
);
ALTER TABLE "version_sidecars" ADD CONSTRAINT "version_sidecars_version_id_fkey" FOREIGN KEY ("version_id") REFERENCES "asset_versions"("id") ON DELETE CASCADE ON UPDATE CASCADE;
