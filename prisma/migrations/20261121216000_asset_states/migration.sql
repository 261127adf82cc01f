-- More of an asset's life. Alone in its migration: a value added here may be used only after this transaction.
ALTER TYPE "asset_state" ADD VALUE 'SCHEDULED' AFTER 'APPROVED';
ALTER TYPE "asset_state" ADD VALUE 'ON_HOLD' AFTER 'PUBLISHED';
ALTER TYPE "asset_state" ADD VALUE 'EMBARGOED' AFTER 'ON_HOLD';
ALTER TYPE "asset_state" ADD VALUE 'EXPIRED' AFTER 'EMBARGOED';
ALTER TYPE "asset_state" ADD VALUE 'DELETED' AFTER 'ARCHIVED';
