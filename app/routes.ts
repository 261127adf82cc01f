import { index, route, type RouteConfig } from '@remix-run/route-config'

/** Every address of the product, on one page. The law of who may come in is the table of `app/gate.db.test.ts`: a new line here needs one there. */
export default [
  // store: open to everybody
  index('routes/home.tsx'),
  route('search', 'routes/store/search.tsx'),
  route('previews/:assetId/:preset', 'routes/store/preview.ts'),
  route('assets/:assetId', 'routes/store/asset.tsx'),
  route('collections', 'routes/store/collections.tsx'),
  route('collections/:slug', 'routes/store/collection.tsx'),

  // the shell
  route('theme', 'routes/shell/theme.ts'),

  // store
  // access
  route('sign-in', 'routes/access/sign-in.tsx'),
  route('sign-out', 'routes/access/sign-out.ts'),
  route('register', 'routes/access/register.tsx'),
  route('join/:token', 'routes/access/join.tsx'),
  route('forgot-password', 'routes/access/forgot-password.tsx'),
  route('reset-password/:token', 'routes/access/reset-password.tsx'),

  // one's own account and organisation
  // buying
  // portal
  // library
  route('library', 'routes/library/index.tsx'),
  route('library/upload', 'routes/library/upload.tsx'),
  route('library/upload/file', 'routes/library/upload-file.ts'),
  route('library/assets/:assetId', 'routes/library/asset.tsx'),
  route('library/assets/:assetId/edit', 'routes/library/edit.tsx'),
  route('library/assets/:assetId/submit', 'routes/library/submit.ts'),
  route('library/assets/:assetId/publish', 'routes/library/publish.ts'),
  route('library/assets/:assetId/withdraw', 'routes/library/withdraw.ts'),
  route('library/assets/:assetId/archive', 'routes/library/archive.ts'),
  route('library/assets/:assetId/restore', 'routes/library/restore.ts'),
  route('library/assets/:assetId/retry', 'routes/library/retry.ts'),
  route('library/files/:versionId/:rendition', 'routes/delivery/staff-file.ts'),
  route('library/review', 'routes/library/review-queue.tsx'),
  route('library/review/:reviewId', 'routes/library/review.tsx'),
  route('library/review/:reviewId/approve', 'routes/library/approve.ts'),
  route('library/review/:reviewId/changes', 'routes/library/changes.ts'),
  route('library/review/:reviewId/reject', 'routes/library/reject.ts'),
  // rights desk
  // finance
  // compliance and public proof
  // the house's administration
  // machine
  route('health/live', 'routes/health/live.ts'),
  route('health/ready', 'routes/health/ready.ts'),
] satisfies RouteConfig
