-- A folder of files on its way into the library, and what became of each of them: an import that was stopped goes on here.
CREATE TYPE "intake_outcome" AS ENUM ('TAKEN', 'DUPLICATE', 'REFUSED', 'MISSING', 'FAILED');

CREATE TABLE "folder_imports" (
    "id" TEXT NOT NULL,
    "house_id" TEXT NOT NULL,
    "folder" TEXT NOT NULL,
    "sidecar" TEXT,
    "started_by_id" TEXT,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "folder_imports_pkey" PRIMARY KEY ("id")
);
-- One at a time from one folder: the second asks to go on with the first.
CREATE UNIQUE INDEX "folder_imports_open" ON "folder_imports"("house_id", "folder") WHERE "ended_at" IS NULL;
CREATE INDEX "folder_imports_house_id_started_at_id_idx" ON "folder_imports"("house_id", "started_at" DESC, "id" DESC);

CREATE TABLE "folder_files" (
    "import_id" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "row_no" INTEGER,
    "outcome" "intake_outcome" NOT NULL,
    "problem" TEXT,
    "asset_id" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "folder_files_pkey" PRIMARY KEY ("import_id", "path"),
    -- What is in the library has its asset; what is not says why.
    CONSTRAINT "folder_files_said" CHECK (CASE WHEN "outcome" IN ('TAKEN', 'DUPLICATE') THEN "asset_id" IS NOT NULL ELSE "problem" IS NOT NULL END)
);
CREATE INDEX "folder_files_import_id_outcome_path_idx" ON "folder_files"("import_id", "outcome", "path");

ALTER TABLE "folder_files" ADD CONSTRAINT "folder_files_import_id_fkey" FOREIGN KEY ("import_id") REFERENCES "folder_imports"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
