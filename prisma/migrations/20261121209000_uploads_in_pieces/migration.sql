-- Uploads that come in pieces: what names the growing object, what is known of it once whole, and who writes at present.
ALTER TABLE uploads
  ADD COLUMN pieces_token text,
  ADD COLUMN sha256 char(64),
  ADD COLUMN crc32 bigint,
  ADD COLUMN media_type text,
  ADD COLUMN writer text,
  ADD COLUMN writer_until timestamptz(3),
  -- Whole or not: a hash without its sum and type would let half a fact into the library.
  ADD CONSTRAINT uploads_whole CHECK (num_nonnulls(sha256, crc32, media_type) IN (0, 3)),
  ADD CONSTRAINT uploads_pieces_have_size CHECK (pieces_token IS NULL OR declared_size IS NOT NULL),
  ADD CONSTRAINT uploads_writer_ends CHECK ((writer IS NULL) = (writer_until IS NULL));
