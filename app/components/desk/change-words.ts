import type { Tone } from '#app/components/ui/badge.tsx'
import { many } from '#app/components/ui/many.ts'
import type { ChangeKind, ChangeState, ChangeSubject } from '#services/desk/rules/change-states.ts'
import type { Decision } from '#services/desk/rules/change-decisions.ts'

export const changeKindWords: Record<ChangeKind, { label: string; told: string }> = {
  END_CONTRACT: { label: 'A contract ends', told: 'At once, or after a day that you name. Nothing more is sold on it.' },
  NARROW_CONTRACT: { label: 'A contract gives less', told: 'A shorter time, fewer places, fewer media, or our own use only.' },
  WITHDRAW_CONSENT: { label: 'A consent is withdrawn', told: 'A person or an owner takes back their word, for every use.' },
  NARROW_CONSENT: { label: 'A consent covers less', told: 'Fewer uses, no AI, no sensitive subjects.' },
  BAN: { label: 'A ban is imposed', told: 'An embargo, a holdback, a legal hold over a scope.' },
}

export const changeStateWords: Record<ChangeState, { label: string; tone: Tone }> = {
  DRAFT: { label: 'Draft', tone: 'info' },
  APPLYING: { label: 'Being carried out', tone: 'warning' },
  APPLIED: { label: 'Applied', tone: 'success' },
  DROPPED: { label: 'Dropped', tone: 'neutral' },
}

/** How far a plan has come. */
export function progressWords(plan: { state: ChangeState; undecided: number; done: number; items: number; failed: number }): string {
  const { state, undecided, done, items, failed } = plan
  if (state === 'DRAFT') return undecided === 0 ? 'All decided' : `${undecided} of ${many(items, 'line')} to decide`
  if (state === 'APPLYING') return failed > 0 ? `${failed} could not be done` : `${done} of ${items} done`
  return state === 'APPLIED' ? `${many(items, 'line')} done` : ''
}

export const subjectWords: Record<ChangeSubject, { one: string; many: string }> = {
  LICENCE: { one: 'Licence', many: 'Licences' },
  IMPORTED_SALE: { one: 'Sale of another shop', many: 'Sales of other shops' },
  KIT: { one: 'In a kit', many: 'Kits' },
  COLLECTION: { one: 'In a collection', many: 'Collections' },
  ASSET: { one: 'Picture', many: 'Pictures' },
  REQUEST: { one: 'Request', many: 'Requests' },
  HOLD: { one: 'Hold', many: 'Holds' },
}

export const decisionWords: Record<Decision, { label: string; told: string; tone: Tone }> = {
  KEEP: { label: 'Keep', told: 'Honoured as it was agreed.', tone: 'success' },
  TELL_HOLDER: { label: 'Tell the holder', told: 'It stays in force; a letter says which part is lost and from when.', tone: 'info' },
  SUSPEND: { label: 'Suspend', told: 'Nothing is delivered until somebody decides; the holder is told.', tone: 'warning' },
  REVOKE: { label: 'Revoke', told: 'It ends now. No money goes back.', tone: 'danger' },
  REVOKE_AND_REFUND_PART: {
    label: 'Revoke, refund the rest',
    told: 'It ends now; the part of its price for the rest of its term goes back.',
    tone: 'danger',
  },
  REVOKE_AND_REFUND: { label: 'Revoke, refund all', told: 'It ends now; its whole price goes back.', tone: 'danger' },
  END: { label: 'Ended there too', told: 'The other shop has ended it: its claim is released.', tone: 'danger' },
  REMOVE: { label: 'Take out', told: 'The picture leaves the kit or collection; licences that a kit gave for it end.', tone: 'danger' },
  WITHDRAW: { label: 'Withdraw', told: 'The picture leaves store and portal.', tone: 'danger' },
  REFUSE: { label: 'Refuse', told: 'The asker reads your sentence.', tone: 'danger' },
  WAIT: { label: 'Wait for the provider', told: 'Only the payment provider’s word ends a hold.', tone: 'neutral' },
}

export const outcomeWords: Record<string, string> = {
  kept: 'Kept',
  told: 'The holder is told',
  suspended: 'Suspended',
  revoked: 'Revoked',
  'refund-promised': 'Revoked, refund on its way',
  ended: 'Ended',
  removed: 'Taken out',
  withdrawn: 'Withdrawn',
  refused: 'Refused',
  left: 'Left to the payment provider',
  'already-so': 'Nothing left to do: it had come about by other hands',
}

const failures: Record<string, string> = {
  'not-paid': 'No payment is on record for it. Decide to revoke without a refund.',
  'already-refunded': 'Its money went back already. Decide to revoke without a refund.',
  'nothing-left': 'Nothing is left of its payment. Decide to revoke without a refund.',
  'licence-has-ended': 'It has ended meanwhile, so no money goes back by this. Decide to keep it as it is.',
  'not-there': 'It is no longer there.',
}

/** What stands against a line that could not be carried out, and what to do. */
export const failureInWords = (outcome: string): string =>
  failures[outcome.replace(/^failed:/, '')] ?? 'A fault of ours; it is in the log. Try again.'
