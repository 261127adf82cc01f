import { machine } from '../../kernel/machine.ts'

/** Mirror of the database's enum; a test holds them equal. */
export const assetStateNames = ['DRAFT', 'IN_REVIEW', 'APPROVED', 'PUBLISHED', 'WITHDRAWN', 'ARCHIVED'] as const
export type AssetState = (typeof assetStateNames)[number]

/**
 * The life of an asset. A published asset stays published while its next version is reviewed: the world goes on seeing
 * the approved version, and `approve` puts the next in its place. `replace` is a new version's arrival: what was judged
 * before does not speak for it.
 */
export const assetStates = machine<AssetState>()({
  DRAFT: { submit: 'IN_REVIEW', replace: 'DRAFT', archive: 'ARCHIVED' },
  IN_REVIEW: { approve: 'APPROVED', askChanges: 'DRAFT', reject: 'DRAFT', replace: 'DRAFT' },
  APPROVED: { publish: 'PUBLISHED', replace: 'DRAFT', archive: 'ARCHIVED' },
  PUBLISHED: {
    submit: 'PUBLISHED',
    approve: 'PUBLISHED',
    askChanges: 'PUBLISHED',
    reject: 'PUBLISHED',
    replace: 'PUBLISHED',
    withdraw: 'WITHDRAWN',
  },
  WITHDRAWN: { publish: 'PUBLISHED', submit: 'IN_REVIEW', replace: 'WITHDRAWN', archive: 'ARCHIVED' },
  ARCHIVED: { restore: 'DRAFT' },
})
export type AssetVerb = Parameters<typeof assetStates.whence>[0]

/** The state's name for people. */
export const stateWords: Record<AssetState, string> = {
  DRAFT: 'Draft',
  IN_REVIEW: 'In review',
  APPROVED: 'Approved',
  PUBLISHED: 'Published',
  WITHDRAWN: 'Withdrawn',
  ARCHIVED: 'Archived',
}
