-- Who an embargo keeps something from is offered only keywords of what they may be told of: asked word by word.
CREATE INDEX "assets_keywords_idx" ON "assets" USING GIN ("keywords");
