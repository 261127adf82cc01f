import { render } from '@react-email/render'
import type { ReactElement } from 'react'
import * as briefAsked from './brief-asked.tsx'
import * as briefStep from './brief-step.tsx'
import * as briefWork from './brief-work.tsx'
import * as compEnding from './comp-ending.tsx'
import * as deskWeek from './desk-week.tsx'
import * as discussionComment from './discussion-comment.tsx'
import * as guestFiles from './guest-files.tsx'
import * as guestReceipt from './guest-receipt.tsx'
import * as invitation from './invitation.tsx'
import * as lifeNotice from './life-notice.tsx'
import * as kitGranted from './kit-granted.tsx'
import * as licenceEnded from './licence-ended.tsx'
import * as licenceEnding from './licence-ending.tsx'
import * as licenceGranted from './licence-granted.tsx'
import * as licencePartLost from './licence-part-lost.tsx'
import * as lightboxComments from './lightbox-comments.tsx'
import * as orderConflict from './order-conflict.tsx'
import * as orderReceipt from './order-receipt.tsx'
import * as passwordReset from './password-reset.tsx'
import { letterProps, type LetterName, type LetterProps } from './props.ts'
import * as refundDone from './refund-done.tsx'
import * as requestGranted from './request-granted.tsx'
import * as requestReceived from './request-received.tsx'
import * as requestRefused from './request-refused.tsx'
import * as reviewDecided from './review-decided.tsx'
import * as reviewRequested from './review-requested.tsx'
import * as reviewStandIn from './review-stand-in.tsx'
import * as reviewTask from './review-task.tsx'
import * as savedSearch from './saved-search.tsx'
import * as waitAnswered from './wait-answered.tsx'
import * as welcome from './welcome.tsx'

type Letters = { [N in LetterName]: { default: (props: LetterProps[N]) => ReactElement; subject: (props: LetterProps[N]) => string } }

const letters: Letters = {
  invitation,
  'password-reset': passwordReset,
  welcome,
  'order-receipt': orderReceipt,
  'order-conflict': orderConflict,
  'refund-done': refundDone,
  'licence-granted': licenceGranted,
  'kit-granted': kitGranted,
  'request-received': requestReceived,
  'request-granted': requestGranted,
  'request-refused': requestRefused,
  'saved-search': savedSearch,
  'comp-ending': compEnding,
  'lightbox-comments': lightboxComments,
  'discussion-comment': discussionComment,
  'desk-week': deskWeek,
  'review-requested': reviewRequested,
  'review-stand-in': reviewStandIn,
  'review-task': reviewTask,
  'wait-answered': waitAnswered,
  'review-decided': reviewDecided,
  'licence-ending': licenceEnding,
  'licence-ended': licenceEnded,
  'licence-part-lost': licencePartLost,
  'guest-receipt': guestReceipt,
  'guest-files': guestFiles,
  'brief-asked': briefAsked,
  'life-notice': lifeNotice,
  'brief-step': briefStep,
  'brief-work': briefWork,
}

/** One letter, ready to send: subject, page and plain text. Props with a hole are a fault before anything leaves. */
export async function renderLetter<N extends LetterName>(
  name: N,
  given: unknown,
): Promise<{ subject: string; html: string; text: string }> {
  const props = letterProps[name].parse(given) as LetterProps[N]
  const { default: letter, subject } = letters[name]
  const page = letter(props)
  const [html, text] = await Promise.all([render(page), render(page, { plainText: true })])
  return { subject: subject(props), html, text }
}
