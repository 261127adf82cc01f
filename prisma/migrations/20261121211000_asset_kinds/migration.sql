-- Kinds beside pictures and documents. In a migration of their own: a new value may not be used in the transaction that adds it.
ALTER TYPE "asset_kind" ADD VALUE 'VIDEO';
ALTER TYPE "asset_kind" ADD VALUE 'AUDIO';
ALTER TYPE "asset_kind" ADD VALUE 'FONT';
ALTER TYPE "asset_kind" ADD VALUE 'TEMPLATE';
ALTER TYPE "asset_kind" ADD VALUE 'ARCHIVE';
