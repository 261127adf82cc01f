-- Which saved view a person's page opens with: one of their own, or one that the desk shares.
CREATE TABLE "default_views" (
    "house_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "page" TEXT NOT NULL,
    "view_id" TEXT NOT NULL,

    CONSTRAINT "default_views_pkey" PRIMARY KEY ("house_id","user_id","page")
);

ALTER TABLE "default_views" ADD CONSTRAINT "default_views_view_id_fkey" FOREIGN KEY ("view_id") REFERENCES "saved_views"("id") ON DELETE CASCADE ON UPDATE CASCADE;
CREATE INDEX "default_views_view_id_idx" ON "default_views"("view_id");
CREATE INDEX "saved_views_house_id_page_shared_idx" ON "saved_views"("house_id", "page", "shared");
