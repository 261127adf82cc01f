import type { WorkKind } from './kinds.ts'

/** What a line is about, as far as its words need it. */
export interface Worded {
  kind: WorkKind
  reference: string
  party: string
  holder: string | null
  pictures: number
  licences: number
}

const many = (n: number, one: string, more: string): string => `${n.toLocaleString('en-GB')} ${n === 1 ? one : more}`
const pictures = (n: number): string => many(n, 'picture', 'pictures')
const licences = (n: number): string => many(n, 'live licence', 'live licences')
const somebody = (holder: string | null): string => holder || 'somebody'
const consent = (party: string): string => (party === 'PROPERTY' ? 'Property release' : 'Model release')
const parts = (...texts: (string | false)[]): string => texts.filter(Boolean).join(' · ')

const proposed: Record<string, string> = {
  CONTRACT: 'Terms',
  MODEL_RELEASE: 'Model release',
  PROPERTY_RELEASE: 'Property release',
  BAN: 'Limits',
}

/** The line in a few words, without its day. */
export function titleOf({ kind, reference, party, holder, licences: n, pictures: count }: Worded): string {
  switch (kind) {
    case 'contract-ends':
      return `Contract ${reference} ends`
    case 'release-ends':
      return `${consent(party)} ${reference} ends`
    case 'licence-ends':
      return n === 1 ? `Licence ${reference} of ${somebody(holder)} ends` : `${many(n, 'licence', 'licences')} of ${somebody(holder)} end`
    case 'ban-ends':
      return `Ban “${reference}” ends`
    case 'embargo-lifts':
      return `Embargo “${reference}” lifts`
    case 'outside-contract':
      return reference ? `Sold beyond contract ${reference}` : 'Sold beyond what is held'
    case 'meets-ban':
      return `Sold, and barred by “${reference}”`
    case 'consent-withdrawn':
      return `Consent ${reference} was withdrawn`
    case 'paid-not-granted':
      return `Licence ${reference} was paid and cannot be granted`
    case 'nothing-held':
      return 'On sale, and nothing is held'
    case 'schedule-refused':
      return 'Was to be published, and may not be'
    case 'release-missing':
      return `On sale without a ${consent(party).toLowerCase()}`
    case 'unanswered':
      return party === 'MODEL'
        ? 'Does it show people?'
        : party === 'PROPERTY'
          ? 'Does it show somebody’s property?'
          : 'Does it show people or property?'
    case 'import-collides':
      return `Imported sale ${reference} collides`
    case 'twin-suspected':
      return `Twins? ${reference}`
    case 'request-waits':
      return `${somebody(holder)} asks for a licence`
    case 'change-draft':
      return `Change of ${reference} is drafted, not applied`
    case 'second-in-line':
      return `${somebody(holder)} waits, second in line`
    case 'file-rights':
      return `${proposed[party] ?? 'Rights'} in ${count === 1 ? 'a file' : 'files'}: ${reference}`
  }
}

/** What hangs on it. */
export function detailOf({ kind, reference, party, holder, pictures: count, licences: n }: Worded): string {
  switch (kind) {
    case 'contract-ends':
      return parts(party, pictures(count), n > 0 && `${licences(n)} beyond it`)
    case 'release-ends':
      return parts(pictures(count), n > 0 && `${licences(n)} beyond it`)
    case 'licence-ends':
      return pictures(count)
    case 'ban-ends':
    case 'embargo-lifts':
      return `${pictures(count)} ${count === 1 ? 'opens' : 'open'}`
    case 'outside-contract':
      return parts(party, `${licences(n)} on ${pictures(count)} without ground`, holder ?? false)
    case 'meets-ban':
    case 'consent-withdrawn':
      return parts(`${licences(n)} on ${pictures(count)}`, holder ?? false)
    case 'paid-not-granted':
      return parts(somebody(holder), 'the money goes back by itself')
    case 'schedule-refused':
      return parts(reference, 'Once it is mended it is published within five minutes; or plan it anew')
    case 'nothing-held':
    case 'release-missing':
    case 'unanswered':
      return n > 0 ? `${licences(n)} on it` : 'No licence on it yet'
    case 'import-collides':
      return parts(party || 'holder not named', 'sold elsewhere, and not to be had beside what we sold')
    case 'twin-suspected':
      return `${pictures(count)} to decide on; until then what is sold of one is taken for all`
    case 'request-waits':
      return reference
    case 'change-draft':
      return parts(n > 0 && many(n, 'thing hangs on it', 'things hang on it'), count > 0 && pictures(count))
    case 'second-in-line':
      return 'Is told when the held scope is free again'
    case 'file-rights':
      return `${pictures(count)}; nothing follows before somebody writes it down`
  }
}

/** When, seen from today. */
export function leftOf(daysLeft: number, ending: boolean): string {
  const n = Math.abs(daysLeft)
  if (!ending) return daysLeft >= 0 ? 'since today' : n === 1 ? 'since yesterday' : `for ${many(n, 'day', 'days')}`
  if (daysLeft === 0) return 'today'
  if (daysLeft === 1) return 'tomorrow'
  return daysLeft > 0 ? `in ${many(n, 'day', 'days')}` : n === 1 ? 'ended yesterday' : `ended ${many(n, 'day', 'days')} ago`
}
