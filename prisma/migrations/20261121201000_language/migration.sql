-- The language a person wants to be addressed in, of those that the house speaks; null as long as nobody has said.
-- Until now the column held the default alone and nothing read it.
ALTER TABLE users RENAME COLUMN locale TO language;
ALTER TABLE users ALTER COLUMN language DROP DEFAULT, ALTER COLUMN language DROP NOT NULL;
UPDATE users SET language = NULL;
ALTER TABLE users ADD CONSTRAINT users_language_spoken CHECK (language IN ('en', 'de'));
