/** What an audit report can be about; `all` is everything below it, in the order of time. */
export const reportKinds = ['all', 'licences', 'grants', 'orders', 'deliveries', 'publishing', 'access'] as const
export type ReportKind = (typeof reportKinds)[number]
export const reportNames: Record<ReportKind, string> = {
  all: 'Everything',
  licences: 'Licences issued and ended',
  grants: 'Requests and grants',
  orders: 'Orders and refunds',
  deliveries: 'Deliveries and refusals',
  publishing: 'Publishing and reviews',
  access: 'Access and membership',
}

/** Which facts of the trail belong to a report: by the noun before the dot. */
export const nounsOf = {
  publishing: [
    'asset',
    'version',
    'review',
    'upload',
    'collection',
    'kit',
    'kit-grant',
    'price-book',
    'terms',
    'acquisition',
    'release',
    'restriction',
  ],
  access: ['house', 'organisation', 'member', 'invitation', 'user', 'session', 'sign-in', 'password', 'password-reset', 'report', 'trail'],
} as const
