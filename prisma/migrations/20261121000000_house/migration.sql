-- The house: every table, and the promises that only the database can keep.
CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "org_kind" AS ENUM ('OWNER', 'PARTNER', 'CUSTOMER');

-- CreateEnum
CREATE TYPE "role" AS ENUM ('ADMINISTRATOR', 'LIBRARIAN', 'REVIEWER', 'RIGHTS_MANAGER', 'FINANCE', 'AUDITOR', 'CONTRIBUTOR', 'PARTNER', 'CUSTOMER');

-- CreateEnum
CREATE TYPE "asset_kind" AS ENUM ('PHOTOGRAPH', 'ILLUSTRATION', 'LOGO', 'DOCUMENT', 'OTHER');

-- CreateEnum
CREATE TYPE "asset_state" AS ENUM ('DRAFT', 'IN_REVIEW', 'APPROVED', 'PUBLISHED', 'WITHDRAWN', 'ARCHIVED');

-- CreateEnum
CREATE TYPE "audience" AS ENUM ('STORE', 'PORTAL', 'INTERNAL');

-- CreateEnum
CREATE TYPE "processing_state" AS ENUM ('WAITING', 'READY', 'REJECTED');

-- CreateEnum
CREATE TYPE "upload_state" AS ENUM ('RECEIVING', 'STORED', 'REJECTED', 'ABANDONED');

-- CreateEnum
CREATE TYPE "review_state" AS ENUM ('WAITING', 'APPROVED', 'CHANGES_ASKED', 'REJECTED', 'CANCELLED');

-- CreateEnum
CREATE TYPE "orientation" AS ENUM ('LANDSCAPE', 'PORTRAIT', 'SQUARE');

-- CreateEnum
CREATE TYPE "order_state" AS ENUM ('OPEN', 'AWAITING_PAYMENT', 'AWAITING_FUNDS', 'PAID', 'CONFLICT', 'REFUNDED', 'PARTLY_REFUNDED', 'CANCELLED');

-- CreateEnum
CREATE TYPE "order_line_state" AS ENUM ('OPEN', 'HELD', 'LICENSED', 'CONFLICT', 'REFUNDED', 'RELEASED');

-- CreateEnum
CREATE TYPE "attempt_state" AS ENUM ('REQUESTED', 'OPEN', 'PAID', 'EXPIRED', 'FAILED');

-- CreateEnum
CREATE TYPE "refund_state" AS ENUM ('REQUESTED', 'PENDING', 'SUCCEEDED', 'FAILED');

-- CreateEnum
CREATE TYPE "refund_origin" AS ENUM ('STAFF', 'CONFLICT', 'DUPLICATE', 'STRIPE_DASHBOARD');

-- CreateEnum
CREATE TYPE "delivery_outcome" AS ENUM ('SERVED', 'REFUSED');

-- CreateEnum
CREATE TYPE "licence_model" AS ENUM ('ROYALTY_FREE_STANDARD', 'ROYALTY_FREE_EXTENDED', 'RIGHTS_MANAGED', 'PARTNER_GRANT', 'INTERNAL_GRANT', 'COMP');

-- CreateEnum
CREATE TYPE "licence_state" AS ENUM ('RESERVED', 'AWAITING_PAYMENT', 'ACTIVE', 'SUSPENDED', 'ENDED', 'CONFLICT');

-- CreateEnum
CREATE TYPE "licence_end" AS ENUM ('EXPIRED', 'REVOKED', 'REFUNDED', 'SUPERSEDED', 'RELEASED');

-- CreateEnum
CREATE TYPE "request_state" AS ENUM ('WAITING', 'GRANTED', 'REFUSED', 'WITHDRAWN');

-- CreateEnum
CREATE TYPE "release_kind" AS ENUM ('MODEL', 'PROPERTY');

-- CreateEnum
CREATE TYPE "release_status" AS ENUM ('UNLIMITED', 'LIMITED', 'NONE', 'NOT_APPLICABLE', 'WITHDRAWN');

-- CreateEnum
CREATE TYPE "restriction_kind" AS ENUM ('EMBARGO', 'EDITORIAL_ONLY', 'HOLDBACK', 'LEGAL_HOLD', 'SENSITIVE', 'OTHER');

-- CreateEnum
CREATE TYPE "claim_state" AS ENUM ('HELD', 'PENDING_PAYMENT', 'ACTIVE', 'SUSPENDED', 'RELEASED', 'EXPIRED', 'REVOKED', 'CONFLICT');

