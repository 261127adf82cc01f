/** Why a file is not taken in. */
export type ReceiveUploadError = 'too-large' | 'refused-type' | 'cut-off' | 'duplicate-of' | 'same-as-current' | 'asset-archived'
export type EditAssetError = 'asset-archived' | 'changed-meanwhile' | 'published-needs'
export type SubmitAssetError = 'already-waiting' | 'not-described' | 'nothing-new' | 'wrong-state'
export type DecideReviewError = 'already-decided' | 'own-submission'
export type PublishAssetError = 'wrong-state' | 'not-publishable'
export type MoveAssetError = 'wrong-state'
export type RetryVersionError = 'not-rejected' | 'not-current'

/** Facts beside `duplicate-of` and `same-as-current`: where these bytes are already. */
export interface DuplicateDetail {
  assetId: string
  title: string
  state: string
}
/** Facts beside `not-described`, `not-publishable` and `published-needs`: what is missing, a sentence each. */
export type MissingDetail = string[]
