import { Status, type Tone } from '#app/components/ui/badge.tsx'
import { stateWords, type AssetState } from '#services/assets/rules/asset-states.ts'
import { reviewWords, type ReviewState } from '#services/assets/rules/review-states.ts'

const assetTones: Record<AssetState, Tone> = {
  DRAFT: 'neutral',
  IN_REVIEW: 'info',
  APPROVED: 'info',
  SCHEDULED: 'info',
  PUBLISHED: 'success',
  ON_HOLD: 'warning',
  EMBARGOED: 'warning',
  EXPIRED: 'warning',
  WITHDRAWN: 'warning',
  ARCHIVED: 'neutral',
  DELETED: 'danger',
}
const reviewTones: Record<ReviewState, Tone> = {
  WAITING: 'info',
  APPROVED: 'success',
  CHANGES_ASKED: 'warning',
  REJECTED: 'danger',
  CANCELLED: 'neutral',
}

export const AssetStatus = ({ state }: { state: AssetState }) => <Status tone={assetTones[state]}>{stateWords[state]}</Status>

export const reviewTone = (state: ReviewState): Tone => reviewTones[state]
export const ReviewStatus = ({ state }: { state: ReviewState }) => <Status tone={reviewTones[state]}>{reviewWords[state]}</Status>