-- CreateTable
CREATE TABLE "organisations" (
    "id" TEXT NOT NULL,
    "house_id" TEXT NOT NULL,
    "kind" "org_kind" NOT NULL,
    "name" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "host" TEXT,
    "email" TEXT,
    "country" CHAR(2),
    "address" TEXT,
    "vat_id" TEXT,
    "time_zone" TEXT NOT NULL DEFAULT 'Europe/Berlin',
    "currency" CHAR(3) NOT NULL DEFAULT 'EUR',
    "stripe_customer_id" TEXT,
    "settings" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "organisations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "users" (
    "id" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "password_hash" TEXT,
    "locale" TEXT NOT NULL DEFAULT 'en',
    "failed_sign_ins" INTEGER NOT NULL DEFAULT 0,
    "locked_until" TIMESTAMPTZ(3),
    "last_sign_in_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "users_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "members" (
    "id" TEXT NOT NULL,
    "house_id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "roles" "role"[],
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "members_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sessions" (
    "id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "member_id" TEXT,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "ip" TEXT,
    "user_agent" TEXT,

    CONSTRAINT "sessions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "invitations" (
    "id" TEXT NOT NULL,
    "house_id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT,
    "roles" "role"[],
    "token_hash" TEXT NOT NULL,
    "invited_by_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "accepted_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "invitations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "password_resets" (
    "id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "token_hash" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "password_resets_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rate_limits" (
    "key" TEXT NOT NULL,
    "arrival_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "rate_limits_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "assets" (
    "id" TEXT NOT NULL,
    "no" BIGSERIAL NOT NULL,
    "house_id" TEXT NOT NULL,
    "kind" "asset_kind" NOT NULL DEFAULT 'PHOTOGRAPH',
    "state" "asset_state" NOT NULL DEFAULT 'DRAFT',
    "audience" "audience" NOT NULL DEFAULT 'STORE',
    "title" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "alt_text" TEXT NOT NULL DEFAULT '',
    "keywords" TEXT[],
    "creator" TEXT NOT NULL DEFAULT '',
    "credit_line" TEXT NOT NULL DEFAULT '',
    "copyright_notice" TEXT NOT NULL DEFAULT '',
    "source" TEXT NOT NULL DEFAULT '',
    "source_url" TEXT,
    "date_created" TEXT,
    "digital_source_type" TEXT,
    "shows_people" BOOLEAN,
    "shows_property" BOOLEAN,
    "editorial_only" BOOLEAN NOT NULL DEFAULT false,
    "sells_royalty_free" BOOLEAN NOT NULL DEFAULT false,
    "sells_rights_managed" BOOLEAN NOT NULL DEFAULT false,
    "price_factor_bp" INTEGER NOT NULL DEFAULT 10000,
    "current_version_id" TEXT,
    "published_version_id" TEXT,
    "published_at" TIMESTAMPTZ(3),
    "withdrawn_at" TIMESTAMPTZ(3),
    "state_reason" TEXT,
    "created_by_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,
    "search" tsvector,

    CONSTRAINT "assets_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "asset_versions" (
    "id" TEXT NOT NULL,
    "house_id" TEXT NOT NULL,
    "asset_id" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "file_name" TEXT NOT NULL,
    "media_type" TEXT NOT NULL,
    "byte_size" BIGINT NOT NULL,
    "sha256" CHAR(64) NOT NULL,
    "crc32" BIGINT NOT NULL,
    "storage_key" TEXT NOT NULL,
    "width" INTEGER,
    "height" INTEGER,
    "pages" INTEGER,
    "orientation" "orientation",
    "dominant_colour" TEXT,
    "palette" TEXT[],
    "embedded" JSONB NOT NULL DEFAULT '{}',
    "processing" "processing_state" NOT NULL DEFAULT 'WAITING',
    "rejected_reason" TEXT,
    "created_by_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "asset_versions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "renditions" (
    "id" TEXT NOT NULL,
    "version_id" TEXT NOT NULL,
    "preset" TEXT NOT NULL,
    "media_type" TEXT NOT NULL,
    "width" INTEGER NOT NULL,
    "height" INTEGER NOT NULL,
    "byte_size" BIGINT NOT NULL,
    "sha256" CHAR(64) NOT NULL,
    "crc32" BIGINT NOT NULL,
    "storage_key" TEXT NOT NULL,
    "watermarked" BOOLEAN NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "renditions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "uploads" (
    "id" TEXT NOT NULL,
    "house_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "file_name" TEXT NOT NULL,
    "declared_size" BIGINT,
    "state" "upload_state" NOT NULL DEFAULT 'RECEIVING',
    "reason" TEXT,
    "asset_id" TEXT,
    "version_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "uploads_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "reviews" (
    "id" TEXT NOT NULL,
    "house_id" TEXT NOT NULL,
    "asset_id" TEXT NOT NULL,
    "version_id" TEXT NOT NULL,
    "state" "review_state" NOT NULL DEFAULT 'WAITING',
    "asked_by_id" TEXT NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "decided_by_id" TEXT,
    "decided_at" TIMESTAMPTZ(3),
    "reason" TEXT,

    CONSTRAINT "reviews_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "collections" (
    "id" TEXT NOT NULL,
    "house_id" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "featured" BOOLEAN NOT NULL DEFAULT false,
    "position" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "archived_at" TIMESTAMPTZ(3),

    CONSTRAINT "collections_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "collection_items" (
    "collection_id" TEXT NOT NULL,
    "asset_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,

    CONSTRAINT "collection_items_pkey" PRIMARY KEY ("collection_id","asset_id")
);

-- CreateTable
CREATE TABLE "brand_kits" (
    "id" TEXT NOT NULL,
    "house_id" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "guidance" TEXT NOT NULL DEFAULT '',
    "version" INTEGER NOT NULL DEFAULT 1,
    "cover_asset_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,
    "archived_at" TIMESTAMPTZ(3),

    CONSTRAINT "brand_kits_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "brand_kit_items" (
    "kit_id" TEXT NOT NULL,
    "asset_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "section" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "brand_kit_items_pkey" PRIMARY KEY ("kit_id","asset_id")
);

-- CreateTable
CREATE TABLE "kit_grants" (
    "id" TEXT NOT NULL,
    "house_id" TEXT NOT NULL,
    "kit_id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "terms" JSONB NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3),
    "granted_by_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),
    "revoked_reason" TEXT,

    CONSTRAINT "kit_grants_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "carts" (
    "id" TEXT NOT NULL,
    "house_id" TEXT NOT NULL,
    "org_id" TEXT,
    "user_id" TEXT,
    "token_hash" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "carts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "cart_lines" (
    "id" TEXT NOT NULL,
    "cart_id" TEXT NOT NULL,
    "asset_id" TEXT NOT NULL,
    "model" "licence_model" NOT NULL,
    "terms" JSONB NOT NULL,
    "added_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "cart_lines_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "orders" (
    "id" TEXT NOT NULL,
    "number" TEXT NOT NULL,
    "house_id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "cart_id" TEXT,
    "state" "order_state" NOT NULL DEFAULT 'OPEN',
    "currency" CHAR(3) NOT NULL,
    "net_minor" BIGINT NOT NULL,
    "tax_minor" BIGINT NOT NULL DEFAULT 0,
    "total_minor" BIGINT NOT NULL,
    "licensee_name" TEXT,
    "purchase_order" TEXT,
    "placed_at" TIMESTAMPTZ(3) NOT NULL,
    "paid_at" TIMESTAMPTZ(3),
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "orders_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "order_lines" (
    "id" TEXT NOT NULL,
    "order_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "asset_id" TEXT NOT NULL,
    "version_id" TEXT NOT NULL,
    "model" "licence_model" NOT NULL,
    "title" TEXT NOT NULL,
    "summary" TEXT NOT NULL,
    "terms" JSONB NOT NULL,
    "terms_sha256" CHAR(64) NOT NULL,
    "terms_template_id" TEXT NOT NULL,
    "price_book_id" TEXT NOT NULL,
    "price" JSONB NOT NULL,
    "net_minor" BIGINT NOT NULL,
    "tax_minor" BIGINT NOT NULL DEFAULT 0,
    "state" "order_line_state" NOT NULL DEFAULT 'OPEN',
    "licence_id" TEXT,

    CONSTRAINT "order_lines_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "checkout_attempts" (
    "id" TEXT NOT NULL,
    "order_id" TEXT NOT NULL,
    "state" "attempt_state" NOT NULL DEFAULT 'REQUESTED',
    "session_id" TEXT,
    "url" TEXT,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "last_checked_at" TIMESTAMPTZ(3),

    CONSTRAINT "checkout_attempts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "payments" (
    "id" TEXT NOT NULL,
    "order_id" TEXT NOT NULL,
    "payment_intent_id" TEXT NOT NULL,
    "session_id" TEXT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "tax_minor" BIGINT NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "payments_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "refunds" (
    "id" TEXT NOT NULL,
    "order_id" TEXT NOT NULL,
    "order_line_id" TEXT,
    "payment_id" TEXT NOT NULL,
    "origin" "refund_origin" NOT NULL,
    "state" "refund_state" NOT NULL DEFAULT 'REQUESTED',
    "currency" CHAR(3) NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "reason" TEXT NOT NULL,
    "revokes_licence" BOOLEAN NOT NULL,
    "stripe_refund_id" TEXT,
    "requested_by_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "refunds_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "stripe_events" (
    "id" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "object_id" TEXT,
    "order_id" TEXT,
    "livemode" BOOLEAN NOT NULL,
    "payload" JSONB NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "handled_at" TIMESTAMPTZ(3),
    "last_error" TEXT,

    CONSTRAINT "stripe_events_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "invoice_series" (
    "house_id" TEXT NOT NULL,
    "year" INTEGER NOT NULL,
    "last" INTEGER NOT NULL,

    CONSTRAINT "invoice_series_pkey" PRIMARY KEY ("house_id","year")
);

-- CreateTable
CREATE TABLE "invoices" (
    "id" TEXT NOT NULL,
    "number" TEXT NOT NULL,
    "house_id" TEXT NOT NULL,
    "order_id" TEXT NOT NULL,
    "issued_at" TIMESTAMPTZ(3) NOT NULL,
    "document" JSONB NOT NULL,
    "document_sha256" CHAR(64) NOT NULL,
    "pdf_key" TEXT,
    "pdf_sha256" CHAR(64),

    CONSTRAINT "invoices_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ledger_transactions" (
    "id" TEXT NOT NULL,
    "house_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "source_type" TEXT NOT NULL,
    "source_id" TEXT NOT NULL,
    "memo" TEXT NOT NULL DEFAULT '',
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ledger_transactions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ledger_entries" (
    "id" BIGSERIAL NOT NULL,
    "transaction_id" TEXT NOT NULL,
    "account" TEXT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "amount_minor" BIGINT NOT NULL,

    CONSTRAINT "ledger_entries_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_facts" (
    "id" TEXT NOT NULL,
    "house_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "type" TEXT NOT NULL,
    "actor_kind" TEXT NOT NULL,
    "actor_id" TEXT,
    "actor_name" TEXT NOT NULL,
    "subject_kind" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "body" TEXT NOT NULL,

    CONSTRAINT "audit_facts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_links" (
    "house_id" TEXT NOT NULL,
    "seq" BIGINT NOT NULL,
    "fact_id" TEXT NOT NULL,
    "prev_hash" CHAR(64) NOT NULL,
    "hash" CHAR(64) NOT NULL,

    CONSTRAINT "audit_links_pkey" PRIMARY KEY ("house_id","seq")
);

-- CreateTable
CREATE TABLE "audit_heads" (
    "house_id" TEXT NOT NULL,
    "seq" BIGINT NOT NULL,
    "hash" CHAR(64) NOT NULL,

    CONSTRAINT "audit_heads_pkey" PRIMARY KEY ("house_id")
);

-- CreateTable
CREATE TABLE "deliveries" (
    "id" TEXT NOT NULL,
    "house_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "outcome" "delivery_outcome" NOT NULL,
    "reason" TEXT NOT NULL,
    "org_id" TEXT,
    "user_id" TEXT,
    "person_name" TEXT,
    "asset_id" TEXT,
    "version_id" TEXT,
    "rendition" TEXT NOT NULL,
    "file_sha256" CHAR(64),
    "licence_id" TEXT,
    "kit_id" TEXT,
    "archive_id" TEXT,
    "byte_from" BIGINT,
    "byte_to" BIGINT,
    "request_id" TEXT,
    "ip" TEXT,
    "user_agent" TEXT,

    CONSTRAINT "deliveries_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "delivery_ends" (
    "delivery_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "complete" BOOLEAN NOT NULL,
    "bytes_sent" BIGINT NOT NULL,
    "sent_sha256" CHAR(64),

    CONSTRAINT "delivery_ends_pkey" PRIMARY KEY ("delivery_id")
);

-- CreateTable
CREATE TABLE "price_books" (
    "id" TEXT NOT NULL,
    "house_id" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "book" JSONB NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "effective_from" TIMESTAMPTZ(3) NOT NULL,
    "created_by_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "price_books_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "terms_templates" (
    "id" TEXT NOT NULL,
    "house_id" TEXT NOT NULL,
    "model" "licence_model" NOT NULL,
    "version" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "sha256" CHAR(64) NOT NULL,
    "effective_from" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "terms_templates_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "licences" (
    "id" TEXT NOT NULL,
    "no" BIGSERIAL NOT NULL,
    "number" TEXT NOT NULL,
    "house_id" TEXT NOT NULL,
    "holder_org_id" TEXT NOT NULL,
    "licensee_name" TEXT,
    "model" "licence_model" NOT NULL,
    "state" "licence_state" NOT NULL,
    "ended_by" "licence_end",
    "end_reason" TEXT,
    "ended_at" TIMESTAMPTZ(3),
    "asset_id" TEXT NOT NULL,
    "version_id" TEXT NOT NULL,
    "terms" JSONB NOT NULL,
    "exclusive" BOOLEAN NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3),
    "terms_template_id" TEXT,
    "order_line_id" TEXT,
    "request_id" TEXT,
    "kit_grant_id" TEXT,
    "document" TEXT,
    "document_sha256" CHAR(64),
    "signature" TEXT,
    "key_id" TEXT,
    "issued_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "certificate_key" TEXT,
    "certificate_sha256" CHAR(64),

    CONSTRAINT "licences_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "grant_requests" (
    "id" TEXT NOT NULL,
    "house_id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "asked_by_id" TEXT NOT NULL,
    "asset_id" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "terms" JSONB NOT NULL,
    "state" "request_state" NOT NULL DEFAULT 'WAITING',
    "decided_by_id" TEXT,
    "decided_at" TIMESTAMPTZ(3),
    "reason" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "grant_requests_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "signing_keys" (
    "id" TEXT NOT NULL,
    "public_key_pem" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "retired_at" TIMESTAMPTZ(3),

    CONSTRAINT "signing_keys_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "mail_messages" (
    "id" TEXT NOT NULL,
    "house_id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "to_address" TEXT NOT NULL,
    "to_user_id" TEXT,
    "template" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "props" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "sent_at" TIMESTAMPTZ(3),
    "last_error" TEXT,

    CONSTRAINT "mail_messages_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "acquisitions" (
    "id" TEXT NOT NULL,
    "house_id" TEXT NOT NULL,
    "asset_id" TEXT NOT NULL,
    "asset_no" BIGINT NOT NULL,
    "contract" TEXT NOT NULL,
    "licensor" TEXT NOT NULL,
    "media_set" int4multirange NOT NULL,
    "territory_set" int4multirange NOT NULL,
    "industry_set" int4multirange NOT NULL,
    "period" tstzrange NOT NULL,
    "terms" JSONB NOT NULL,
    "sub_licensable" BOOLEAN NOT NULL,
    "exclusive" BOOLEAN NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "superseded_at" TIMESTAMPTZ(3),
    "recorded_by_id" TEXT,

    CONSTRAINT "acquisitions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "releases" (
    "id" TEXT NOT NULL,
    "house_id" TEXT NOT NULL,
    "asset_id" TEXT NOT NULL,
    "asset_no" BIGINT NOT NULL,
    "kind" "release_kind" NOT NULL,
    "status" "release_status" NOT NULL,
    "reference" TEXT NOT NULL,
    "media_set" int4multirange NOT NULL,
    "territory_set" int4multirange NOT NULL,
    "industry_set" int4multirange NOT NULL,
    "period" tstzrange NOT NULL,
    "terms" JSONB NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "superseded_at" TIMESTAMPTZ(3),
    "recorded_by_id" TEXT,

    CONSTRAINT "releases_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "restrictions" (
    "id" TEXT NOT NULL,
    "house_id" TEXT NOT NULL,
    "asset_id" TEXT NOT NULL,
    "asset_no" BIGINT NOT NULL,
    "kind" "restriction_kind" NOT NULL,
    "reason" TEXT NOT NULL,
    "reference" TEXT,
    "media_set" int4multirange NOT NULL,
    "territory_set" int4multirange NOT NULL,
    "industry_set" int4multirange NOT NULL,
    "period" tstzrange NOT NULL,
    "terms" JSONB NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "superseded_at" TIMESTAMPTZ(3),
    "recorded_by_id" TEXT,

    CONSTRAINT "restrictions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "claims" (
    "id" BIGSERIAL NOT NULL,
    "house_id" TEXT NOT NULL,
    "asset_no" BIGINT NOT NULL,
    "licence_no" BIGINT NOT NULL,
    "media_set" int4multirange NOT NULL,
    "territory_set" int4multirange NOT NULL,
    "industry_set" int4multirange NOT NULL,
    "period" tstzrange NOT NULL,
    "exclusive" BOOLEAN NOT NULL,
    "state" "claim_state" NOT NULL,
    "hold_expires_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "excl_class" BIGINT,

    CONSTRAINT "claims_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "organisations_host_key" ON "organisations"("host");

-- CreateIndex
CREATE UNIQUE INDEX "organisations_stripe_customer_id_key" ON "organisations"("stripe_customer_id");

-- CreateIndex
CREATE INDEX "organisations_house_id_kind_name_idx" ON "organisations"("house_id", "kind", "name");

-- CreateIndex
CREATE UNIQUE INDEX "organisations_house_id_slug_key" ON "organisations"("house_id", "slug");

-- CreateIndex
CREATE UNIQUE INDEX "users_email_key" ON "users"("email");

-- CreateIndex
CREATE INDEX "members_user_id_idx" ON "members"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "members_org_id_user_id_key" ON "members"("org_id", "user_id");

-- CreateIndex
CREATE INDEX "sessions_user_id_idx" ON "sessions"("user_id");

-- CreateIndex
CREATE INDEX "sessions_expires_at_idx" ON "sessions"("expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "invitations_token_hash_key" ON "invitations"("token_hash");

-- CreateIndex
CREATE INDEX "invitations_org_id_created_at_idx" ON "invitations"("org_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "password_resets_token_hash_key" ON "password_resets"("token_hash");

-- CreateIndex
CREATE INDEX "password_resets_user_id_idx" ON "password_resets"("user_id");

-- CreateIndex
CREATE INDEX "rate_limits_arrival_at_idx" ON "rate_limits"("arrival_at");

-- CreateIndex
CREATE UNIQUE INDEX "assets_no_key" ON "assets"("no");

-- CreateIndex
CREATE UNIQUE INDEX "assets_current_version_id_key" ON "assets"("current_version_id");

-- CreateIndex
CREATE UNIQUE INDEX "assets_published_version_id_key" ON "assets"("published_version_id");

-- CreateIndex
CREATE INDEX "assets_house_id_state_published_at_id_idx" ON "assets"("house_id", "state", "published_at" DESC, "id");

-- CreateIndex
CREATE INDEX "assets_house_id_changed_at_id_idx" ON "assets"("house_id", "changed_at" DESC, "id");

-- CreateIndex

-- CreateIndex
CREATE INDEX "asset_versions_house_id_sha256_idx" ON "asset_versions"("house_id", "sha256");

-- CreateIndex
CREATE UNIQUE INDEX "asset_versions_asset_id_number_key" ON "asset_versions"("asset_id", "number");

-- CreateIndex
CREATE UNIQUE INDEX "renditions_version_id_preset_key" ON "renditions"("version_id", "preset");

-- CreateIndex
CREATE INDEX "uploads_house_id_created_at_idx" ON "uploads"("house_id", "created_at" DESC);

-- CreateIndex
CREATE INDEX "uploads_state_created_at_idx" ON "uploads"("state", "created_at");

-- CreateIndex
CREATE INDEX "reviews_house_id_state_asked_at_idx" ON "reviews"("house_id", "state", "asked_at");

-- CreateIndex
CREATE INDEX "reviews_asset_id_idx" ON "reviews"("asset_id");

-- CreateIndex
CREATE UNIQUE INDEX "collections_house_id_slug_key" ON "collections"("house_id", "slug");

-- CreateIndex
CREATE INDEX "collection_items_asset_id_idx" ON "collection_items"("asset_id");

-- CreateIndex
CREATE UNIQUE INDEX "brand_kits_house_id_slug_key" ON "brand_kits"("house_id", "slug");

-- CreateIndex
CREATE INDEX "brand_kit_items_asset_id_idx" ON "brand_kit_items"("asset_id");

-- CreateIndex
CREATE INDEX "kit_grants_org_id_idx" ON "kit_grants"("org_id");

-- CreateIndex
CREATE INDEX "kit_grants_kit_id_idx" ON "kit_grants"("kit_id");

-- CreateIndex
CREATE UNIQUE INDEX "carts_user_id_key" ON "carts"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "carts_token_hash_key" ON "carts"("token_hash");

-- CreateIndex
CREATE INDEX "cart_lines_cart_id_idx" ON "cart_lines"("cart_id");

-- CreateIndex
CREATE UNIQUE INDEX "orders_number_key" ON "orders"("number");

-- CreateIndex
CREATE INDEX "orders_house_id_placed_at_id_idx" ON "orders"("house_id", "placed_at" DESC, "id");

-- CreateIndex
CREATE INDEX "orders_org_id_placed_at_id_idx" ON "orders"("org_id", "placed_at" DESC, "id");

-- CreateIndex
CREATE INDEX "orders_state_placed_at_idx" ON "orders"("state", "placed_at");

-- CreateIndex
CREATE UNIQUE INDEX "order_lines_licence_id_key" ON "order_lines"("licence_id");

-- CreateIndex
CREATE INDEX "order_lines_asset_id_idx" ON "order_lines"("asset_id");

-- CreateIndex
CREATE UNIQUE INDEX "order_lines_order_id_position_key" ON "order_lines"("order_id", "position");

-- CreateIndex
CREATE UNIQUE INDEX "checkout_attempts_session_id_key" ON "checkout_attempts"("session_id");

-- CreateIndex
CREATE INDEX "checkout_attempts_order_id_idx" ON "checkout_attempts"("order_id");

-- CreateIndex
CREATE INDEX "checkout_attempts_state_created_at_idx" ON "checkout_attempts"("state", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "payments_payment_intent_id_key" ON "payments"("payment_intent_id");

-- CreateIndex
CREATE INDEX "payments_order_id_idx" ON "payments"("order_id");

-- CreateIndex
CREATE UNIQUE INDEX "refunds_stripe_refund_id_key" ON "refunds"("stripe_refund_id");

-- CreateIndex
CREATE INDEX "refunds_order_id_idx" ON "refunds"("order_id");

-- CreateIndex
CREATE INDEX "refunds_state_created_at_idx" ON "refunds"("state", "created_at");

-- CreateIndex
CREATE INDEX "stripe_events_handled_at_received_at_idx" ON "stripe_events"("handled_at", "received_at");

-- CreateIndex
CREATE UNIQUE INDEX "invoices_order_id_key" ON "invoices"("order_id");

-- CreateIndex
CREATE UNIQUE INDEX "invoices_house_id_number_key" ON "invoices"("house_id", "number");

-- CreateIndex
CREATE INDEX "ledger_transactions_house_id_occurred_at_idx" ON "ledger_transactions"("house_id", "occurred_at");

-- CreateIndex
CREATE UNIQUE INDEX "ledger_transactions_kind_source_type_source_id_key" ON "ledger_transactions"("kind", "source_type", "source_id");

-- CreateIndex
CREATE INDEX "ledger_entries_transaction_id_idx" ON "ledger_entries"("transaction_id");

-- CreateIndex
CREATE INDEX "ledger_entries_account_currency_idx" ON "ledger_entries"("account", "currency");

-- CreateIndex
CREATE INDEX "audit_facts_house_id_at_id_idx" ON "audit_facts"("house_id", "at" DESC, "id");

-- CreateIndex
CREATE INDEX "audit_facts_subject_kind_subject_id_at_idx" ON "audit_facts"("subject_kind", "subject_id", "at");

-- CreateIndex
CREATE INDEX "audit_facts_house_id_type_at_idx" ON "audit_facts"("house_id", "type", "at");

-- CreateIndex
CREATE UNIQUE INDEX "audit_links_fact_id_key" ON "audit_links"("fact_id");

-- CreateIndex
CREATE INDEX "deliveries_house_id_at_id_idx" ON "deliveries"("house_id", "at" DESC, "id");

-- CreateIndex
CREATE INDEX "deliveries_licence_id_at_idx" ON "deliveries"("licence_id", "at");

-- CreateIndex
CREATE INDEX "deliveries_asset_id_at_idx" ON "deliveries"("asset_id", "at");

-- CreateIndex
CREATE INDEX "delivery_ends_sent_sha256_idx" ON "delivery_ends"("sent_sha256");

-- CreateIndex
CREATE UNIQUE INDEX "price_books_house_id_version_key" ON "price_books"("house_id", "version");

-- CreateIndex
CREATE UNIQUE INDEX "terms_templates_house_id_model_version_key" ON "terms_templates"("house_id", "model", "version");

-- CreateIndex
CREATE UNIQUE INDEX "licences_no_key" ON "licences"("no");

-- CreateIndex
CREATE UNIQUE INDEX "licences_number_key" ON "licences"("number");

-- CreateIndex
CREATE UNIQUE INDEX "licences_order_line_id_key" ON "licences"("order_line_id");

-- CreateIndex
CREATE UNIQUE INDEX "licences_request_id_key" ON "licences"("request_id");

-- CreateIndex
CREATE INDEX "licences_house_id_state_ends_at_idx" ON "licences"("house_id", "state", "ends_at");

-- CreateIndex
CREATE INDEX "licences_holder_org_id_asset_id_idx" ON "licences"("holder_org_id", "asset_id");

-- CreateIndex
CREATE INDEX "licences_asset_id_idx" ON "licences"("asset_id");

-- CreateIndex
CREATE INDEX "licences_kit_grant_id_idx" ON "licences"("kit_grant_id");

-- CreateIndex
CREATE INDEX "grant_requests_house_id_state_created_at_idx" ON "grant_requests"("house_id", "state", "created_at");

-- CreateIndex
CREATE INDEX "grant_requests_org_id_created_at_idx" ON "grant_requests"("org_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "mail_messages_key_key" ON "mail_messages"("key");

-- CreateIndex
CREATE INDEX "mail_messages_house_id_created_at_idx" ON "mail_messages"("house_id", "created_at" DESC);

-- CreateIndex
CREATE INDEX "acquisitions_asset_no_idx" ON "acquisitions"("asset_no");

-- CreateIndex
CREATE INDEX "releases_asset_no_idx" ON "releases"("asset_no");

-- CreateIndex
CREATE INDEX "restrictions_asset_no_idx" ON "restrictions"("asset_no");

-- CreateIndex
CREATE INDEX "claims_asset_no_idx" ON "claims"("asset_no");

-- CreateIndex
CREATE INDEX "claims_licence_no_idx" ON "claims"("licence_no");

-- AddForeignKey
ALTER TABLE "members" ADD CONSTRAINT "members_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organisations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "members" ADD CONSTRAINT "members_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_member_id_fkey" FOREIGN KEY ("member_id") REFERENCES "members"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organisations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "assets" ADD CONSTRAINT "assets_current_version_id_fkey" FOREIGN KEY ("current_version_id") REFERENCES "asset_versions"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "assets" ADD CONSTRAINT "assets_published_version_id_fkey" FOREIGN KEY ("published_version_id") REFERENCES "asset_versions"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "asset_versions" ADD CONSTRAINT "asset_versions_asset_id_fkey" FOREIGN KEY ("asset_id") REFERENCES "assets"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "renditions" ADD CONSTRAINT "renditions_version_id_fkey" FOREIGN KEY ("version_id") REFERENCES "asset_versions"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reviews" ADD CONSTRAINT "reviews_asset_id_fkey" FOREIGN KEY ("asset_id") REFERENCES "assets"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reviews" ADD CONSTRAINT "reviews_version_id_fkey" FOREIGN KEY ("version_id") REFERENCES "asset_versions"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "collection_items" ADD CONSTRAINT "collection_items_collection_id_fkey" FOREIGN KEY ("collection_id") REFERENCES "collections"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "collection_items" ADD CONSTRAINT "collection_items_asset_id_fkey" FOREIGN KEY ("asset_id") REFERENCES "assets"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "brand_kit_items" ADD CONSTRAINT "brand_kit_items_kit_id_fkey" FOREIGN KEY ("kit_id") REFERENCES "brand_kits"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "brand_kit_items" ADD CONSTRAINT "brand_kit_items_asset_id_fkey" FOREIGN KEY ("asset_id") REFERENCES "assets"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "kit_grants" ADD CONSTRAINT "kit_grants_kit_id_fkey" FOREIGN KEY ("kit_id") REFERENCES "brand_kits"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "cart_lines" ADD CONSTRAINT "cart_lines_cart_id_fkey" FOREIGN KEY ("cart_id") REFERENCES "carts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "order_lines" ADD CONSTRAINT "order_lines_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "checkout_attempts" ADD CONSTRAINT "checkout_attempts_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "payments" ADD CONSTRAINT "payments_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_payment_id_fkey" FOREIGN KEY ("payment_id") REFERENCES "payments"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invoices" ADD CONSTRAINT "invoices_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ledger_entries" ADD CONSTRAINT "ledger_entries_transaction_id_fkey" FOREIGN KEY ("transaction_id") REFERENCES "ledger_transactions"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "audit_links" ADD CONSTRAINT "audit_links_fact_id_fkey" FOREIGN KEY ("fact_id") REFERENCES "audit_facts"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delivery_ends" ADD CONSTRAINT "delivery_ends_delivery_id_fkey" FOREIGN KEY ("delivery_id") REFERENCES "deliveries"("id") ON DELETE RESTRICT ON UPDATE CASCADE;



-- ---------------------------------------------------------------------------------------------------------------------
-- What Prisma cannot say: generated columns, exclusion, append-only, the chain, the balance. Each has a db.test.
-- ---------------------------------------------------------------------------------------------------------------------

-- Search. The wrapper is immutable because the configuration is named; array_to_string alone is only stable.
CREATE FUNCTION asset_search(title text, description text, keywords text[], creator text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT setweight(to_tsvector('english'::regconfig, title), 'A')
      || setweight(to_tsvector('simple'::regconfig, title), 'A')
      || setweight(to_tsvector('english'::regconfig, array_to_string(keywords, ' ')), 'B')
      || setweight(to_tsvector('simple'::regconfig, creator), 'C')
      || setweight(to_tsvector('english'::regconfig, description), 'D')
$$;
ALTER TABLE assets DROP COLUMN search;
ALTER TABLE assets ADD COLUMN search tsvector GENERATED ALWAYS AS (asset_search(title, description, keywords, creator)) STORED;
CREATE INDEX assets_search ON assets USING gin (search);
CREATE INDEX assets_title_trigrams ON assets USING gin (title gin_trgm_ops);

-- Accounts. The house is its own tenant.
ALTER TABLE organisations ADD CONSTRAINT house_is_its_own_tenant CHECK ((kind = 'OWNER') = (house_id = id));
ALTER TABLE users ADD CONSTRAINT email_is_lower_case CHECK (email = lower(email) AND position('@' in email) > 1);

-- Rights. "All" is [0,): it covers leaves that come later.
ALTER TABLE claims DROP COLUMN excl_class;
ALTER TABLE claims
  ADD COLUMN excl_class bigint GENERATED ALWAYS AS (CASE WHEN exclusive THEN licence_no ELSE 0 END) STORED,
  ADD CONSTRAINT claim_has_scope CHECK (NOT isempty(media_set) AND NOT isempty(territory_set) AND NOT isempty(industry_set)),
  ADD CONSTRAINT claim_period_is_half_open CHECK (NOT isempty(period) AND lower_inc(period) AND NOT upper_inc(period)),
  ADD CONSTRAINT claim_names_a_licence CHECK (licence_no > 0 AND asset_no > 0),
  ADD CONSTRAINT claim_hold_has_its_end CHECK ((state = 'HELD') = (hold_expires_at IS NOT NULL)),
  -- 0 beside 0 never conflicts (non-exclusive beside non-exclusive), a licence never conflicts with itself, all else does.
  ADD CONSTRAINT no_double_sale EXCLUDE USING gist (
    asset_no WITH =, territory_set WITH &&, media_set WITH &&, industry_set WITH &&, period WITH &&, excl_class WITH <>
  ) WHERE (state IN ('HELD', 'PENDING_PAYMENT', 'ACTIVE', 'SUSPENDED'));

DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['acquisitions', 'releases', 'restrictions'] LOOP
    EXECUTE format('ALTER TABLE %I ADD CONSTRAINT %I CHECK (NOT isempty(media_set) AND NOT isempty(territory_set) AND NOT isempty(industry_set)
      AND NOT isempty(period) AND NOT upper_inc(period)), ADD CONSTRAINT %I CHECK (superseded_at IS NULL OR superseded_at >= recorded_at)',
      t, t || '_have_scope', t || '_two_times');
  END LOOP;
END $$;

-- Nothing is sold that is not held: a live claim lies within one acquisition that is current.
CREATE FUNCTION claim_lies_within_what_is_held() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state IN ('HELD', 'PENDING_PAYMENT', 'ACTIVE') AND (TG_OP = 'INSERT' OR OLD.state NOT IN ('HELD', 'PENDING_PAYMENT', 'ACTIVE', 'SUSPENDED'))
     AND NOT EXISTS (
       SELECT 1 FROM acquisitions a WHERE a.asset_no = NEW.asset_no AND a.superseded_at IS NULL
          AND a.media_set @> NEW.media_set AND a.territory_set @> NEW.territory_set AND a.industry_set @> NEW.industry_set AND a.period @> NEW.period)
  THEN
    RAISE EXCEPTION 'claim on asset % is not within what is held', NEW.asset_no USING ERRCODE = '23514', CONSTRAINT = 'claim_within_held';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER claim_within_held BEFORE INSERT OR UPDATE OF state, media_set, territory_set, industry_set, period ON claims
  FOR EACH ROW EXECUTE FUNCTION claim_lies_within_what_is_held();

-- Append only: evidence and history.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = '23001', CONSTRAINT = 'append_only';
END $$;
DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['audit_facts', 'audit_links', 'deliveries', 'delivery_ends', 'ledger_transactions', 'ledger_entries', 'price_books', 'terms_templates'] LOOP
    EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()', t);
    EXECUTE format('CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', t);
  END LOOP;
END $$;

-- Rights in are superseded, never changed: the only update is superseded_at, once.
CREATE FUNCTION only_supersede() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR OLD.superseded_at IS NOT NULL OR NEW.superseded_at IS NULL
     OR (to_jsonb(NEW) - 'superseded_at') IS DISTINCT FROM (to_jsonb(OLD) - 'superseded_at') THEN
    RAISE EXCEPTION '% rows are superseded, never changed', TG_TABLE_NAME USING ERRCODE = '23001', CONSTRAINT = 'only_supersede';
  END IF;
  RETURN NEW;
END $$;
DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['acquisitions', 'releases', 'restrictions'] LOOP
    EXECUTE format('CREATE TRIGGER only_supersede BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION only_supersede()', t);
  END LOOP;
END $$;

-- A licence once issued keeps its words, its asset and its parties.
ALTER TABLE licences
  ADD CONSTRAINT licence_end_has_a_cause CHECK ((state = 'ENDED') = (ended_by IS NOT NULL)),
  ADD CONSTRAINT licence_in_force_is_issued CHECK (state NOT IN ('ACTIVE', 'SUSPENDED') OR (document IS NOT NULL AND document_sha256 IS NOT NULL AND signature IS NOT NULL)),
  ADD CONSTRAINT licence_term_is_a_span CHECK (ends_at IS NULL OR ends_at > starts_at);
CREATE FUNCTION licence_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'licences are never deleted' USING ERRCODE = '23001', CONSTRAINT = 'licence_is_frozen';
  END IF;
  IF OLD.document IS NOT NULL AND (
       (NEW.document, NEW.document_sha256, NEW.signature, NEW.key_id, NEW.terms, NEW.asset_id, NEW.version_id, NEW.holder_org_id, NEW.starts_at, NEW.ends_at, NEW.exclusive, NEW.model, NEW.number)
       IS DISTINCT FROM
       (OLD.document, OLD.document_sha256, OLD.signature, OLD.key_id, OLD.terms, OLD.asset_id, OLD.version_id, OLD.holder_org_id, OLD.starts_at, OLD.ends_at, OLD.exclusive, OLD.model, OLD.number)
     OR (OLD.certificate_sha256 IS NOT NULL AND NEW.certificate_sha256 IS DISTINCT FROM OLD.certificate_sha256)) THEN
    RAISE EXCEPTION 'licence % is issued: its terms no longer change', OLD.number USING ERRCODE = '23001', CONSTRAINT = 'licence_is_frozen';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER licence_is_frozen BEFORE UPDATE OR DELETE ON licences FOR EACH ROW EXECUTE FUNCTION licence_is_frozen();

-- Money.
CREATE UNIQUE INDEX one_open_attempt ON checkout_attempts (order_id) WHERE state IN ('REQUESTED', 'OPEN');
ALTER TABLE orders ADD CONSTRAINT order_adds_up CHECK (net_minor >= 0 AND tax_minor >= 0 AND total_minor = net_minor + tax_minor);
ALTER TABLE order_lines ADD CONSTRAINT line_is_not_negative CHECK (net_minor >= 0 AND tax_minor >= 0);
ALTER TABLE payments ADD CONSTRAINT payment_is_positive CHECK (amount_minor >= 0 AND tax_minor >= 0);
ALTER TABLE refunds ADD CONSTRAINT refund_is_positive CHECK (amount_minor > 0);
ALTER TABLE ledger_entries ADD CONSTRAINT entry_is_not_zero CHECK (amount_minor <> 0);

CREATE FUNCTION refunds_within_payment() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE paid bigint; back bigint;
BEGIN
  SELECT amount_minor INTO paid FROM payments WHERE id = NEW.payment_id FOR UPDATE;
  SELECT coalesce(sum(amount_minor), 0) INTO back FROM refunds WHERE payment_id = NEW.payment_id AND state <> 'FAILED' AND id <> NEW.id;
  IF back + NEW.amount_minor > paid THEN
    RAISE EXCEPTION 'refunds of payment % would exceed it', NEW.payment_id USING ERRCODE = '23514', CONSTRAINT = 'refunds_within_payment';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER refunds_within_payment BEFORE INSERT ON refunds FOR EACH ROW EXECUTE FUNCTION refunds_within_payment();

CREATE FUNCTION ledger_balances() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM ledger_entries WHERE transaction_id = NEW.transaction_id GROUP BY currency HAVING sum(amount_minor) <> 0) THEN
    RAISE EXCEPTION 'ledger transaction % does not balance', NEW.transaction_id USING ERRCODE = '23514', CONSTRAINT = 'ledger_balances';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER ledger_balances AFTER INSERT ON ledger_entries DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION ledger_balances();

-- The audit chain. Facts are written anywhere in a transaction; their links are made at its commit, so the lock on the
-- chain's head is the last lock a transaction takes and can be part of no deadlock. hash = sha256(prev_hash || LF || body).
CREATE FUNCTION link_fact() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE head audit_heads%ROWTYPE; link_hash text;
BEGIN
  INSERT INTO audit_heads (house_id, seq, hash) VALUES (NEW.house_id, 0, repeat('0', 64)) ON CONFLICT DO NOTHING;
  SELECT * INTO head FROM audit_heads WHERE house_id = NEW.house_id FOR UPDATE;
  link_hash := encode(sha256(convert_to(head.hash || E'\n' || NEW.body, 'UTF8')), 'hex');
  INSERT INTO audit_links (house_id, seq, fact_id, prev_hash, hash) VALUES (NEW.house_id, head.seq + 1, NEW.id, head.hash, link_hash);
  UPDATE audit_heads SET seq = head.seq + 1, hash = link_hash WHERE house_id = NEW.house_id;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER link_fact AFTER INSERT ON audit_facts DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION link_fact();

-- Reviews: one open question a version.
CREATE UNIQUE INDEX one_open_review ON reviews (version_id) WHERE state = 'WAITING';
-- Kits: one grant in force an organisation and kit.
CREATE UNIQUE INDEX one_open_kit_grant ON kit_grants (kit_id, org_id) WHERE revoked_at IS NULL;
