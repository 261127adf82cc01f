import type { AccessScope } from '#services/accounts/rules/access-keys.ts'
import type { OrgKind, Role } from '#services/kernel/actor.ts'

/** Who may come in at an address. */
export type Gate =
  /** Anybody. Changes still have to come from our own pages. */
  | { who: 'public' }
  /** Machines with a signature: no person, no cookie, no origin. */
  | { who: 'hook' }
  /** Programs with an access key that opens `scope`: no cookie is looked at, and refusals are problem+json. */
  | { who: 'program'; scope: AccessScope }
  /** Whoever holds the secret in the address. */
  | { who: 'key' }
  /** People of these kinds of organisation. */
  | { who: 'people'; kinds: readonly OrgKind[] }
  /** People who own the row (or keep it, as staff do); to all others it is not there. `form` is what its form sends, where an empty one is refused too early. */
  | { who: 'own-row'; form?: Record<string, string> }
  /** People of the house with one of these roles; its administrators always; anyone of the house where none is named. */
  | { who: 'staff'; roles: readonly Role[] }

const open: Gate = { who: 'public' }
const hook: Gate = { who: 'hook' }
const program = (scope: AccessScope): Gate => ({ who: 'program', scope })
const key: Gate = { who: 'key' }
const ownRow: Gate = { who: 'own-row' }
const ownRowWith = (form: Record<string, string>): Gate => ({ who: 'own-row', form })
const people = (...kinds: OrgKind[]): Gate => ({ who: 'people', kinds })
const signedIn = people('OWNER', 'PARTNER', 'CUSTOMER')
const staff = (...roles: Role[]): Gate => ({ who: 'staff', roles })

