import type { Context } from '../platform/context.ts'
import { enqueueCertificate } from '../licensing/certificates.ts'
import { answerParted, answerWaits } from '../licensing/waits.ts'
import { textOf, type RecordedFact } from '../notifications/fact.ts'
import { tellOfLoss } from '../notifications/change-letters.ts'
import { tellOfEnd, tellOfKit, tellOfLicence } from '../notifications/licence-letters.ts'
import { tellOfOrder, tellOfRefund } from '../notifications/order-letters.ts'
import { tellOfDecision, tellOfRequest } from '../notifications/request-letters.ts'
import { tellOfReview, tellReviewers } from '../notifications/review-letters.ts'
import { tellOfWait } from '../notifications/wait-letters.ts'
import { flagSameBytes } from '../rights/twins.ts'

/** What follows from a fact. It may run twice, and it only looks and enqueues: what takes long is a job of its own. */
export type Reaction = (ctx: Context, fact: RecordedFact) => Promise<void>

/** Holds and licences that end, or come into force, answer those who wait for the same scope. */
const answerLine: Reaction = (ctx, { subject }) => answerWaits(ctx, subject.id)

/** Twins that part answer those who wait because of the other. */
const answerParting: Reaction = (ctx, fact) => answerParted(ctx, textOf(fact, 'group') ?? '')

/** A fact → what follows, on one page. A type that is not here has no consequences but its place in the trail. */
export const reactions: Readonly<Record<string, readonly Reaction[]>> = {
  'version.ready': [(ctx, fact) => flagSameBytes(ctx, textOf(fact, 'versionId') ?? '')],
  'asset.submitted': [tellReviewers],
  'asset.approved': [tellOfReview],
  'asset.changes-asked': [tellOfReview],
  'asset.rejected': [tellOfReview],

  'request.asked': [tellOfRequest],
  'request.granted': [tellOfDecision],
  'request.refused': [tellOfDecision],

  'order.paid': [tellOfOrder],
  'order.conflicted': [tellOfOrder],
  'refund.succeeded': [tellOfRefund],

  'kit.granted': [tellOfKit],
  'licence.issued': [(ctx, { subject }) => enqueueCertificate(ctx, subject.id), tellOfLicence, answerLine],
  'licence.expired': [tellOfEnd, answerLine],
  'licence.revoked': [tellOfEnd, answerLine],
  'licence.refunded': [tellOfEnd, answerLine],
  'licence.superseded': [tellOfEnd, answerLine],
  'licence.released': [answerLine],
  'licence.conflicted': [answerLine],
  'twin.left': [answerParting],
  'twin.dismissed': [answerParting],
  'wait.free': [tellOfWait],
  'wait.gone': [tellOfWait],
  'licence.part-lost': [tellOfLoss],
}
