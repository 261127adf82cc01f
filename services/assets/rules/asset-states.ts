import { machine } from '../../kernel/machine.ts'

/** Mirror of the database's enum; a test holds them equal. */
export const assetStateNames = [
  'DRAFT',
  'IN_REVIEW',
  'APPROVED',
  'SCHEDULED',
  'PUBLISHED',
  'ON_HOLD',
  'EMBARGOED',
  'EXPIRED',
  'WITHDRAWN',
  'ARCHIVED',
  'DELETED',
] as const
export type AssetState = (typeof assetStateNames)[number]

/**
 * The life of an asset. A published asset stays published while its next version is reviewed: the world goes on seeing
 * the approved version, and `approve` puts the next in its place. `replace` is a new version's arrival: what was judged
 * before does not speak for it. The database keeps the same table (`asset_moves`) and refuses what it does not know; a
 * test holds the two equal. A legal hold stands beside the state and forbids `archive`, `delete` and `purge` in all of them.
 */
export const assetStates = machine<AssetState>()({
  DRAFT: { submit: 'IN_REVIEW', replace: 'DRAFT', hold: 'ON_HOLD', archive: 'ARCHIVED', delete: 'DELETED' },
  IN_REVIEW: { approve: 'APPROVED', askChanges: 'DRAFT', reject: 'DRAFT', replace: 'DRAFT', hold: 'ON_HOLD' },
  APPROVED: {
    publish: 'PUBLISHED',
    schedule: 'SCHEDULED',
    embargo: 'EMBARGOED',
    replace: 'DRAFT',
    hold: 'ON_HOLD',
    expire: 'EXPIRED',
    archive: 'ARCHIVED',
    delete: 'DELETED',
  },
  SCHEDULED: {
    publish: 'PUBLISHED',
    schedule: 'SCHEDULED',
    unschedule: 'APPROVED',
    embargo: 'EMBARGOED',
    replace: 'DRAFT',
    hold: 'ON_HOLD',
    expire: 'EXPIRED',
    archive: 'ARCHIVED',
    delete: 'DELETED',
  },
  PUBLISHED: {
    submit: 'PUBLISHED',
    approve: 'PUBLISHED',
    askChanges: 'PUBLISHED',
    reject: 'PUBLISHED',
    replace: 'PUBLISHED',
    withdraw: 'WITHDRAWN',
    hold: 'ON_HOLD',
    embargo: 'EMBARGOED',
    expire: 'EXPIRED',
  },
  // Back to what it was, which the row remembers (`heldFrom`): one verb a state, so that the table stays a table.
  ON_HOLD: {
    resumeDraft: 'DRAFT',
    resumeApproved: 'APPROVED',
    resumeScheduled: 'SCHEDULED',
    resumePublished: 'PUBLISHED',
    resumeEmbargoed: 'EMBARGOED',
    resumeExpired: 'EXPIRED',
    resumeWithdrawn: 'WITHDRAWN',
    archive: 'ARCHIVED',
    delete: 'DELETED',
  },
  // It ends into a schedule where it should be published then and cannot be: the publication is due and says what it waits for.
  EMBARGOED: { embargo: 'EMBARGOED', liftEmbargo: 'APPROVED', publish: 'PUBLISHED', schedule: 'SCHEDULED', hold: 'ON_HOLD' },
  EXPIRED: {
    publish: 'PUBLISHED',
    schedule: 'SCHEDULED',
    submit: 'IN_REVIEW',
    replace: 'EXPIRED',
    hold: 'ON_HOLD',
    archive: 'ARCHIVED',
    delete: 'DELETED',
    takeBackApproved: 'APPROVED',
    takeBackWithdrawn: 'WITHDRAWN',
  },
  WITHDRAWN: {
    publish: 'PUBLISHED',
    schedule: 'SCHEDULED',
    embargo: 'EMBARGOED',
    submit: 'IN_REVIEW',
    replace: 'WITHDRAWN',
    hold: 'ON_HOLD',
    expire: 'EXPIRED',
    archive: 'ARCHIVED',
    delete: 'DELETED',
  },
  // Taken back, as one undoes what was just done, it is what it was (`endedFrom`); restored it is a draft, to be judged anew.
  ARCHIVED: {
    restore: 'DRAFT',
    delete: 'DELETED',
    takeBackApproved: 'APPROVED',
    takeBackWithdrawn: 'WITHDRAWN',
    takeBackExpired: 'EXPIRED',
  },
  // `purge` takes its bytes away for good; the record stays where it is, and no verb leads on from there.
  DELETED: {
    restore: 'DRAFT',
    purge: 'DELETED',
    takeBackApproved: 'APPROVED',
    takeBackWithdrawn: 'WITHDRAWN',
    takeBackExpired: 'EXPIRED',
    takeBackArchived: 'ARCHIVED',
  },
})
export type AssetVerb = Parameters<typeof assetStates.whence>[0]

/** What a held asset resumes to. One that waited for a reviewer is asked about anew: the hold took the question back. */
export const heldFromNames = ['DRAFT', 'APPROVED', 'SCHEDULED', 'PUBLISHED', 'EMBARGOED', 'EXPIRED', 'WITHDRAWN'] as const
export type HeldFrom = (typeof heldFromNames)[number]
export const resumeVerbs: Record<HeldFrom, AssetVerb> = {
  DRAFT: 'resumeDraft',
  APPROVED: 'resumeApproved',
  SCHEDULED: 'resumeScheduled',
  PUBLISHED: 'resumePublished',
  EMBARGOED: 'resumeEmbargoed',
  EXPIRED: 'resumeExpired',
  WITHDRAWN: 'resumeWithdrawn',
}
/** The state to which a hold that is put on now will resume; null where it cannot be put on. */
export const heldFromOf = (state: AssetState): HeldFrom | null => {
  if (!assetStates.after(state, 'hold')) return null
  return state === 'IN_REVIEW' ? 'DRAFT' : (heldFromNames.find((name) => name === state) ?? null)
}

/** What an end that is taken back leads to, where the row remembers it. What was published comes back off sale. */
export const takeBackVerbs: Partial<Record<AssetState, AssetVerb>> = {
  DRAFT: 'restore',
  APPROVED: 'takeBackApproved',
  WITHDRAWN: 'takeBackWithdrawn',
  EXPIRED: 'takeBackExpired',
  ARCHIVED: 'takeBackArchived',
}

/** States that a legal hold does not let an asset enter. */
export const endsOfLife: readonly AssetState[] = ['ARCHIVED', 'DELETED']
/** States that the library's list leaves out unless it is asked for them. */
export const putAway: readonly AssetState[] = ['ARCHIVED', 'DELETED']
/** States in which nothing of the record is edited any more. */
export const closedToEdits: readonly AssetState[] = ['ARCHIVED', 'DELETED']

/** The state's name for people. */
export const stateWords: Record<AssetState, string> = {
  DRAFT: 'Draft',
  IN_REVIEW: 'In review',
  APPROVED: 'Approved',
  SCHEDULED: 'Scheduled',
  PUBLISHED: 'Published',
  ON_HOLD: 'On hold',
  EMBARGOED: 'Embargoed',
  EXPIRED: 'Expired',
  WITHDRAWN: 'Withdrawn',
  ARCHIVED: 'Archived',
  DELETED: 'In the bin',
}
