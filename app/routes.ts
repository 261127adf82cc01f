import { index, route, type RouteConfig } from '@remix-run/route-config'

/** Every address of the product, on one page. The law of who may come in is the table of `app/gate.db.test.ts`: a new line here needs one there. */
export default [
  // store: open to everybody
  index('routes/home.tsx'),
  route('search', 'routes/store/search.tsx'),
  route('previews/:assetId/:preset', 'routes/store/preview.ts'),
  route('assets/:assetId', 'routes/store/asset.tsx'),
  route('cart', 'routes/store/cart.tsx'),
  route('cart/add', 'routes/store/cart-add.ts'),
  route('cart/remove', 'routes/store/cart-remove.ts'),
  route('licensing', 'routes/store/licensing.tsx'),
  route('terms/:templateId', 'routes/store/terms.tsx'),
  route('robots.txt', 'routes/store/robots.ts'),
  route('sitemap.xml', 'routes/store/sitemap.ts'),
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
  route('account', 'routes/account/account.tsx'),
  route('account/password', 'routes/account/password.tsx'),
  route('account/sessions', 'routes/account/sessions.tsx'),
  route('account/sessions/others', 'routes/account/sessions-others.ts'),
  route('account/seat', 'routes/account/seat.ts'),
  route('organisation', 'routes/account/organisation.tsx'),
  route('organisation/members', 'routes/account/members.tsx'),
  route('members/:memberId/roles', 'routes/account/member-roles.ts'),
  route('members/:memberId/end', 'routes/account/member-end.ts'),
  route('invitations/:invitationId/revoke', 'routes/account/invitation-revoke.ts'),

  // buying
  route('licences/:licenceId/download', 'routes/delivery/licence-download.ts'),
  // portal
  route('portal', 'routes/portal/home.tsx'),
  route('portal/kits/:kitId', 'routes/portal/kit.tsx'),
  route('portal/kits/:kitId/archive', 'routes/portal/kit-archive.ts'),
  route('portal/kits/:kitId/assets/:assetId/:rendition', 'routes/portal/kit-file.ts'),
  route('refusals/:deliveryId', 'routes/portal/refusal.tsx'),
  route('requests', 'routes/requests/index.tsx'),
  route('requests/new', 'routes/requests/new.tsx'),
  route('requests/:requestId', 'routes/requests/request.tsx'),
  // library
  route('library/collections', 'routes/curation/collections.tsx'),
  route('library/collections/:collectionId', 'routes/curation/collection.tsx'),
  route('library/collections/:collectionId/archive', 'routes/curation/archive.ts'),
  route('library/collections/:collectionId/items/add', 'routes/curation/item-add.ts'),
  route('library/collections/:collectionId/items/remove', 'routes/curation/item-remove.ts'),
  route('library/collections/:collectionId/items/move', 'routes/curation/item-move.ts'),
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
  route('library/kits', 'routes/kits/index.tsx'),
  route('library/kits/new', 'routes/kits/new.tsx'),
  route('library/kits/:kitId', 'routes/kits/kit.tsx'),
  route('library/kits/:kitId/edit', 'routes/kits/edit.tsx'),
  route('library/kits/:kitId/items', 'routes/kits/item-add.ts'),
  route('library/kits/:kitId/items/:assetId/arrange', 'routes/kits/item-arrange.ts'),
  route('library/kits/:kitId/items/:assetId/remove', 'routes/kits/item-remove.ts'),
  route('library/kits/:kitId/grant', 'routes/kits/grant.tsx'),
  route('library/kits/:kitId/grants/:kitGrantId/revoke', 'routes/kits/grant-revoke.ts'),
  route('library/kits/:kitId/archive', 'routes/kits/archive.ts'),
  // rights desk
  // finance
  // compliance and public proof
  route('compliance', 'routes/compliance/overview.tsx'),
  route('compliance/audit', 'routes/compliance/audit.tsx'),
  route('compliance/audit/export/:file', 'routes/compliance/audit-export.ts'),
  route('compliance/deliveries', 'routes/compliance/deliveries.tsx'),
  route('compliance/reports', 'routes/compliance/reports.tsx'),
  route('compliance/reports/export.csv', 'routes/compliance/report-csv.ts'),
  route('compliance/reports/export.pdf', 'routes/compliance/report-pdf.ts'),
  route('licences/:licenceId/certificate', 'routes/proof/certificate.ts'),
  route('verify', 'routes/proof/verify.tsx'),
  route('verify/:number', 'routes/proof/verified.tsx'),
  route('keys', 'routes/proof/keys.tsx'),
  // the house's administration
  route('admin/organisations', 'routes/admin/organisations.tsx'),
  route('admin/organisations/new', 'routes/admin/organisation-new.tsx'),
  route('admin/organisations/:orgId', 'routes/admin/organisation.tsx'),
  route('admin/organisations/:orgId/members', 'routes/admin/organisation-members.tsx'),
  route('admin/organisations/:orgId/close', 'routes/admin/organisation-close.ts'),
  route('admin/organisations/:orgId/reopen', 'routes/admin/organisation-reopen.ts'),
  route('admin/members', 'routes/admin/members.tsx'),

  // machine
  route('health/live', 'routes/health/live.ts'),
  route('health/ready', 'routes/health/ready.ts'),
] satisfies RouteConfig