/** The law of the doors: every address of `routes.ts` has one line here, or the gate test fails. */
export const gate: Record<string, Gate> = {
  // store
  '/': open,
  '/search': open,
  '/search/suggest': open,
  '/previews/:assetId/:preset': open,
  '/assets/:assetId': open,
  '/collections': open,
  '/collections/:slug': open,
  '/theme': open,
  '/cart': open,
  '/cart/add': open,
  '/cart/remove': open,
  '/waits': signedIn,
  '/waits/:waitId/leave': ownRow,
  '/licensing': open,
  '/terms/:templateId': open,
  '/robots.txt': open,
  '/sitemap.xml': open,
  '/sitemaps/:file': open,
  '/feed.xml': open,
  '/collections/:slug/feed.xml': open,
  '/.well-known/tdmrep.json': open,
  '/policies/tdm.json': open,

  // access
  '/sign-in': open,
  '/sign-out': open,
  '/register': open,
  '/join/:token': key,
  '/forgot-password': open,
  '/reset-password/:token': key,

  // one's own account and organisation
  '/account': signedIn,
  '/account/password': signedIn,
  '/account/sessions': signedIn,
  '/account/sessions/others': signedIn,
  '/account/seat': signedIn,
  '/account/keys': signedIn,
  '/account/keys/revoke': ownRowWith({ keyId: 'nothing' }),
  '/organisation': signedIn,
  '/organisation/members': signedIn,
  '/members/:memberId/roles': ownRowWith({ roles: 'CUSTOMER' }),
  '/members/:memberId/end': ownRow,
  '/invitations/:invitationId/revoke': ownRow,

  // buying
  '/checkout': open,
  '/checkout/return': ownRow,
  '/orders': signedIn,
  '/orders/:orderId': ownRow,
  '/orders/:orderId/cancel': ownRow,
  '/invoices/:invoiceId': ownRow,
  '/licences': signedIn,
  '/licences/:licenceId': ownRow,
  '/licences/:licenceId/download': ownRow,

  // portal
  '/portal': signedIn,
  '/portal/kits/:kitId': ownRow,
  '/portal/kits/:kitId/archive': ownRow,
  '/portal/kits/:kitId/assets/:assetId/:rendition': ownRow,
  '/refusals/:deliveryId': ownRow,
  '/requests': signedIn,
  '/requests/new': signedIn,
  '/requests/:requestId': ownRow,

  // library: what each of the staff may do there is the policy of services/assets
  '/library': staff(),
  '/library/upload': staff('LIBRARIAN', 'CONTRIBUTOR'),
  '/library/upload/file': staff('LIBRARIAN', 'CONTRIBUTOR'),
  '/library/assets/:assetId': staff(),
  '/library/assets/:assetId/edit': staff(),
  '/library/assets/:assetId/submit': staff(),
  '/library/assets/:assetId/publish': staff(),
  '/library/assets/:assetId/withdraw': staff(),
  '/library/assets/:assetId/archive': staff(),
  '/library/assets/:assetId/restore': staff(),
  '/library/assets/:assetId/retry': staff(),
  '/library/files/:versionId/:rendition': ownRow,
  '/library/review': staff(),
  '/library/review/:reviewId': staff(),
  '/library/review/:reviewId/approve': staff(),
  '/library/review/:reviewId/changes': staff(),
  '/library/review/:reviewId/reject': staff(),
  '/library/searches': staff('LIBRARIAN'),
  '/library/searches/forget': staff('LIBRARIAN'),
  '/library/searches/synonyms/:synonymId/remove': staff('LIBRARIAN'),
  '/library/collections': staff('LIBRARIAN'),
  '/library/collections/:collectionId': staff('LIBRARIAN'),
  '/library/collections/:collectionId/archive': staff('LIBRARIAN'),
  '/library/collections/:collectionId/items/add': staff('LIBRARIAN'),
  '/library/collections/:collectionId/items/remove': staff('LIBRARIAN'),
  '/library/collections/:collectionId/items/move': staff('LIBRARIAN'),
  '/library/kits': staff(),
  '/library/kits/new': staff('LIBRARIAN'),
  '/library/kits/:kitId': staff(),
  '/library/kits/:kitId/edit': staff('LIBRARIAN'),
  '/library/kits/:kitId/items': staff('LIBRARIAN'),
  '/library/kits/:kitId/items/:assetId/arrange': staff('LIBRARIAN'),
  '/library/kits/:kitId/items/:assetId/remove': staff('LIBRARIAN'),
  '/library/kits/:kitId/archive': staff('LIBRARIAN'),
  '/library/kits/:kitId/grant': staff('RIGHTS_MANAGER'),
  '/library/kits/:kitId/grants/:kitGrantId/revoke': staff('RIGHTS_MANAGER'),

  // rights desk
  '/rights': staff('RIGHTS_MANAGER', 'AUDITOR'),
  '/rights/worklist/act': staff('RIGHTS_MANAGER'),
  '/rights/worklist/undo': staff('RIGHTS_MANAGER'),
  '/rights/worklist/views': staff('RIGHTS_MANAGER', 'AUDITOR'),
  '/rights/worklist/line': staff('RIGHTS_MANAGER', 'AUDITOR'),
  '/rights/worklist/export.csv': staff('RIGHTS_MANAGER', 'AUDITOR'),
  '/rights/calendar': staff('RIGHTS_MANAGER', 'AUDITOR'),
  '/calendar/:key': key,
  '/rights/prices': staff('RIGHTS_MANAGER', 'AUDITOR'),
  '/rights/prices/compare': staff('RIGHTS_MANAGER', 'AUDITOR'),
  '/rights/prices/simulate': staff('RIGHTS_MANAGER', 'AUDITOR'),
  '/rights/prices/drafts': staff('RIGHTS_MANAGER'),
  '/rights/prices/drafts/:draftId': staff('RIGHTS_MANAGER', 'AUDITOR'),
  '/rights/prices/drafts/:draftId/publish': staff('RIGHTS_MANAGER'),
  '/rights/prices/drafts/:draftId/drop': staff('RIGHTS_MANAGER'),
  '/rights/assets/:assetId': staff(),
  '/rights/assets/:assetId/summary': staff(),
  '/rights/assets/:assetId/grid': staff(),
  '/rights/assets/:assetId/as-of': staff(),
  '/rights/history': staff(),
  '/rights/assets/:assetId/acquisitions': staff('RIGHTS_MANAGER'),
  '/rights/assets/:assetId/acquisitions/:rowId/end': staff('RIGHTS_MANAGER'),
  '/rights/assets/:assetId/releases': staff('RIGHTS_MANAGER'),
  '/rights/assets/:assetId/restrictions': staff('RIGHTS_MANAGER'),
  '/rights/assets/:assetId/restrictions/:rowId/lift': staff('RIGHTS_MANAGER'),
  '/rights/requests': staff('RIGHTS_MANAGER', 'LIBRARIAN', 'AUDITOR'),
  '/rights/requests/:requestId': staff('RIGHTS_MANAGER', 'LIBRARIAN', 'AUDITOR'),
  '/rights/requests/:requestId/grant': staff('RIGHTS_MANAGER'),
  '/rights/requests/:requestId/refuse': staff('RIGHTS_MANAGER'),
  '/rights/licences': staff('RIGHTS_MANAGER', 'FINANCE', 'LIBRARIAN', 'AUDITOR'),
  '/rights/licences/:licenceId': staff('RIGHTS_MANAGER', 'FINANCE', 'LIBRARIAN', 'AUDITOR'),
  '/rights/licences/:licenceId/suspend': staff('RIGHTS_MANAGER'),
  '/rights/licences/:licenceId/reinstate': staff('RIGHTS_MANAGER'),
  '/rights/licences/:licenceId/revoke': staff('RIGHTS_MANAGER'),
  '/rights/twins': staff('RIGHTS_MANAGER', 'AUDITOR'),
  '/rights/twins/:memberId/decide': staff('RIGHTS_MANAGER'),
  '/rights/twins/:memberId/leave': staff('RIGHTS_MANAGER'),
  '/rights/expiries': staff('RIGHTS_MANAGER', 'AUDITOR'),
  '/rights/changes': staff('RIGHTS_MANAGER', 'AUDITOR'),
  '/rights/changes/new': staff('RIGHTS_MANAGER'),
  '/rights/changes/:planId': staff('RIGHTS_MANAGER', 'AUDITOR'),
  '/rights/changes/:planId/decide': staff('RIGHTS_MANAGER'),
  '/rights/changes/:planId/decide-many': staff('RIGHTS_MANAGER'),
  '/rights/changes/:planId/apply': staff('RIGHTS_MANAGER'),
  '/rights/changes/:planId/redraw': staff('RIGHTS_MANAGER'),
  '/rights/changes/:planId/drop': staff('RIGHTS_MANAGER'),
  '/rights/changes/:planId/retry': staff('RIGHTS_MANAGER'),
  '/rights/changes/:planId/export.csv': staff('RIGHTS_MANAGER', 'AUDITOR'),
  '/rights/imports': staff('RIGHTS_MANAGER', 'AUDITOR'),
  '/rights/imports/templates/:template': staff('RIGHTS_MANAGER', 'AUDITOR'),
  '/rights/imports/:importId': staff('RIGHTS_MANAGER', 'AUDITOR'),
  '/rights/imports/:importId/apply': staff('RIGHTS_MANAGER'),
  '/rights/imports/:importId/drop': staff('RIGHTS_MANAGER'),
  '/rights/imports/:importId/problems': staff('RIGHTS_MANAGER', 'AUDITOR'),
  '/rights/exports': staff('RIGHTS_MANAGER', 'AUDITOR'),
  '/rights/exports/file': staff('RIGHTS_MANAGER', 'AUDITOR'),
  '/rights/contracts': staff('RIGHTS_MANAGER', 'AUDITOR'),
  '/rights/contracts/:contractId': staff('RIGHTS_MANAGER', 'AUDITOR'),
  '/rights/contracts/:contractId/add': staff('RIGHTS_MANAGER'),
  '/rights/contracts/:contractId/papers': staff('RIGHTS_MANAGER'),
  '/rights/contracts/:contractId/odrl': staff('RIGHTS_MANAGER', 'AUDITOR'),
  '/rights/assets/:assetId/odrl': staff(),
  '/licences/:licenceId/odrl': ownRow,
  '/rights/papers': staff('RIGHTS_MANAGER'),
  '/rights/papers/:paperId': staff(),
  // may I use it?
  '/clearance': signedIn,
  '/clearance/lists': signedIn,
  '/clearance/lists/template.csv': signedIn,
  '/clearance/lists/codes.csv': signedIn,
  '/clearance/lists/:clearanceId': ownRow,
  '/clearance/lists/:clearanceId/cancel': ownRow,
  '/clearance/lists/:clearanceId/result.csv': ownRow,
  // finance
  '/finance/orders': staff('FINANCE', 'AUDITOR'),
  '/finance/orders/:orderId': staff('FINANCE', 'AUDITOR', 'RIGHTS_MANAGER'),
  '/finance/orders/:orderId/refund': staff('FINANCE'),
  '/finance/ledger': staff('FINANCE', 'AUDITOR'),
  // compliance and public proof
  '/compliance': staff('AUDITOR', 'RIGHTS_MANAGER'),
  '/compliance/audit': staff('AUDITOR', 'RIGHTS_MANAGER'),
  '/compliance/audit/export/:file': staff('AUDITOR', 'RIGHTS_MANAGER'),
  '/compliance/deliveries': staff('AUDITOR', 'RIGHTS_MANAGER'),
  '/compliance/reports': staff('AUDITOR', 'RIGHTS_MANAGER'),
  '/compliance/reports/export.csv': staff('AUDITOR', 'RIGHTS_MANAGER'),
  '/compliance/reports/export.pdf': staff('AUDITOR', 'RIGHTS_MANAGER'),
  '/licences/:licenceId/certificate': ownRow,
  '/verify': open,
  '/verify/:number': open,
  '/keys': open,
  // the house's administration
  '/admin/organisations': staff('ADMINISTRATOR'),
  '/admin/organisations/new': staff('ADMINISTRATOR'),
  '/admin/organisations/:orgId': staff('ADMINISTRATOR'),
  '/admin/organisations/:orgId/members': staff('ADMINISTRATOR'),
  '/admin/organisations/:orgId/close': staff('ADMINISTRATOR'),
  '/admin/organisations/:orgId/reopen': staff('ADMINISTRATOR'),
  '/admin/members': staff('ADMINISTRATOR'),
  '/admin/jobs': staff('ADMINISTRATOR'),
  '/admin/jobs/:jobId/retry': staff('ADMINISTRATOR'),
  '/admin/jobs/:jobId/drop': staff('ADMINISTRATOR'),

  // machine
  '/api/v1/clearance': program('clearance'),
  '/api/v1/openapi.json': open,
  '/api/*': hook,
  '/hooks/stripe': hook,
  '/health/live': open,
  '/health/ready': open,

  // whatever is left
  '/*': ownRow,
}
