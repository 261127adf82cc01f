import type { Box } from './box.ts'
import type { Cause } from './reason.ts'
import { partInWords, reasonInWords } from './reason-words.ts'
import { industries } from './vocabulary/industries.ts'
import { media } from './vocabulary/media.ts'
import { territories } from './vocabulary/territories.ts'

/** What a sale runs into, as it is kept with it; for the house's own people, who may follow it to the licence. */
export interface Collision {
  cause: Cause
  /** Of a claim in the way. */
  claimId?: string
  licenceNo?: string
  exclusive?: boolean
  twin?: boolean
  part: { media: string[]; territory: string[]; industry: string[]; from: string; to: string | null }
}

/** Whose a claim in the way is. */
export interface InTheWay {
  name: string
  holder: string | null
  /** Another shop's sale, and no licence of ours. */
  elsewhere: boolean
  /** It has ended since. */
  over: boolean
}

const boxOfPart = ({ media: m, territory: t, industry: i, from, to }: Collision['part']): Box => ({
  media: media.resolve(m),
  territory: territories.resolve(t),
  industry: industries.resolve(i),
  period: { from: new Date(from), to: to === null ? null : new Date(to) },
})

/**
 * One thing in the way of a sale as a sentence, for staff: `name` is what a page makes a link of, `rest` follows it. Where
 * the house does not hold what was sold there is no name.
 */
export function collisionInWords(
  collision: Collision,
  asked: Box,
  zone: string,
  other: InTheWay | undefined,
): { name: string | null; rest: string } {
  const part = boxOfPart(collision.part)
  if (collision.cause !== 'taken') return { name: null, rest: reasonInWords({ cause: collision.cause, id: null, contract: null, parts: [part] }, asked, { zone }) }
  const where = partInWords(part, asked, zone) || 'all of it'
  const who = [
    other?.holder && ` of ${other.holder}`,
    other?.elsewhere && ', sold by another shop',
    collision.exclusive ? ', exclusive' : ', not exclusive',
    collision.twin && ', on a near-identical picture',
  ]
  const name = other ? (other.elsewhere ? other.name : `Licence ${other.name}`) : 'A licence'
  return { name, rest: `${who.filter(Boolean).join('')}: ${where}.${other?.over ? ' It has ended since.' : ''}` }
}

/** Several of them in one message, which has room for about `most` letters. */
export function inOneMessage(sentences: readonly string[], most = 360): string {
  const shown: string[] = []
  for (const sentence of sentences) {
    if (shown.length > 0 && [...shown, sentence].join(' ').length > most) break
    shown.push(sentence.length > most ? `${sentence.slice(0, most - 1)}…` : sentence)
  }
  const left = sentences.length - shown.length
  return [...shown, ...(left > 0 ? [`And ${left} more.`] : [])].join(' ')
}
