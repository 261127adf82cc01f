import type { Context } from '../platform/context.ts'
import { noteGuestDelivery } from '../briefs/deliveries.ts'
import { enqueueCertificate } from '../licensing/certificates.ts'
import { answerParted, answerWaits } from '../licensing/waits.ts'
import { textOf, type RecordedFact } from '../notifications/fact.ts'
import { tellDeskOfBrief, tellOfBriefNote, tellOfBriefStep } from '../notifications/brief-letters.ts'
import { tellOfLoss } from '../notifications/change-letters.ts'
import { tellOfTalk } from '../notifications/discussion-letters.ts'
import { tellOfEnd, tellOfKit, tellOfLicence } from '../notifications/licence-letters.ts'
import { tellOfSending } from '../notifications/guest-letters.ts'
import { tellOfPolicyRun, tellOfRefusedSchedule, tellOfWaitingPolicy } from '../notifications/life-letters.ts'
import { tellOfComment } from '../notifications/lightbox-letters.ts'
import { tellOfOrder, tellOfRefund } from '../notifications/order-letters.ts'
import { tellOfDecision, tellOfRequest } from '../notifications/request-letters.ts'
import {
  tellDeciders,
  tellOfDue,
  tellOfEscalation,
  tellOfRelease,
  tellOfReview,
  tellOfStranded,
  tellOfTask,
  tellStandIn,
} from '../notifications/review-letters.ts'
import { tellOfWait } from '../notifications/wait-letters.ts'
import { proposeFromFile } from '../rights/file-rights.ts'
import { flagLookalikes, flagRestored } from '../rights/lookalikes.ts'
import { noteLicensed } from '../catalog/search-learning.ts'
import { restartReview } from '../review/reviews.ts'
import { flagSameBytes } from '../rights/twins.ts'
import { enqueueLook } from '../suggestions/jobs.ts'
import { overtake } from '../suggestions/making.ts'

/** What follows from a fact. It may run twice, and it only looks and enqueues: what takes long is a job of its own. */
export type Reaction = (ctx: Context, fact: RecordedFact) => Promise<void>

/** Holds and licences that end, or come into force, answer those who wait for the same scope. */
const answerLine: Reaction = (ctx, { subject }) => answerWaits(ctx, subject.id)

/** A file that came through a link lies under the brief that the link is aimed at. */
const layGuestFile: Reaction = async (ctx, fact) => {
  const briefId = textOf(fact, 'briefId')
  if (briefId) await noteGuestDelivery(ctx, briefId, fact.subject.id)
}

/** Twins that part answer those who wait because of the other. */
const answerParting: Reaction = (ctx, fact) => answerParted(ctx, textOf(fact, 'group') ?? '')

/** What is bought counts for the words that led to it, where the house lets its searches learn. */
const learnOfLicence: Reaction = async (ctx, { subject }) => {
  const licence = await ctx.db.licence.findFirst({
    where: { id: subject.id, houseId: ctx.actor.houseId, orderLineId: { not: null } },
    select: { assetId: true },
  })
  if (licence) await noteLicensed(ctx, [licence.assetId])
}

/** A review that its new version took back begins again, where its route says so. */
const restart: Reaction = async (ctx, fact) => void (await restartReview(ctx, textOf(fact, 'versionId') ?? ''))

/** Its previews are there: now its text may be read, behind all other work. */
const look: Reaction = (ctx, fact) => enqueueLook(ctx, { houseId: ctx.actor.houseId, versionId: textOf(fact, 'versionId') ?? '' })

/** A fact → what follows, on one page. A type that is not here has no consequences but its place in the trail. */
export const reactions: Readonly<Record<string, readonly Reaction[]>> = {
  'version.ready': [
    (ctx, fact) => flagSameBytes(ctx, textOf(fact, 'versionId') ?? ''),
    (ctx, fact) => flagLookalikes(ctx, textOf(fact, 'versionId') ?? ''),
    async (ctx, fact) => void (await proposeFromFile(ctx, { versionId: textOf(fact, 'versionId') ?? '' })),
    // A question that the version before it left open is asked again about this one.
    restart,
    look,
  ],
  // What the record says by itself is asked no more.
  'asset.edited': [async (ctx, { subject }) => void (await overtake(ctx, subject.id))],
  'version.read-anew': [async (ctx, fact) => void (await proposeFromFile(ctx, { versionId: textOf(fact, 'versionId') ?? '' }))],
  'asset.schedule-refused': [tellOfRefusedSchedule],
  'policy.approval-asked': [tellOfWaitingPolicy],
  'policy.ran': [tellOfPolicyRun],
  'asset.restored': [(ctx, { subject }) => flagRestored(ctx, subject.id)],
  'step.opened': [tellDeciders],
  'step.reminded': [tellOfDue],
  'step.escalated': [tellOfEscalation],
  'step.released': [tellOfRelease],
  'step.stranded': [tellOfStranded],
  'step.handed-on': [tellOfTask],
  'step.consulted': [tellOfTask],
  'step.answered': [tellOfTask],
  'absence.set': [tellStandIn],
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
  'licence.issued': [(ctx, { subject }) => enqueueCertificate(ctx, subject.id), tellOfLicence, answerLine, learnOfLicence],
  'licence.expired': [tellOfEnd, answerLine],
  'licence.revoked': [tellOfEnd, answerLine],
  'licence.refunded': [tellOfEnd, answerLine],
  'licence.superseded': [tellOfEnd, answerLine],
  'licence.reinstated': [answerLine],
  'licence.restored': [answerLine],
  'licence.released': [answerLine],
  'licence.conflicted': [answerLine],
  'lightbox.commented': [tellOfComment],
  'sending.closed': [tellOfSending],
  'guest-file.received': [layGuestFile],
  'brief.asked': [tellDeskOfBrief],
  'brief.accepted': [tellOfBriefStep],
  'brief.declined': [tellOfBriefStep],
  'brief.assigned': [tellOfBriefStep],
  'brief.delivered': [tellOfBriefStep],
  'brief.approved': [tellOfBriefStep],
  'brief.changes-asked': [tellOfBriefStep],
  'brief.closed': [tellOfBriefStep],
  'brief.cancelled': [tellOfBriefStep],
  'brief.noted': [tellOfBriefNote],
  'discussion.opened': [tellOfTalk],
  'discussion.answered': [tellOfTalk],
  'discussion.edited': [tellOfTalk],
  'twin.left': [answerParting],
  'twin.dismissed': [answerParting],
  'wait.free': [tellOfWait],
  'wait.gone': [tellOfWait],
  'licence.part-lost': [tellOfLoss],
}
