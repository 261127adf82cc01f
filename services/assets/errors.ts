/** Why a file is not taken in. */
export type ReceiveUploadError = 'too-large' | 'refused-type' | 'cut-off' | 'duplicate-of' | 'same-as-current' | 'asset-archived'
export type EditAssetError = 'asset-archived' | 'changed-meanwhile' | 'published-needs' | 'own-fields-wrong'
export type SubmitAssetError = 'already-waiting' | 'not-described' | 'nothing-new' | 'wrong-state'
/** What may stand against any step: the state table, and a legal hold, which lets nothing be put away. */
export type StepError = 'wrong-state' | 'legal-hold'
export type MoveAssetError = StepError
export type ScheduleError = 'in-the-past' | 'ends-before-it-begins' | 'not-publishable'
export type EmbargoError = 'in-the-past' | 'not-approved'
export type LegalHoldError = 'purged' | 'already-held'
/** Why an asset's life does not go on as somebody wants it. */
export type LifeError = StepError | ScheduleError | EmbargoError | LegalHoldError
export type PublishAssetError = MoveAssetError | 'not-publishable'
/** Why a draft's file does not become a version of another asset, or is not put away. */
export type AdoptVersionError = 'not-a-draft' | 'asset-archived' | 'same-as-current'
export type DiscardDraftError = 'not-a-draft'
/** Why an earlier version does not become current again. */
export type RollBackError = 'wrong-state' | 'already-current' | 'changed-meanwhile' | 'not-readable' | 'bytes-gone'
export type RetryVersionError = 'not-rejected' | 'not-current'

/** Facts beside `duplicate-of` and `same-as-current`: where these bytes are already. */
export interface DuplicateDetail {
  assetId: string
  title: string
  state: string
}
/** Facts beside `not-described`, `not-publishable` and `published-needs`: what is missing, a sentence each. */
export type MissingDetail = string[]
/** Why XMP that somebody sends for a file is not read with it. */
export type AddSidecarError = 'asset-archived' | 'no-file' | 'no-xmp'
/** Why the record does not take over what its file says, or keeps its own word. */
export type SettleFieldsError = 'asset-archived' | 'changed-meanwhile' | 'nothing-chosen' | 'no-file-read'
